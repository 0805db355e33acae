import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { isObject } from '../../src/record/paths.ts';
import type { JsonObject } from '../../src/record/record.ts';

const folder = new URL('../../samples/', import.meta.url);

/** The vendor's ten records, by nothing but JSON.parse. */
export function vendorRecords(): readonly JsonObject[] {
  return recordsIn(readFileSync(new URL('vendor-records.ndjson', folder), 'utf8'));
}

/** The records of both pulls of the incident, those delivered twice included. */
export function incidentRecords(): readonly JsonObject[] {
  const plain = readFileSync(new URL('incident/audit-log-part-1.ndjson', folder), 'utf8');
  const gzip = readFileSync(new URL('incident/audit-log-part-2.ndjson.gz', folder));
  return [...recordsIn(plain), ...recordsIn(gunzipSync(gzip).toString('utf8'))];
}

function recordsIn(dump: string): JsonObject[] {
  return dump
    .split('\n')
    .map(parsedLine)
    .filter(isObject)
    .filter(({ type, data }) => typeof type === 'string' && isObject(data));
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Half a record, a log line: the incident's dumps are meant to hold such.
    return undefined;
  }
}
