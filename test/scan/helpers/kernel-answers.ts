import { placeOfRow } from '../../../src/engine/row-place.ts';
import { contentOf, type LineContent } from '../../../src/input/content.ts';
import { dumpForms } from '../../../src/input/dump-forms.ts';
import type { Expr } from '../../../src/query/expr.ts';
import { compilePredicate } from '../../../src/query/predicate.ts';
import { type ColumnName, columns, isColumnName } from '../../../src/record/columns/index.ts';
import { cellOf } from '../../../src/record/normalize.ts';
import type { AuditRecord, Cell } from '../../../src/record/record.ts';
import { isInstant } from '../../../src/record/time.ts';
import { Kernel } from '../../../src/scan/kernel.ts';
import { type TableSizes, usualSizes } from '../../../src/scan/kernel-layout.ts';
import { compileRowTest } from '../../../src/scan/row-test.ts';
import { ScannedRecords } from '../../../src/scan/scanned-records.ts';

/** Small enough to be made for every example. */
export const smallSizes: TableSizes = {
  rows: 64,
  doubts: 16,
  found: 16,
  tuples: 256,
  arenaBytes: 256 * 1024,
  outBytes: 4096,
  cellBytes: 4096,
  scratchBytes: 64 * 1024,
  otherNodes: 32,
};

/** So small that everything is full all the time. */
export const tinySizes: TableSizes = {
  rows: 3,
  doubts: 2,
  found: 2,
  tuples: 4,
  arenaBytes: 1024,
  outBytes: 200,
  cellBytes: 40,
  scratchBytes: 512,
  otherNodes: 2,
};

export interface Asked {
  readonly columns?: readonly ColumnName[];
  /** Columns whose cells are taken from what they read together. */
  readonly facets?: readonly (readonly ColumnName[])[];
  readonly exprs?: readonly Expr[];
  readonly sizes?: TableSizes;
}

export const allColumns: readonly ColumnName[] = columns.map(({ name }) => name).filter(isColumnName);

/** The kernel and the truth, asked the same of the same lines. */
export interface Comparison {
  /** What the two say differently of whole lines, in words; nothing when they agree. */
  differences(lines: Buffer): readonly string[];
  /** Lines so far of which the kernel was sure, and all but empty ones. */
  readonly seen: { sure: number; all: number };
}

/** Keeps what the kernel learns from one block to the next. */
export function compareWithTruth({ columns = [], facets = [], exprs = [], sizes = usualSizes }: Asked): Comparison {
  const records = new ScannedRecords();
  for (const name of columns) records.know(name);
  const readTogether = facets.flatMap((names) => {
    const group = records.groups.addColumns(names);
    return group === undefined ? [] : [{ names, group, known: records.knownRecords(group, names) }];
  });
  const questions = exprs.map((expr) => ({
    ofRow: compileRowTest(expr, records),
    ofRecord: compilePredicate(expr),
    text: JSON.stringify(expr, (_, value: unknown) => (value instanceof Set ? [...value] : value)),
  }));
  const kernel = new Kernel(records.groups.projection(), 64 * 1024, sizes);
  records.rows = kernel;
  records.tuples = kernel;
  records.file = 'f';
  records.firstLine = 1;
  records.placed = (at, row) => placeOfRow(kernel, row, at, dumpForms('f'));
  const seen = { sure: 0, all: 0 };

  return {
    seen,
    differences(lines) {
      const found: string[] = [];
      const block = { from: kernel.blockStart, to: kernel.blockStart + lines.length };
      kernel.makeRoom(lines.length);
      // What lies behind the lines looks like them going on.
      kernel.bytes.fill('"}]', block.to, block.to + 16);
      kernel.bytes.set(lines, block.from);
      records.bytes = new Uint8Array(kernel.bytes.buffer, kernel.bytes.byteOffset, kernel.bytes.length);
      const truth = truthOf(lines);
      const named = new Set<number>();
      const place = (line: number, at: number): boolean => {
        const start = truth[line]?.start;
        if (start === undefined || start !== at - block.from || named.has(line)) {
          found.push(`line ${line + 1} at ${at - block.from}: ${named.has(line) ? 'named twice' : 'starts elsewhere'}`);
        }
        named.add(line);
        return start !== undefined;
      };
      kernel.startBlock();
      for (let at = block.from; at < block.to; ) {
        const next = kernel.project(at, block.to);
        records.memos.refresh(kernel);
        if (next <= at && kernel.count + kernel.doubts === 0 && !kernel.isFull) {
          found.push(`no way on from ${at - block.from}`);
          break;
        }
        for (let i = 0; i < kernel.doubts; i++) {
          const line = kernel.doubtLine(i);
          place(line, kernel.doubtStart(i));
          if (kernel.doubtEnd(i) - block.from !== truth[line]?.end) found.push(`line ${line + 1}: ends elsewhere`);
        }
        seen.all += kernel.count + kernel.doubts;
        seen.sure += kernel.count;
        for (let i = 0; i < kernel.count; i++) {
          const line = kernel.line(i);
          if (!place(line, kernel.lineStart(i))) continue;
          const content = truth[line]?.content;
          const [expected] = content?.records ?? [];
          if (content === undefined || expected === undefined || !isPlain(content)) {
            found.push(
              `line ${line + 1}: a record for the kernel, not for the truth: ${textOf(records.record(i).raw)}`,
            );
          } else {
            const differing = placeDifferences(records.record(i), expected);
            differing.push(...cellDifferences(records.record(i), expected, columns));
            for (const { names, group, known } of readTogether) {
              differing.push(...cellDifferences(known.of(kernel.tuple(i, group)), expected, names));
            }
            for (const { ofRow, ofRecord, text } of questions) {
              if (ofRow(i) !== ofRecord(expected)) differing.push(`${ofRow(i)} for ${text}`);
            }
            if (differing.length > 0) found.push(`${differing.join('; ')} in ${textOf(expected.raw)}`);
          }
        }
        at = next;
      }
      const unnamed = truth.filter(({ start, end }, line) => start < end && !named.has(line));
      found.push(...unnamed.map(({ start }) => `the line at ${start} was passed over`));
      const counts = `${kernel.lines} lines ${kernel.blanks} empty`;
      const expected = `${truth.length} lines ${truth.filter(({ start, end }) => start === end).length} empty`;
      if (counts !== expected) found.push(`${counts} instead of ${expected}`);
      return found;
    },
  };
}

/** One record, and nothing else to be told of the line. */
function isPlain({ records, malformed, spread }: LineContent): boolean {
  return records.length === 1 && malformed === undefined && spread === undefined;
}

interface TrueLine {
  readonly start: number;
  readonly end: number;
  readonly content: ReturnType<typeof contentOf>;
}

function truthOf(lines: Buffer): TrueLine[] {
  const found: TrueLine[] = [];
  for (let start = 0; start < lines.length; ) {
    const end = lines.indexOf(10, start);
    const at = { file: 'f', line: found.length + 1 };
    found.push({ start, end, content: contentOf(lines, start, end, { at, torn: false }, dumpForms('f')) });
    start = end + 1;
  }
  return found;
}

function placeDifferences(row: AuditRecord, expected: AuditRecord): string[] {
  const found: string[] = [];
  if (row.at.line !== expected.at.line || row.at.file !== expected.at.file) found.push(`at ${row.at.line}`);
  if (!Buffer.from(row.raw).equals(expected.raw)) found.push(`raw ${textOf(row.raw)}`);
  return found;
}

function cellDifferences(row: AuditRecord, expected: AuditRecord, names: readonly ColumnName[]): string[] {
  return names.flatMap((name) => {
    const actual = cellOf(row, name);
    const wanted = cellOf(expected, name);
    return isSameCell(actual, wanted) ? [] : [`${name} is ${cellText(actual)} instead of ${cellText(wanted)}`];
  });
}

function isSameCell(a: Cell, b: Cell): boolean {
  return Object.is(a, b) || (typeof a === 'object' && typeof b === 'object' && cellText(a) === cellText(b));
}

function cellText(cell: Cell): string {
  return isInstant(cell) ? `${cell.second} ${cell.nano} ${cell.text}` : (JSON.stringify(cell) ?? 'nothing');
}

function textOf(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1'));
}
