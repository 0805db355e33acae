const structure = `type String, time String, id String, data Tuple(
    methodName String, clientAddress Array(Tuple(ip String)),
    authenticationInfo Tuple(principal String, principalResourceId String),
    authorizationInfo Tuple(granted String, result String),
    requestMetadata Tuple(clientAddress Array(Tuple(ip String))), result Tuple(status String))`;

const settings = `SETTINGS input_format_json_read_objects_as_strings = 1, input_format_json_read_bools_as_strings = 1,
  input_format_json_ignore_unknown_keys_in_named_tuple = 1,
  input_format_json_defaults_for_missing_elements_in_named_tuple = 1`;

const records = (file) => `(SELECT time, id, data.methodName AS method, data.authenticationInfo AS who,
    multiIf(who.principalResourceId != '', who.principalResourceId,
      startsWith(who.principal, '{'), JSONExtractString(who.principal,
        if(startsWith(who.principal, '{"confluentUser"'), 'confluentUser', 'confluentServiceAccount'), 'resourceId'),
      replaceOne(who.principal, 'User:', '')) AS principal,
    multiIf(endsWith(type, '/authorization'), multiIf(data.authorizationInfo.granted = 'true', 'ALLOW',
        data.authorizationInfo.granted = 'false', 'DENY', data.authorizationInfo.result),
      data.result.status = 'SUCCESS', 'SUCCESS', 'FAILURE') AS result,
    if(notEmpty(data.clientAddress), data.clientAddress.ip[1], data.requestMetadata.clientAddress.ip[1]) AS ip,
    substring(time, 1, 13) AS hour
  FROM file('${file}', JSONEachRow, '${structure}'))`;

const summary = (file) => `SELECT
    multiIf(g = 15, 'method', g = 23, 'principal', g = 27, 'result', g = 29, 'ip', 'hour'),
    concat(method, principal, result, ip, hour), counted
  FROM (SELECT method, principal, result, ip, hour, grouping(method, principal, result, ip, hour) AS g, count() AS counted
    FROM ${records(file)}
    GROUP BY GROUPING SETS ((method), (principal), (result), (ip), (hour)))
  ${settings}`;

const at = (...path) =>
  `JSONExtractString(line, ${path.map((key) => (typeof key === 'number' ? key : `'${key}'`)).join(', ')})`;

const principalAt = (...path) => at('data', 'authenticationInfo', ...path);

const conditions = {
  method: ({ rareMethod }) => `${at('data', 'methodName')} = '${rareMethod}'`,
  principal: ({ principal }) => `('${principal}' IN (${principalAt('principalResourceId')},
    ${principalAt('principal', 'confluentUser', 'resourceId')},
    ${principalAt('principal', 'confluentServiceAccount', 'resourceId')})
    OR ${principalAt('principal')} = 'User:${principal}')`,
  crn: ({ crnPrefix }) => `(startsWith(${at('data', 'resourceName')}, '${crnPrefix}')
    OR startsWith(${at('subject')}, '${crnPrefix}'))`,
  time: ({ since, until }) => `${at('time')} >= '${since.slice(0, 16)}' AND ${at('time')} < '${until.slice(0, 16)}'`,
  ip: ({
    networkPrefix,
  }) => `(startsWith(${at('data', 'requestMetadata', 'clientAddress', 1, 'ip')}, '${networkPrefix}')
    OR startsWith(${at('data', 'clientAddress', 1, 'ip')}, '${networkPrefix}'))`,
  failed: () => `if(endsWith(${at('type')}, '/authorization'),
    JSONExtractRaw(line, 'data', 'authorizationInfo', 'granted') = 'false'
      OR ${at('data', 'authorizationInfo', 'result')} = 'DENY',
    ${at('data', 'result', 'status')} != 'SUCCESS')`,
};

/** The engine in its Python package: the clickhouse-local program is in no package manager. */
const ask = (query, format) => ({ script: `python3 -m chdb "$QUERY" ${format}`, query });

function filters(names, prefilterOf) {
  const work = (name) => [
    name,
    ({ file, facts }) => {
      const condition = [...prefilterOf(name, facts), conditions[name](facts)].join(' AND ');
      return ask(`SELECT line FROM file('${file}', LineAsString) WHERE ${condition}`, 'TSVRaw');
    },
  ];
  return Object.fromEntries(names.map(work));
}

const setUp = [{ pip: 'chdb' }];
const version = `python3 -m chdb "SELECT 'ClickHouse ' || version()" TSVRaw`;

export const clickhouse = {
  name: 'ClickHouse',
  setUp,
  version,
  works: {
    ...filters(Object.keys(conditions), () => []),
    summary: ({ file }) => ask(summary(file), 'TSVRaw'),
    csv: ({ file }) =>
      ask(`SELECT time, id, method, principal, result, ip FROM ${records(file)} ${settings}`, 'CSVWithNames'),
  },
  covers: 'every work, for the record shapes of the corpus; a network by the text of its first three numbers',
};

const literals = {
  method: ({ rareMethod }) => rareMethod,
  principal: ({ principal }) => principal,
  crn: ({ crnPrefix }) => crnPrefix,
  ip: ({ networkPrefix }) => networkPrefix,
};

export const clickhousePrefiltered = {
  name: 'ClickHouse, with a text search by hand',
  setUp,
  version,
  works: filters(Object.keys(literals), (name, facts) => [`position(line, '${literals[name](facts)}') > 0`]),
  covers:
    'what a user who knows how JSON is stored may write; lines that spell the literal with an escape are not found',
};
