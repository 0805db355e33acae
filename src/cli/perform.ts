import type { Diagnostic } from '../diag/diagnostic.ts';
import { type ExitCode, exitCodes } from '../diag/exit-codes.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { BlockOutput } from '../engine/block-answer.ts';
import type { ContextOptions } from '../engine/context.ts';
import type { Counting } from '../engine/counting.ts';
import { lookThrough, openReading, type Reading, readAgain, type ScanShare } from '../engine/reading.ts';
import { type Run, run } from '../engine/run.ts';
import { nowhere, type Stage, type Wants } from '../engine/stage.ts';
import { type Progress, startProgress } from '../output/progress.ts';
import type { Watcher } from '../query/watcher.ts';
import type { ColumnName } from '../record/columns/index.ts';
import type { AuditRecord } from '../record/record.ts';
import { type Inquiry, type PrepareOptions, prepare } from './asking.ts';
import { cacheSetting } from './cache-setting.ts';
import type { Invocation } from './command.ts';
import { type AnswerDigest, crossCheck, newAnswerDigest } from './cross-check.ts';
import { type Coverage, emptiness, watchCoverage } from './emptiness.ts';
import { collectEvidence } from './evidence.ts';
import { switched } from './options.ts';
import { closeOuts, type Out, openMalformedOut, openOut } from './out.ts';
import { type Onlookers, readingOptions } from './reading-options.ts';
import { remarks } from './remarks.ts';
import { scanSetting } from './scan-setting.ts';
import { tell } from './tell.ts';
import type { Terminal } from './terminal.ts';
import { verdictOf } from './verdict.ts';

/** How a command takes the matching records. */
export interface Answer {
  readonly stage: Stage;
  readonly sink: Out;
  /** Whether "nothing matched" is exit 1. */
  readonly returnsRecords: boolean;
  readonly most?: number | undefined;
  /** At most so many matches are printed, however many there are. */
  readonly shown?: number | undefined;
  /** Nothing is written before the end, so a progress bar has the terminal for itself. */
  readonly writesAtEnd?: boolean;
  readonly context?: ContextOptions | undefined;
  /** What counts the matches, for readers that can do so without the stage. */
  readonly counting?: Counting | undefined;
  /** What becomes of each match, where it does not hang on the others. */
  readonly output?: BlockOutput | undefined;
  /** Columns the output asks for of every match. */
  readonly columns?: readonly ColumnName[];
  readonly onMalformed?: Run['onMalformed'];
  readonly onSource?: Run['onSource'];
  /** Called when all records were given on: the place to write a report. `again` shows all records once more. */
  readonly finish?: (accounting: Accounting, again: ReadAgain) => void | Promise<void>;
}

/** Shows records in the order of the input until enough were seen. Only for sources that can be read again. */
export type ReadAgain = (see: (record: AuditRecord) => Wants) => Promise<void>;

export interface Prepared {
  readonly inquiry: Inquiry;
  readonly sink: Out;
}

/**
 * The question and where its answer goes. The output is opened first: preparing may read a pipe to
 * its end, which would be lost if the file were refused only then.
 */
export async function prepareWithOut(
  invocation: Invocation,
  terminal: Terminal,
  options?: PrepareOptions,
): Promise<Prepared> {
  const sink = openOut(invocation, terminal);
  try {
    return { inquiry: await prepare(invocation, terminal, options), sink };
  } catch (error) {
    sink.discard?.();
    throw error;
  }
}

/** What has to be found out before the question itself can be asked. */
export async function beforeReading<T>(
  { inquiry, sink }: Prepared,
  find: (inquiry: Inquiry) => T | Promise<T>,
): Promise<T> {
  try {
    return await find(inquiry);
  } catch (error) {
    sink.discard?.();
    await inquiry.dispose();
    throw error;
  }
}

/** Reads the input once, gives the matches to the answer, then says on stderr what there is to say. */
export async function perform(inquiry: Inquiry, answer: Answer): Promise<ExitCode> {
  const { invocation, terminal } = inquiry;
  if (switched(invocation, 'explain-plan')) return sayPlan(inquiry, answer);
  const started = terminal.now();
  const outs: Out[] = [answer.sink];
  try {
    // Inside, because a file that is refused must not leave the other one half open.
    const malformedOut = openMalformedOut(invocation, terminal);
    if (malformedOut !== undefined) outs.push(malformedOut);
    const { accounting, scan } = await answerTo(inquiry, answer, outs);
    if (!switched(invocation, 'quiet') && accounting.stopped !== 'closed-pipe') {
      const seconds = (terminal.now() - started) / 1000;
      tell(inquiry, accounting, { shown: answer.shown, seconds, scan });
    }
    return verdictOf(invocation, accounting, answer.returnsRecords);
  } catch (error) {
    for (const out of outs) out.discard?.();
    throw error;
  } finally {
    await inquiry.dispose();
  }
}

async function sayPlan(inquiry: Inquiry, answer: Answer): Promise<ExitCode> {
  try {
    const { explainPlan } = await import('../engine/explain-plan.ts');
    answer.sink.discard?.();
    inquiry.terminal.stdout.write(explainPlan(readingOptions(inquiry, answer, onlookersFor(inquiry, answer))));
    return exitCodes.ok;
  } finally {
    await inquiry.dispose();
  }
}

async function answerTo(
  inquiry: Inquiry,
  answer: Answer,
  outs: readonly Out[],
): Promise<{ readonly accounting: Accounting; readonly scan: ScanShare }> {
  const { invocation, terminal, plan, sources, forms } = inquiry;
  const { stage, sink, most, context, writesAtEnd = false, finish } = answer;
  const [, malformedOut] = outs;
  const evidence = collectEvidence({ saved: malformedOut !== undefined });
  const progress = progressFor(inquiry, writesAtEnd || sink.discard !== undefined);
  const asked = { sources, forms, plan, signal: terminal.signal, dedupe: switched(invocation, 'dedupe'), most };

  const onlookers = onlookersFor(inquiry, answer);
  const { own: watchers, watch, digest, coverage } = onlookers;
  const cacheNotes: Diagnostic[] = [];
  const cache = cacheSetting(invocation, terminal, {
    note: (diagnostic) => cacheNotes.push(diagnostic),
    onRead: (bytes) => progress.advance(bytes),
  });
  const reading = await openReading({ ...readingOptions(inquiry, answer, onlookers), cache });
  try {
    const accounting = await run({
      ...asked,
      read: reading.read,
      stage: reading.counts ? nowhere : stage,
      drained: () => sink.flush(),
      outputClosed: () => sink.closed,
      context,
      watch,
      onMalformed(line) {
        evidence.onMalformed(line);
        answer.onMalformed?.(line);
        malformedOut?.write(line.bytes);
        malformedOut?.write('\n');
      },
      onDuplicate(record, conflicting) {
        // Names that only an edited copy has are in the input all the same.
        if (conflicting) for (const watcher of onlookers.watchers) watcher.see(record, false);
        evidence.onDuplicate(record, conflicting);
      },
      onSource: answer.onSource,
      onBatch: (storedBytes) => progress.advance(storedBytes),
    }).finally(() => progress.stop());

    if (inquiry.diagnostics.some(({ severity }) => severity === 'error')) accounting.complete = false;
    if (accounting.stopped === undefined || accounting.stopped === 'interrupted') await reading.end();
    stage.end();
    await finish?.(accounting, async (see) => {
      await showAgain(inquiry, reading, see);
      noteInterruption(accounting, terminal.signal);
    });
    const { stopped } = accounting;
    accounting.diagnostics = [
      ...evidence.end(accounting),
      ...inquiry.diagnostics,
      ...cacheNotes,
      ...accounting.diagnostics,
      ...(await closeOuts(outs, stopped === 'interrupted')),
      ...(stopped === undefined ? await remarks(inquiry, watchers, reading) : []),
      ...(stopped === undefined && !switched(invocation, 'quiet')
        ? await emptiness(inquiry, accounting, coverage)
        : []),
      // Of an answer cut short by the user or the reader there is no telling where.
      ...(digest !== undefined && (stopped === undefined || stopped === 'limit')
        ? [await crossCheck(asked, digest)]
        : []),
    ];
    return { accounting, scan: reading.share() };
  } finally {
    await reading.close();
  }
}

/** All was read once, and counted, but what a second look was for is not whole. */
export function noteInterruption(accounting: Accounting, signal: AbortSignal): void {
  if (!signal.aborted || accounting.stopped !== undefined) return;
  accounting.stopped = 'interrupted';
  accounting.diagnostics.push({
    code: 'interrupted',
    severity: 'warning',
    message: 'interrupted while reading once more: what the report tells besides counts is only of part of the input',
  });
}

async function showAgain(inquiry: Inquiry, reading: Reading, see: Parameters<ReadAgain>[0]): Promise<void> {
  const { sources, terminal } = inquiry;
  // Whoever counts would count again.
  if (reading.counts) await showAll(inquiry, see);
  else
    await readAgain(
      sources,
      (source) => reading.read(source, terminal.signal),
      ({ records }) => records.every((record) => see(record) === 'more'),
    );
}

async function showAll({ sources, forms, question, terminal }: Inquiry, see: Parameters<ReadAgain>[0]): Promise<void> {
  let wants: Wants = 'more';
  await lookThrough({
    setting: scanSetting(terminal.env),
    sources,
    forms,
    question,
    columns: [],
    wantsMore: () => wants === 'more',
    see(record) {
      if (wants === 'more') wants = see(record);
    },
    signal: terminal.signal,
  });
}

function onlookersFor(
  { invocation, sources, watch }: Inquiry,
  { context }: Answer,
): Onlookers & { own: readonly Watcher[]; digest: AnswerDigest | undefined; coverage: Coverage | undefined } {
  const own = watch();
  // What can be read again is looked through only when nothing matched.
  const coverage = sources.every(({ rereadable }) => rereadable) ? undefined : watchCoverage();
  const watchers = coverage === undefined ? own : [...own, coverage];
  const digest = switched(invocation, 'cross-check') ? newAnswerDigest() : undefined;
  return {
    watchers,
    own,
    digest,
    coverage,
    watch(record, matched) {
      for (const watcher of watchers) watcher.see(record, matched);
      digest?.see(record, matched);
    },
    // For neighbours, and to compare answers.
    needAll: context !== undefined || digest !== undefined,
  };
}

/** A bar beside other output on the same terminal would write over it. */
function progressFor({ invocation, terminal, sources }: Inquiry, writesAtEnd: boolean): Progress {
  const sizes = sources.map(({ byteLength }) => byteLength);
  return startProgress({
    stream: terminal.stderr,
    totalBytes: sizes.every((size) => size !== undefined) ? sizes.reduce((sum, size) => sum + size, 0) : undefined,
    enabled:
      terminal.stderrIsTerminal &&
      (writesAtEnd || !terminal.stdoutIsTerminal) &&
      !switched(invocation, 'quiet') &&
      !switched(invocation, 'no-progress'),
  });
}
