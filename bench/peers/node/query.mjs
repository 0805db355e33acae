/** `node query.mjs ndjson|readline WORK FILE [VALUE]`: the plain way to read JSON lines in Node, written as people write it. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import ndjson from 'ndjson';

const [reader, work, file, value] = process.argv.slice(2);
const input = createReadStream(file);
const counts = new Map();

const each = {
  method: (record) => record.data.methodName === value && print(JSON.stringify(record)),
  principal: (record) => principalOf(record) === value && print(JSON.stringify(record)),
  csv: (record) => print(columnsOf(record).join(',')),
  summary: (record) => {
    const [time, , method, principal, result, ip] = columnsOf(record);
    const groups = { method, principal, result, ip, hour: time.slice(0, 13) };
    for (const [group, name] of Object.entries(groups)) {
      const key = `${group}\t${name}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  },
}[work];

if (reader === 'ndjson') for await (const record of input.pipe(ndjson.parse())) each(record);
else for await (const line of createInterface({ input })) each(JSON.parse(line));
for (const [key, count] of counts) print(`${key}\t${count}`);

function print(line) {
  process.stdout.write(`${line}\n`);
}

function columnsOf(record) {
  const { data } = record;
  const [address] = data.requestMetadata.clientAddress ?? data.clientAddress ?? [];
  return [record.time, record.id, data.methodName, principalOf(record), resultOf(record), address?.ip ?? ''];
}

function principalOf({ data }) {
  const { principal, principalResourceId } = data.authenticationInfo;
  if (principalResourceId !== undefined) return principalResourceId;
  if (typeof principal === 'string') return principal.replace('User:', '');
  return (principal.confluentUser ?? principal.confluentServiceAccount).resourceId;
}

function resultOf({ type, data }) {
  if (!type.endsWith('/authorization')) return data.result.status === 'SUCCESS' ? 'SUCCESS' : 'FAILURE';
  const { granted, result } = data.authorizationInfo;
  return granted === undefined ? result : granted ? 'ALLOW' : 'DENY';
}
