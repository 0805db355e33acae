import type { Denials, Refusals } from '../analyze/denials/denials.ts';
import { keyFinder, keyText } from '../analyze/denials/facts.ts';
import { type Guess, guessOf, limits } from '../analyze/denials/guesses.ts';
import { planes, planeWheres } from '../analyze/denials/planes.ts';
import { instantText } from '../output/cell-text.ts';
import { secondsText, spanText } from '../output/duration-text.ts';
import { escapeControls } from '../output/escape.ts';
import type { Labels } from '../output/labels.ts';
import type { ReportColumn, Section } from '../output/report.ts';
import { cutMiddle } from '../output/width.ts';
import type { Cell } from '../record/record.ts';
import type { Instant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import type { Inquiry } from './asking.ts';
import type { Later } from './later-successes.ts';
import type { ReadAgain } from './perform.ts';
import { proofsOf, type RowProof } from './proof.ts';
import type { RowReport } from './report-command.ts';
import { reproducing } from './reproducing.ts';
import { wrap } from './topics/wrap.ts';

const columns: readonly ReportColumn[] = [
  { name: 'by', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'plane', type: 'text' },
  { name: 'count', type: 'count' },
  { name: 'operations', type: 'text' },
  { name: 'resources', type: 'text' },
  { name: 'ips', type: 'text' },
  { name: 'principals', type: 'text' },
  { name: 'credentials', type: 'text' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'span', type: 'text' },
  { name: 'guess', type: 'text' },
  { name: 'rule', type: 'text' },
  { name: 'succeededLater', type: 'time' },
];

export interface DenialsOptions {
  readonly zone: Zone;
  readonly labels: Labels | undefined;
}

/** `of`: rows there are, where only some are shown. */
export function denialsReport(denials: Denials, of: number, later: Later, { zone, labels }: DenialsOptions): RowReport {
  const told = denials.rows.map(
    (row): Told => ({ ...row, ...guessOf(row, later.requested, spanText), later: later.successOf(row) }),
  );
  const { failures, refusals, withoutTime, withoutAddress } = denials;
  const left = of - told.length;
  return {
    columns: labels === undefined ? columns : columns.toSpliced(afterName, 0, { name: 'label', type: 'text' }),
    rows: told.map((row) =>
      labels === undefined ? cellsOf(row) : cellsOf(row).toSpliced(afterName, 0, labelOf(row, labels)),
    ),
    sections: (width) => sectionsOf(denials, told, left, { zone, labels }, width),
    object: {
      failures,
      refusals,
      notRefusals: failures - refusalsIn(denials),
      withoutTime,
      withoutAddress,
      rowsLeftOut: left,
      notRecorded,
    },
  };
}

const afterName = columns.findIndex(({ name }) => name === 'name') + 1;

function labelOf({ by, name }: Refusals, labels: Labels | undefined): string | undefined {
  return name === undefined ? undefined : labels?.of(by === 'principal' ? 'principal' : 'ip', name);
}

/** Whom a guess is about, and what became of them. */
type Told = Refusals & Guess & { readonly later: Instant | undefined };

function cellsOf(row: Told): Cell[] {
  const { by, name, plane, count, operations, resources, ips, principals, credentials, span, guess, rule, later } = row;
  const length = span && secondsText(...lengthOf(span));
  const lists = [operations, resources, ips, principals, credentials];
  return [by, name, plane, count, ...lists, span?.first.time, span?.last.time, length, guess, rule, later];
}

function lengthOf({ first, last }: NonNullable<Refusals['span']>): [second: number, nano: number] {
  return [last.time.second - first.time.second, last.time.nano - first.time.nano];
}

/** What nobody can find in an audit log, so that nobody takes its absence for an answer. */
const notRecorded: readonly string[] = [
  'denials of consumer groups and of Describe operations',
  'connections that failed before a sign-in',
  'anything of Basic clusters',
];

function sectionsOf(
  denials: Denials,
  told: readonly Told[],
  left: number,
  options: DenialsOptions,
  width: number | undefined,
): Section[] {
  const principals = told.filter(({ by }) => by === 'principal');
  const addresses = told.filter(({ by }) => by === 'address');
  const telling = told.filter(({ guess, count }) => guess !== 'unclear' || count >= limits.fewest);
  return [
    { ...peopleSection('Refusals by principal', principals, 'addresses', width), note: refusalsNote(denials) },
    ...(addresses.length === 0 ? [] : [peopleSection('Refusals by address', addresses, 'principals', width)]),
    ...(telling.length === 0 ? [] : [whySection(telling, options, width)]),
    notesSection(denials, left, width),
  ];
}

function refusalsIn({ refusals }: Denials): number {
  return planes.reduce((sum, plane) => sum + refusals[plane], 0);
}

function refusalsNote(denials: Denials): string {
  const parts = planes.flatMap((plane) =>
    denials.refusals[plane] > 0 ? [`${grouped(denials.refusals[plane])} ${plane}`] : [],
  );
  const all = refusalsIn(denials);
  return all === 0 ? 'no refusals' : `${grouped(all)} in all: ${parts.join(', ')}`;
}

/** `from`: narrower lines leave the column out, for names are worth more than it. */
interface PeopleColumn extends ReportColumn {
  readonly from?: number;
  readonly cellOf: (row: Told) => Cell;
}

function peopleSection(
  name: string,
  rows: readonly Told[],
  others: 'addresses' | 'principals',
  width = Number.POSITIVE_INFINITY,
): Section {
  const isByPrincipal = others === 'addresses';
  const all: readonly PeopleColumn[] = [
    { name: isByPrincipal ? 'principal' : 'address', type: 'text', cellOf: (row) => row.name },
    { name: 'count', type: 'count', cellOf: ({ count }) => count },
    { name: 'looks like', type: 'exact', cellOf: ({ guess }) => guess },
    { name: 'plane', type: 'exact', cellOf: ({ plane }) => plane },
    { name: 'operations', type: 'text', from: 100, cellOf: ({ operations }) => oneOrHowMany(operations) },
    { name: 'resources', type: 'text', from: 130, cellOf: ({ resources }) => oneOrHowMany(resources) },
    { name: others, type: 'text', cellOf: (row) => oneOrHowMany(isByPrincipal ? row.ips : row.principals) },
    { name: 'span', type: 'exact', from: 100, cellOf: ({ span }) => span && spanText(...lengthOf(span)) },
    { name: 'first', type: 'time', from: 130, cellOf: ({ span }) => span?.first.time },
  ];
  const shown = all.filter(({ from = 0 }) => width >= from);
  return {
    name,
    columns: shown.map(({ name, type }) => ({ name, type })),
    rows: rows.map((row) => shown.map(({ cellOf }) => cellOf(row))),
  };
}

function oneOrHowMany(members: readonly string[]): string | undefined {
  return members.length > 1 ? `${grouped(members.length)} different` : members[0];
}

/** Whoever is refused may have chosen a name of a megabyte. */
const longestName = 120;

function nameOf(row: Refusals, labels: Labels | undefined): string {
  const { by, name } = row;
  if (name === undefined) return by === 'principal' ? 'no principal' : 'no address';
  const label = labelOf(row, labels);
  return `${cutMiddle(escapeControls(name), longestName)}${label === undefined ? '' : ` (${label})`}`;
}

/** Sentences whose lines end between words, as far as words fit; lengths of time stay whole. */
function wrapped(sentences: readonly string[], width = Number.POSITIVE_INFINITY): readonly string[] {
  return sentences.flatMap((sentence) => {
    const whole = escapeControls(sentence).replace(lengthOfTime, (length) => length.replaceAll(' ', noBreak));
    return wrap(whole, width - indent.length, indent)
      .replaceAll(noBreak, ' ')
      .split('\n');
  });
}

/** No text has it any more when controls are escaped. */
const noBreak = '\u0000';
const lengthOfTime = /\b[\d.]+ (?:d|h|m|s|ms|µs|ns)\b(?: \d+ (?:h|m|s)\b)?/g;
const indent = '  ';

function whySection(told: readonly Told[], { zone, labels }: DenialsOptions, width: number | undefined): Section {
  return {
    name: 'Why it looks so',
    note: 'guesses by rule, no facts',
    columns: [],
    rows: [],
    lines: wrapped(
      told.map((row) => {
        const { by, plane, guess, rule, later } = row;
        const success =
          later === undefined
            ? ''
            : `; ${by === 'principal' ? 'succeeded' : 'a success from it'} at ${instantText(later, zone)}`;
        return `${nameOf(row, labels)}, ${plane}: ${guess === 'unclear' ? '' : 'looks like '}${guess}: ${rule}${success}`;
      }),
      width,
    ),
  };
}

function notesSection(denials: Denials, left: number, width: number | undefined): Section {
  const { failures, withoutTime, withoutAddress } = denials;
  const leftOut = failures - refusalsIn(denials);
  const notes = [
    left > 0 && `${counted(left, 'row')} not shown: --top and --min choose`,
    leftOut > 0 && `${counted(leftOut, 'failure')} left out: not refused, only failed (not found, not valid …)`,
    withoutTime > 0 && `${counted(withoutTime, 'refusal')} without a usable time`,
    withoutAddress > 0 && `${counted(withoutAddress, 'refusal')} without an address`,
    `never in an audit log: ${notRecorded.join('; ')}`,
  ];
  return {
    name: 'What to know',
    columns: [],
    rows: [],
    lines: wrapped(
      notes.filter((note) => note !== false),
      width,
    ),
  };
}

function counted(count: number, one: string): string {
  return `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** The records behind each row, and the commands that find them. */
export async function denialProofs(
  rows: readonly Refusals[],
  inquiry: Inquiry,
  again: ReadAgain,
  labels: Labels | undefined,
): Promise<readonly RowProof[]> {
  const keysOf = keyFinder();
  const wanted = new Set(rows.map(keyText));
  const proofs = await proofsOf(inquiry, again, wanted, (record) => keysOf(record).map(keyText));
  return rows.map((row) => ({
    title: `${nameOf(row, labels)}, ${row.plane}`,
    filter: reproducing(inquiry, [[row.by === 'principal' ? 'principal' : 'ips', row.name]], [planeWheres[row.plane]]),
    records: proofs.get(keyText(row)) ?? [],
  }));
}
