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
    csv: ({ file }) =>
      copy(`SELECT time, id, method, principal, result, ip FROM ${records(file)}`, '(FORMAT csv, HEADER)'),
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
