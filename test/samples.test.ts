import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecords } from '../src/input/reader.ts';
import { memorySource } from '../src/input/sources/memory.ts';
import { addressInRange, parseAddressRange } from '../src/record/address.ts';
import { isObject } from '../src/record/paths.ts';
import type { JsonObject } from '../src/record/record.ts';

const samples = fileURLToPath(new URL('../samples', import.meta.url));
const committed = join(samples, 'incident');

function linesOf(file: string): string[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.replace(/\n$/, '').split('\n');
}

/** The line as a JSON value, or undefined when it is none. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isRecord = (value: unknown): value is JsonObject =>
  isObject(value) && typeof value.type === 'string' && isObject(value.data);

describe("the vendor's ten records", () => {
  const lines = linesOf(join(samples, 'vendor-records.ndjson'));

  it('are as published, byte for byte', () => {
    const hash = createHash('sha256')
      .update(readFileSync(join(samples, 'vendor-records.ndjson')))
      .digest('hex');

    expect(hash).toBe('7da4a3d0d60815d6c37860c37293e53fed3d24ba30955482409de5e4ce313bd0');
  });

  it('are ten records with ten ids', () => {
    const values = lines.map(parsed).filter(isRecord);

    expect(values).toHaveLength(10);
    expect(new Set(values.map((value) => value.id)).size).toBe(10);
  });
});

describe('the forms', () => {
  let fresh: string;
  beforeAll(() => {
    fresh = mkdtempSync(join(tmpdir(), 'audit-cli-forms-'));
    execFileSync(process.execPath, [join(samples, 'generate-forms.mjs'), fresh]);
  });
  afterAll(() => rmSync(fresh, { recursive: true, force: true }));

  const folder = join(samples, 'forms');
  const filesIn = (directory: string): string[] =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
      .sort();

  it('are what their generator writes', () => {
    expect(filesIn(folder)).toEqual(filesIn(fresh));
    for (const file of filesIn(fresh))
      expect(readFileSync(join(folder, file), 'utf8')).toBe(readFileSync(join(fresh, file), 'utf8'));
  });

  it.each(['kcat.json', 'confluent-cli.txt', 'splunk-export.json', 'connect'])(
    'hold the ten records, byte for byte: %s',
    async (form) => {
      const files = filesIn(folder).filter((file) => file.startsWith(form));
      const texts: string[] = [];
      const malformed: string[] = [];
      for (const file of files) {
        const source = memorySource(file, readFileSync(join(folder, file), 'utf8'));
        for await (const batch of readRecords(source, new AbortController().signal)) {
          texts.push(...batch.records.map(({ raw }) => Buffer.from(raw).toString()));
          malformed.push(...batch.malformed.map(({ detail }) => detail));
        }
      }

      expect(texts.sort()).toEqual(linesOf(join(samples, 'vendor-records.ndjson')).sort());
      expect(malformed).toEqual([]);
    },
  );
});

describe('the incident', () => {
  let fresh: string;
  beforeAll(() => {
    fresh = mkdtempSync(join(tmpdir(), 'audit-cli-incident-'));
    execFileSync(process.execPath, [join(samples, 'generate-incident.mjs'), fresh]);
  });
  afterAll(() => rmSync(fresh, { recursive: true, force: true }));

  const files = ['audit-log-part-1.ndjson', 'audit-log-part-2.ndjson.gz'];

  it('is what its generator writes', () => {
    expect(readdirSync(fresh)).toEqual(files);
    expect(readdirSync(committed)).toEqual(files);
    // Text, not bytes: the compressed form depends on the zlib of the Node version.
    for (const file of files) expect(linesOf(join(fresh, file))).toEqual(linesOf(join(committed, file)));
  });

  it('carries no clock in its gzip header', () => {
    expect(readFileSync(join(committed, 'audit-log-part-2.ndjson.gz')).subarray(4, 8)).toEqual(Buffer.alloc(4));
  });

  it('stays small', () => {
    const sizes = files.map((file) => statSync(join(committed, file)).size);

    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600 * 1024);
  });

  it('has the lines that samples/README.md counts', () => {
    const lines = files.flatMap((file) => linesOf(join(committed, file)));
    const values = lines.map(parsed);
    const copies = new Map<unknown, Set<string>>();
    for (const [i, value] of values.entries()) {
      if (!isRecord(value)) continue;
      copies.set(value.id, (copies.get(value.id) ?? new Set()).add(lines[i] ?? ''));
    }

    expect(lines).toHaveLength(592);
    expect(values.filter((value) => value === undefined)).toHaveLength(4);
    expect(values.filter((value) => value !== undefined && !isRecord(value))).toHaveLength(1);
    expect(values.filter(isRecord)).toHaveLength(587);
    expect(copies.size).toBe(581);
    expect([...copies.values()].filter((texts) => texts.size > 1)).toHaveLength(1);
  });

  it('uses addresses reserved for documentation only', () => {
    const reserved = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '10.4.0.0/16'];
    const ranges = reserved.map(parseAddressRange).filter((range) => range !== undefined);
    const text = files.flatMap((file) => linesOf(join(committed, file))).join('\n');
    // The network that the attacker opens the door to is all of them.
    const found = text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b(?!\/)|\b2001:[0-9a-f:]+/g) ?? [];

    expect(found.length).toBeGreaterThan(100);
    expect([...new Set(found)].filter((ip) => !ranges.some((range) => addressInRange(ip, range)))).toEqual([]);
  });
});
