import { AuditError } from '../diag/diagnostic.ts';
import { exitCodes } from '../diag/exit-codes.ts';
import { newDeliveries } from '../engine/dedupe.ts';
import type { ReportColumn, Section } from '../output/report.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import type { Inquiry } from './asking.ts';
import { switched } from './options.ts';
import type { ReadAgain } from './perform.ts';
import type { RowReport } from './report-command.ts';

export interface ProofRecord {
  readonly id: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** Records named as proof at most. Part of them would be no proof. */
const mostProofs = 1_000_000;

/**
 * Reads the input once more and gives the records behind each wanted key, in input order: those that match the question
 * and, with `--dedupe`, are no repeats. A key that no record has is missing from the answer.
 */
export async function proofsOf(
  { invocation, plan }: Pick<Inquiry, 'invocation' | 'plan'>,
  again: ReadAgain,
  wanted: ReadonlySet<string>,
  keysOf: (record: AuditRecord) => readonly string[],
  most = mostProofs,
): Promise<ReadonlyMap<string, readonly ProofRecord[]>> {
  const deliveryOf = switched(invocation, 'dedupe') ? newDeliveries() : undefined;
  const proofs = new Map<string, ProofRecord[]>();
  let named = 0;
  await again((record) => {
    const isFirst = (deliveryOf?.(record) ?? 'first') === 'first';
    if (!isFirst || plan.judge(record) !== 'matched') return 'more';
    for (const key of new Set(keysOf(record))) {
      if (!wanted.has(key)) continue;
      named++;
      if (named > most) throw tooManyProofs(most);
      const { file, line } = record.at;
      const id = cellOf(record, 'id');
      const proof = { id: typeof id === 'string' ? id : undefined, file, line };
      const before = proofs.get(key);
      if (before === undefined) proofs.set(key, [proof]);
      else before.push(proof);
    }
    return 'more';
  });
  return proofs;
}

function tooManyProofs(most: number): AuditError {
  return new AuditError(
    {
      code: 'too-many-proofs',
      message: `--proof: more than ${most.toLocaleString('en-US')} records stand behind these rows; they do not fit in memory`,
      hint: 'narrow the question with a filter or a time window, or leave out --proof',
    },
    exitCodes.incomplete,
  );
}

/** What stands behind one row of a report. */
export interface RowProof {
  /** What the row is called in the list of proofs. */
  readonly title: string;
  /** The command of `reproducing`. */
  readonly filter: string;
  readonly records: readonly ProofRecord[];
}

const proofColumns: readonly ReportColumn[] = [
  { name: 'ids', type: 'text' },
  { name: 'places', type: 'text' },
  { name: 'filter', type: 'exact' },
];

/**
 * The report with what stands behind its rows, `proofs[i]` behind `rows[i]`: programs get three more columns, people
 * a list below what they get anyway. A report with a `page` appends `proofSections` itself.
 */
export function withProof(report: RowReport, proofs: readonly RowProof[]): RowReport {
  const { columns, rows } = report;
  const sections = report.sections ?? (() => [{ name: '', columns, rows }]);
  return {
    ...report,
    columns: [...columns, ...proofColumns],
    rows: rows.map((row, i) => [...row, ...proofCells(proofs[i])]),
    sections: (width) => [...sections(width), ...proofSections(proofs)],
  };
}

function proofCells(proof: RowProof | undefined): Cell[] {
  if (proof === undefined) return [undefined, undefined, undefined];
  const { records, filter } = proof;
  return [records.map(({ id }) => id ?? ''), records.map(placeOf), filter];
}

const mostShown = 5;

/** The records behind rows for people: the first ones of each, and the command that finds all. */
export function proofSections(proofs: readonly RowProof[]): Section[] {
  return proofs.map(({ title, filter, records }) => ({
    name: `Proof of ${title}`,
    columns: [],
    rows: [],
    lines: [...records.slice(0, mostShown).map(lineOf), commandLine(records.length, filter)],
  }));
}

function lineOf(record: ProofRecord): string {
  return `${record.id ?? 'without an id'}  ${placeOf(record)}`;
}

function commandLine(records: number, filter: string): string {
  const more = records - mostShown;
  return more > 0 ? `… and ${more.toLocaleString('en-US')} more: ${filter}` : `found by: ${filter}`;
}

function placeOf({ file, line }: ProofRecord): string {
  return `${file}:${line}`;
}
