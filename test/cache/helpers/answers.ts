import type { CachedDump } from '../../../src/cache/cached-dump.ts';
import { type CacheSetting, openCachedDump } from '../../../src/cache/open.ts';
import type { Diagnostic } from '../../../src/diag/diagnostic.ts';
import { dumpForms } from '../../../src/input/dump-forms.ts';
import type { MalformedLine } from '../../../src/input/malformed.ts';
import { readRecords } from '../../../src/input/reader.ts';
import { memorySource } from '../../../src/input/sources/memory.ts';
import type { ColumnName } from '../../../src/record/columns/index.ts';
import { cellOf } from '../../../src/record/normalize.ts';
import type { AuditRecord } from '../../../src/record/record.ts';
import { isInstant } from '../../../src/record/time.ts';
import { groupOfColumn } from '../../../src/scan/groups.ts';
import { compileSkeleton } from '../../../src/scan/projection.ts';

/** Columns whose values are in every cache. */
export const cachedColumns = [
  ...([
    'method',
    'methodNames',
    'type',
    'kind',
    'service',
    'accessType',
    'result',
    'resultWords',
    'rawResult',
  ] as const),
  ...([
    'ok',
    'principal',
    'principalKind',
    'principalNames',
    'email',
    'credential',
    'originalPrincipal',
    'ip',
  ] as const),
  ...(['ips', 'resourceType', 'crn', 'crns', 'crnTexts', 'org', 'env', 'cluster', 'region'] as const),
] satisfies readonly ColumnName[];

/** What a line is, in words that can be compared. */
export type Line = readonly [line: number, what: string];

const name = 'dump.ndjson';

/** Every line but blank ones, as the truth sees it. */
export async function truthOf(bytes: Uint8Array, columns: readonly ColumnName[] = cachedColumns): Promise<Line[]> {
  const lines: Line[] = [];
  const source = memorySource(name, bytes);
  let counted = 0;
  for await (const { lines: more, records, malformed } of readRecords(source, new AbortController().signal)) {
    counted += more;
    for (const record of records) lines.push(ofRecord(record, columns, (column) => cellOf(record, column)));
    for (const line of malformed) lines.push(ofMalformed(line));
  }
  lines.push([counted + 1, `end of ${bytes.length} bytes`]);
  return lines.sort(([a], [b]) => a - b);
}

/** The same from a cache: cells from its tuples, texts from the dump. */
export function linesOf(dump: CachedDump, columns: readonly ColumnName[] = cachedColumns): Line[] {
  const { rows, text, byteLength } = dump;
  const groups = columns.map((column) => groupOf(column));
  const lines: Line[] = [];
  let counted = 0;
  let bytes = 0;
  for (const piece of dump.pieces()) {
    counted += piece.lines;
    bytes += piece.bytes;
    for (let i = 0; i < rows.count; i++) {
      const raw = text.subarray(rows.start(i), rows.end(i));
      const whole: AuditRecord = {
        raw,
        at: { file: name, line: piece.firstLine + rows.line(i) },
        value: JSON.parse(Buffer.from(raw).toString()),
      };
      lines.push(
        ofRecord(whole, columns, (column) => {
          const group = columns.indexOf(column);
          const value = compileSkeleton(groups[group] ?? [])(rows.slices(group, rows.tuple(i, group)));
          return cellOf({ ...whole, value }, column);
        }),
      );
      const time = cellOf(whole, 'time');
      if (rows.hasOddTime(i)) continue;
      const cached = { second: rows.second(i), nano: rows.nano(i) };
      if (!isInstant(time) || time.second !== cached.second || time.nano !== cached.nano) {
        lines.push([whole.at.line, `another time: ${JSON.stringify(cached)}`]);
      }
    }
    for (let i = piece.doubtFrom; i < piece.doubtTo; i++) {
      const at = { file: name, line: piece.firstLine + piece.doubts.line(i) };
      const content = piece.doubts.content(i, text, at, byteLength, dumpForms(name));
      for (const record of content.records) lines.push(ofRecord(record, columns, (one) => cellOf(record, one)));
      if (content.malformed !== undefined) lines.push(ofMalformed(content.malformed));
    }
  }
  lines.push([counted + 1, `end of ${bytes} bytes`]);
  return lines.sort(([a], [b]) => a - b);
}

function groupOf(column: ColumnName): NonNullable<ReturnType<typeof groupOfColumn>> {
  const group = groupOfColumn(column);
  if (group === undefined) throw new Error(`${column} reads more than values`);
  return group;
}

function ofRecord(record: AuditRecord, columns: readonly ColumnName[], cell: (column: ColumnName) => unknown): Line {
  const cells = columns.map((column) => [column, cell(column)]);
  return [record.at.line, `${Buffer.from(record.raw).toString('latin1')} ${JSON.stringify(cells)}`];
}

function ofMalformed({ at, reason, detail, bytes, torn }: MalformedLine): Line {
  return [at.line, `${reason}, ${detail}, ${torn ? 'torn' : 'whole'}: ${Buffer.from(bytes).toString('latin1')}`];
}

export type Opening = Partial<CacheSetting>;

interface Asking {
  readonly columns?: readonly ColumnName[];
  readonly signal?: AbortSignal;
}

export interface Opened {
  readonly dump: CachedDump | undefined;
  readonly notes: readonly Diagnostic[];
  /** Bytes read to build a cache; none when there was one. */
  readonly built: number;
}

/** `signal`: an aborted one leaves a dump without a cache as it is. */
export async function open(
  path: string,
  folder: string,
  setting: Opening = {},
  { columns = cachedColumns, signal = new AbortController().signal }: Asking = {},
): Promise<Opened> {
  const notes: Diagnostic[] = [];
  let built = 0;
  const dump = await openCachedDump(
    { name: path, groups: () => columns.map(groupOf) },
    {
      folder,
      tool: '1.0.0',
      leastBytes: 0,
      stretchRows: 1000,
      blockBytes: 64 * 1024,
      // Late enough that nobody has to wait for the clock of the file system.
      now: () => Date.now() + 1000,
      note: (diagnostic) => notes.push(diagnostic),
      onRead(bytes) {
        built += bytes;
      },
      signal,
      ...setting,
    },
  );
  return { dump, notes, built };
}
