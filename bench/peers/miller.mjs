const assignments = {
  method: '$data["methodName"]',
  principal: `is_present($data["authenticationInfo"]["principalResourceId"])
    ? $data["authenticationInfo"]["principalResourceId"]
    : is_string($data["authenticationInfo"]["principal"])
      ? sub($data["authenticationInfo"]["principal"], "^User:", "")
      : is_present($data["authenticationInfo"]["principal"]["confluentUser"])
        ? $data["authenticationInfo"]["principal"]["confluentUser"]["resourceId"]
        : $data["authenticationInfo"]["principal"]["confluentServiceAccount"]["resourceId"]`,
  result: `$type =~ "/authorization$"
    ? (is_present($data["authorizationInfo"]["granted"])
      ? ($data["authorizationInfo"]["granted"] ? "ALLOW" : "DENY")
      : $data["authorizationInfo"]["result"])
    : ($data["result"]["status"] == "SUCCESS" ? "SUCCESS" : "FAILURE")`,
  ip: `is_present($data["clientAddress"]) ? $data["clientAddress"][1]["ip"]
    : is_present($data["requestMetadata"]["clientAddress"]) ? $data["requestMetadata"]["clientAddress"][1]["ip"] : ""`,
};

const row = (more) => `$* = mapsum(${more}, {"method": ${assignments.method}, "principal": ${assignments.principal},
  "result": ${assignments.result}, "ip": ${assignments.ip}})`;

const filter = (query) => ({ script: 'mlr --ijsonl --ojsonl filter "$QUERY" "$FILE"', query });

export const miller = {
  name: 'Miller',
  setUp: [{ apt: 'miller' }],
  version: 'mlr --version',
  works: {
    method: ({ facts }) => filter(`${assignments.method} == "${facts.rareMethod}"`),
    summary: () => ({
      script:
        'mlr --ijsonl --otsv --headerless-csv-output put "$QUERY" then count-distinct -u -f method,principal,result,ip,hour "$FILE"',
      query: row('{"hour": substr($time, 0, 12)}'),
    }),
    csv: () => ({
      script: 'mlr --ijsonl --ocsv put "$QUERY" then reorder -f time,id,method,principal,result,ip "$FILE"',
      query: row('{"time": $time, "id": $id}'),
    }),
  },
  sliceMiB: 16,
  covers: 'filter by method, summary and CSV, for the record shapes of the corpus',
};
