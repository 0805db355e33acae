import { AuditError } from '../../diag/diagnostic.ts';
import { type BlockOutput, hangsOnLine } from '../../engine/block-answer.ts';
import { ordered } from '../../engine/order.ts';
import type { Wanted } from '../../engine/sorted-runs.ts';
import { nowhere, type Stage } from '../../engine/stage.ts';
import type { FormatOptions } from '../../output/formats/format.ts';
import { formatNamed } from '../../output/formats/index.ts';
import { type RenderSpec, renderSpec } from '../../output/row-renderer.ts';
import type { Sink } from '../../output/sinks/sink.ts';
import { type Field, fieldFor, fieldOf, parseFields } from '../../query/fields.ts';
import { cellOfOperand } from '../../query/operand.ts';
import { type ColumnName, listedColumns } from '../../record/columns/index.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { flagsOf } from '../flags-of.ts';
import { formatFlag, numberFlag, switched, textFlag } from '../options.ts';
import { lookOf } from '../out.ts';
import { type Answer, perform, prepareWithOut } from '../perform.ts';

/** Columns shown when `--fields` says nothing: who did what to what from where, with what result. */
const defaultFields: readonly string[] = ['time', 'principal', 'method', 'resource', 'ip', 'result'];

/** On a narrow terminal six columns would be cut beyond recognition; which records are shown does not depend on it. */
const narrowFields = defaultFields.filter((name) => name !== 'ip');
const narrowBelow = 100;

export const run: RunCommand = async (invocation, terminal) => {
  const look = lookOf(invocation, terminal);
  const formatName = formatFlag(invocation, ['summary']) ?? (look.onTerminal ? 'table' : 'ndjson');
  if (formatName === 'summary') {
    refuseSelection(invocation);
    const summary = await import('./summary.ts');
    return summary.run({ ...invocation, flags: new Map([...invocation.flags, ['output', ['table']]]) }, terminal);
  }
  const isNarrow = formatName === 'table' && !look.wide && (look.width ?? narrowBelow) < narrowBelow;
  const fields = fieldsOf(invocation, isNarrow ? narrowFields : defaultFields);
  const selection = selectionOf(invocation);
  const { inquiry, sink } = await prepareWithOut(invocation, terminal);
  const options: FormatOptions = {
    fields,
    normalized: switched(invocation, 'normalized') || switched(invocation, 'fields'),
    zone: inquiry.zone,
    width: look.width,
    wide: look.wide,
    header: !switched(invocation, 'no-header'),
    styles: look.styles,
    csvRaw: switched(invocation, 'csv-raw'),
    labels: look.labels,
    onTerminal: look.onTerminal,
  };
  const writer = formatNamed(formatName).create(options, sink);
  const { close, ...answer } = answerFor(selection, writer, sink);
  try {
    return await perform(inquiry, {
      ...answer,
      output: outputFor(selection, renderSpec(formatName, options)),
      columns: columnsRead(formatName, fields, selection),
      shown: selection.limit ?? selection.tail,
      sink,
      returnsRecords: true,
    });
  } finally {
    close?.();
  }
};

/** Columns that are asked for of every match. json and ndjson print the record itself. */
function columnsRead(formatName: string, fields: readonly Field[], { count, quiet, sort }: Selection): ColumnName[] {
  const showsFields = formatNamed(formatName).needsFields && !count && !quiet;
  const read = [...(showsFields ? fields : []), ...(sort === undefined ? [] : [sort])];
  return read.flatMap(({ operand }) => (operand.kind === 'column' ? [operand.name] : []));
}

function outputFor(selection: Selection, spec: RenderSpec | undefined): BlockOutput {
  const { count, tail, sort, reverse } = selection;
  if (count) return { kind: 'counted' };
  // A thread does not know how many lines stand before its own.
  const showsLine = spec?.fields.some(({ name }) => hangsOnLine(name)) ?? false;
  const showsAll = !showsLine && tail === undefined && sort === undefined && !reverse && selection.limit === undefined;
  return showsAll && spec !== undefined ? { kind: 'rendered', spec } : { kind: 'kept' };
}

/** A summary is of all that match: passing over flags that choose among them would mislead. */
function refuseSelection({ command, flags: typed }: Invocation): void {
  const flag = flagsOf(command).find(({ group, long }) => (group === 'order' || group === 'rows') && typed.has(long));
  if (flag === undefined) return;
  throw new AuditError({
    code: 'flags-conflict',
    message: `-o summary and --${flag.long} do not go together: a summary counts all that match`,
    hint: `leave out --${flag.long}, or choose another format`,
  });
}

function fieldsOf(invocation: Invocation, defaults: readonly string[]): readonly Field[] {
  const typed = invocation.flags.get('fields');
  if (typed !== undefined) return parseFields(typed, defaults);
  return (switched(invocation, 'normalized') ? listedColumns.map(({ name }) => name) : defaults).map(fieldOf);
}

/** Which of the matches are shown and in which order. */
interface Selection {
  readonly count: boolean;
  readonly quiet: boolean;
  readonly limit: number | undefined;
  readonly tail: number | undefined;
  readonly sort: Field | undefined;
  readonly reverse: boolean;
  readonly before: number;
  readonly after: number;
}

function selectionOf(invocation: Invocation): Selection {
  const around = numberFlag(invocation, 'context') ?? 0;
  const sort = textFlag(invocation, 'sort');
  const selection = {
    count: switched(invocation, 'count'),
    quiet: switched(invocation, 'quiet'),
    limit: numberFlag(invocation, 'limit'),
    tail: numberFlag(invocation, 'tail'),
    sort: sort === undefined ? undefined : fieldFor('sort', sort),
    reverse: switched(invocation, 'reverse'),
    before: numberFlag(invocation, 'before-context') ?? around,
    after: numberFlag(invocation, 'after-context') ?? around,
  };
  const conflict = conflictIn(selection);
  if (conflict !== undefined) {
    const [these, why] = conflict;
    throw new AuditError({
      code: 'flags-conflict',
      message: `${these} do not go together: ${why}`,
      hint: 'leave one of them out',
    });
  }
  return selection;
}

/** Combinations that have no one meaning. */
function conflictIn({
  limit,
  tail,
  sort,
  reverse,
  before,
  after,
  count,
}: Selection): readonly [string, string] | undefined {
  const context = before > 0 || after > 0;
  if (limit !== undefined && tail !== undefined) return ['--limit and --tail', 'the first and the last at once'];
  if (context && (sort !== undefined || reverse))
    return ['context (-A, -B, -C) and another order', 'neighbours are neighbours in the input'];
  if (context && tail !== undefined) return ['context (-A, -B, -C) and --tail', 'neighbours would be cut off'];
  if (context && count) return ['context (-A, -B, -C) and --count', 'only matches are counted'];
  return undefined;
}

interface Selecting extends Omit<Answer, 'sink' | 'returnsRecords'> {
  /** To be called when the answer was given, or could not be. */
  readonly close?: () => void;
}

function answerFor(selection: Selection, writer: Stage, sink: Sink): Selecting {
  const { limit, tail, sort, reverse, before, after } = selection;
  if (selection.quiet) return { stage: nowhere, most: 1 };
  if (selection.count) {
    const finish: Answer['finish'] = ({ matched }) => sink.write(`${Math.min(matched, tail ?? matched)}\n`);
    return { stage: nowhere, most: limit, writesAtEnd: true, finish };
  }
  // Nothing is shown, but all is judged: the accounting and the exit code tell whether something matched.
  if (limit === 0) return { stage: { ...writer, write: nowhere.write }, writesAtEnd: true };
  if (before > 0 || after > 0) return { stage: writer, most: limit, context: { before, after } };
  if (sort === undefined && !reverse && tail === undefined) return { stage: writer, most: limit };
  const keyOf = sort && cellOfOperand(sort.operand);
  const stage = ordered(writer, { keyOf, reverse, wanted: wantedOf(selection) });
  return { stage, writesAtEnd: true, finish: () => stage.giveOn(() => sink.flush()), close: stage.close };
}

function wantedOf({ limit, tail }: Selection): Wanted | undefined {
  if (tail !== undefined) return { end: 'last', most: tail };
  return limit === undefined ? undefined : { end: 'first', most: limit };
}
