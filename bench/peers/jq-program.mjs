/** The questions in jq's language, which jq, gojq and jaq share. Facts hold no quotes, so they go in as they are. */

const who = `(.data.authenticationInfo | .principalResourceId // (.principal | if type == "string" then ltrimstr("User:") else (.confluentUser // .confluentServiceAccount).resourceId end))`;

const outcome = `(if .type | endswith("/authorization") then .data.authorizationInfo | if .granted == null then .result elif .granted then "ALLOW" else "DENY" end elif .data.result.status == "SUCCESS" then "SUCCESS" else "FAILURE" end)`;

const addresses = '(.data.requestMetadata.clientAddress // .data.clientAddress // [])';

export const jqProgram = {
  method: ({ rareMethod }) => `select(.data.methodName == "${rareMethod}")`,
  principal: ({ principal }) => `select(${who} == "${principal}")`,
  crn: ({ crnPrefix }) => `select(any(.data.resourceName, .subject; startswith("${crnPrefix}")))`,
  time: ({ since, until }) => `select(.time >= "${since.slice(0, 16)}" and .time < "${until.slice(0, 16)}")`,
  ip: ({ networkPrefix }) => `select(any(${addresses}[]; .ip | startswith("${networkPrefix}")))`,
  failed: () => `select(${outcome} | . == "DENY" or . == "FAILURE")`,
  summary: () => `[.data.methodName, ${who}, ${outcome}, ${addresses}[0].ip, .time[:13]] | @tsv`,
  csv: () => `[.time, .id, .data.methodName, ${who}, ${outcome}, ${addresses}[0].ip] | @csv`,
};

/** Counts each of the five columns that the program `summary` prints. */
const countColumns = `awk -F '\\t' 'BEGIN { split("method principal result ip hour", name, " ") }
  { for (i = 1; i <= 5; i++) count[name[i] FS $i]++ }
  END { for (key in count) print key FS count[key] }'`;

/** Every work for one program of the family. */
export function jqWorks(program) {
  const filter = (work) => [
    work,
    ({ facts }) => ({ script: `${program} -c "$QUERY" "$FILE"`, query: jqProgram[work](facts) }),
  ];
  return {
    ...Object.fromEntries(['method', 'principal', 'crn', 'time', 'ip', 'failed'].map(filter)),
    summary: () => ({ script: `${program} -r "$QUERY" "$FILE" | ${countColumns}`, query: jqProgram.summary() }),
    csv: () => ({ script: `${program} -r "$QUERY" "$FILE"`, query: jqProgram.csv() }),
  };
}
