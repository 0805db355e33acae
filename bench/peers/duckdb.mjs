/** Explicit columns are the fastest way DuckDB has of reading JSON lines; a principal is text or an object, hence JSON. */
const columns = `{type: 'VARCHAR', time: 'VARCHAR', id: 'VARCHAR', subject: 'VARCHAR', data: 'STRUCT(
    methodName VARCHAR, resourceName VARCHAR, clientAddress STRUCT(ip VARCHAR)[],
    authenticationInfo STRUCT(principal JSON, principalResourceId VARCHAR),
    authorizationInfo STRUCT(granted BOOLEAN, result VARCHAR),
    requestMetadata STRUCT(clientAddress STRUCT(ip VARCHAR)[]), result STRUCT(status VARCHAR))'}`;

const records = (file) => `(SELECT time, id, data.methodName AS method,
    coalesce(data.authenticationInfo.principalResourceId,
      data.authenticationInfo.principal->>'$.confluentUser.resourceId',
      data.authenticationInfo.principal->>'$.confluentServiceAccount.resourceId',
      regexp_replace(data.authenticationInfo.principal->>'$', '^User:', '')) AS principal,
    CASE WHEN type LIKE '%/authorization'
      THEN coalesce(CASE data.authorizationInfo.granted WHEN true THEN 'ALLOW' WHEN false THEN 'DENY' END,
        data.authorizationInfo.result)
      WHEN data.result.status = 'SUCCESS' THEN 'SUCCESS' ELSE 'FAILURE' END AS result,
    coalesce(data.requestMetadata.clientAddress[1].ip, data.clientAddress[1].ip) AS ip,
    substr(time, 1, 13) AS hour
  FROM read_ndjson('${file}', columns = ${columns}))`;

const summary = (file) => `SELECT
    CASE grouping(method, principal, result, ip, hour)
      WHEN 15 THEN 'method' WHEN 23 THEN 'principal' WHEN 27 THEN 'result' WHEN 29 THEN 'ip' ELSE 'hour' END,
    coalesce(method, principal, result, ip, hour, ''), count(*)
  FROM ${records(file)}
  GROUP BY GROUPING SETS ((method), (principal), (result), (ip), (hour))`;

const headed = '(FORMAT csv, HEADER)';

/** Digits of times differ, so that their texts do not sort as they do. */
const instant = 'time::TIMESTAMP_NS';

const timeline = (file, condition) =>
  `SELECT time, principal, method, result, ip, id FROM ${records(file)} WHERE ${condition} ORDER BY ${instant}`;

/** Of equal lengths, so that numbers of records are compared as they are: twice as many or half, and by five or more. */
const diff = (file, [[from, middle], [, until]]) => `SELECT 'principal+method' AS key, value,
    CASE WHEN a = 0 THEN 'appeared' WHEN b = 0 THEN 'vanished' ELSE 'changed' END AS change, a, b
  FROM (SELECT coalesce(principal, '') || '+' || method AS value,
      count(*) FILTER (${instant} >= '${from}'::TIMESTAMP_NS AND ${instant} < '${middle}'::TIMESTAMP_NS) AS a,
      count(*) FILTER (${instant} >= '${middle}'::TIMESTAMP_NS AND ${instant} < '${until}'::TIMESTAMP_NS) AS b
    FROM ${records(file)} GROUP BY ALL)
  WHERE a + b > 0 AND (a = 0 OR b = 0 OR (greatest(a, b) >= 2 * least(a, b) AND abs(a - b) >= 5))`;

const firstSeen = (file, [[, middle]]) => `SELECT principal, method, seen, id, records
  FROM (SELECT principal, method, min(${instant}) AS earliest, arg_min(time, ${instant}) AS seen,
      arg_min(id, ${instant}) AS id, count(*) AS records
    FROM ${records(file)} GROUP BY ALL)
  WHERE earliest >= '${middle}'::TIMESTAMP_NS`;

const at = (path) => `(json->>'$.${path}')`;

const conditions = {
  method: ({ rareMethod }) => `${at('data.methodName')} = '${rareMethod}'`,
  principal: ({ principal }) => `coalesce(${at('data.authenticationInfo.principalResourceId')},
    ${at('data.authenticationInfo.principal.confluentUser.resourceId')},
    ${at('data.authenticationInfo.principal.confluentServiceAccount.resourceId')},
    regexp_replace(${at('data.authenticationInfo.principal')}, '^User:', '')) = '${principal}'`,
  crn: ({ crnPrefix }) => `(starts_with(${at('data.resourceName')}, '${crnPrefix}')
    OR starts_with(${at('subject')}, '${crnPrefix}'))`,
  time: ({ since, until }) => `${at('time')} >= '${since.slice(0, 16)}' AND ${at('time')} < '${until.slice(0, 16)}'`,
  ip: ({ networkPrefix }) => `starts_with(coalesce(${at('data.requestMetadata.clientAddress[0].ip')},
    ${at('data.clientAddress[0].ip')}), '${networkPrefix}')`,
  failed: () => `CASE WHEN ${at('type')} LIKE '%/authorization'
    THEN coalesce(${at('data.authorizationInfo.granted')}, ${at('data.authorizationInfo.result')}) IN ('false', 'DENY')
    ELSE ${at('data.result.status')} <> 'SUCCESS' END`,
};

const plainLines = `(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\\t')`;

const copy = (query, format) => ({ script: 'duckdb -c "$QUERY"', query: `COPY (${query}) TO '/dev/stdout' ${format}` });

const filter = (file, condition) =>
  copy(`SELECT json FROM read_ndjson_objects('${file}') WHERE ${condition}`, plainLines);

/** The works with a condition on top of the exact one. */
function filters(names, prefilterOf) {
  const work = (name) => [
    name,
    ({ file, facts }) => filter(file, [...prefilterOf(name, facts), conditions[name](facts)].join(' AND ')),
  ];
  return Object.fromEntries(names.map(work));
}

const setUp = [{ pip: 'duckdb-cli', program: 'duckdb_cli/duckdb' }];
const version = 'duckdb --version';

export const duckdb = {
  name: 'DuckDB',
  setUp,
  version,
  works: {
    ...filters(Object.keys(conditions), () => []),
    summary: ({ file }) => copy(summary(file), `(FORMAT csv, HEADER false, DELIMITER '\\t')`),
    csv: ({ file }) => copy(`SELECT time, id, method, principal, result, ip FROM ${records(file)}`, headed),
    stats: ({ file }) => copy(`SELECT principal, method, count(*) FROM ${records(file)} GROUP BY ALL`, headed),
    'timeline-principal': ({ file, facts }) => copy(timeline(file, `principal = '${facts.principal}'`), headed),
    timeline: ({ file }) => copy(timeline(file, 'true'), headed),
    diff: ({ file, facts }) => copy(diff(file, facts.halves), headed),
    'first-seen': ({ file, facts }) => copy(firstSeen(file, facts.halves), headed),
  },
  covers: 'every work, for the record shapes of the corpus; a network by the text of its first three numbers',
};

const literals = {
  method: ({ rareMethod }) => rareMethod,
  principal: ({ principal }) => principal,
  crn: ({ crnPrefix }) => crnPrefix,
  ip: ({ networkPrefix }) => networkPrefix,
};

export const duckdbPrefiltered = {
  name: 'DuckDB, with a text search by hand',
  setUp,
  version,
  works: filters(Object.keys(literals), (name, facts) => [`contains(json, '${literals[name](facts)}')`]),
  covers:
    'what a user who knows how JSON is stored may write; lines that spell the literal with an escape are not found',
};
