import type { AuditRecord, JsonObject, Provenance } from '../../src/record/record.ts';

/** A record as a reader would deliver it: the value, its bytes and where it stands. */
export function recordOf(value: JsonObject, at: Provenance = { file: 'test.ndjson', line: 1 }): AuditRecord {
  return { raw: new TextEncoder().encode(JSON.stringify(value)), at, value };
}
