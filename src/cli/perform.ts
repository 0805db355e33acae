import type { Diagnostic } from '../diag/diagnostic.ts';
import type { ExitCode } from '../diag/exit-codes.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { ContextOptions } from '../engine/context.ts';
import { run } from '../engine/run.ts';
import type { Stage } from '../engine/stage.ts';
import { readRecords } from '../input/reader.ts';
import { type Progress, startProgress } from '../output/progress.ts';
import type { Inquiry } from './asking.ts';
import { crossCheck, newAnswerDigest } from './cross-check.ts';
import { collectEvidence } from './evidence.ts';
import { accountingFormat, colorChoice, switched } from './options.ts';
import { type Out, openMalformedOut } from './out.ts';
import { accountingObject, renderAccounting, renderDiagnostic, safeJson, stderrStyles } from './render.ts';
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
  /** Called when all records were given on: the place to write a report. */
  readonly finish?: (accounting: Accounting) => void;
}

/** Reads the input once, gives the matches to the answer, then says on stderr what there is to say. */
export async function perform(inquiry: Inquiry, answer: Answer): Promise<ExitCode> {
  const { invocation, terminal } = inquiry;
  const started = terminal.now();
  try {
    const accounting = await answerTo(inquiry, answer);
    if (!switched(invocation, 'quiet') && accounting.stopped !== 'closed-pipe') {
      tell(inquiry, accounting, { shown: answer.shown, seconds: (terminal.now() - started) / 1000 });
    }
    return verdictOf(invocation, accounting, answer.returnsRecords);
  } catch (error) {
    answer.sink.discard?.();
    throw error;
  } finally {
    await inquiry.dispose();
  }
}

async function answerTo(
  inquiry: Inquiry,
  { stage, sink, most, context, writesAtEnd = false, finish }: Answer,
): Promise<Accounting> {
  const { invocation, terminal, plan, sources, watchers } = inquiry;
  const evidence = collectEvidence();
  const digest = switched(invocation, 'cross-check') ? newAnswerDigest() : undefined;
  const malformedOut = openMalformedOut(invocation, terminal);
  const progress = progressFor(inquiry, writesAtEnd || sink.discard !== undefined);
  const asked = { sources, plan, signal: terminal.signal, dedupe: switched(invocation, 'dedupe'), most };

  const accounting = await run({
    ...asked,
    read: readRecords,
    stage,
    drained: () => sink.flush(),
    outputClosed: () => sink.closed,
    context,
    watch(record, matched) {
      for (const watcher of watchers) watcher.see(record, matched);
      digest?.see(record, matched);
    },
    onMalformed(line) {
      evidence.onMalformed(line);
      malformedOut?.write(line.bytes);
      malformedOut?.write('\n');
    },
    onDuplicate(record, conflicting) {
      // Names that only an edited copy has are in the input all the same.
      if (conflicting) for (const watcher of watchers) watcher.see(record, false);
      evidence.onDuplicate(record, conflicting);
    },
    onBatch: (storedBytes) => progress.advance(storedBytes),
  })
    .catch((error: unknown) => {
      malformedOut?.discard();
      throw error;
    })
    .finally(() => progress.stop());

  if (inquiry.diagnostics.some(({ severity }) => severity === 'error')) accounting.complete = false;
  stage.end();
  finish?.(accounting);
  const files = [sink, malformedOut].filter((out) => out?.discard !== undefined);
  // A file with the final name looks whole: an interrupted answer does not get one.
  if (accounting.stopped === 'interrupted') for (const file of files) file?.discard?.();
  else await malformedOut?.close();
  await sink.close();

  const wholeInput = accounting.stopped === undefined;
  accounting.diagnostics = [
    ...evidence.end(accounting),
    ...inquiry.diagnostics,
    ...accounting.diagnostics,
    ...(accounting.stopped === 'interrupted' && files.length > 0 ? [notWritten] : []),
    ...noRecords(accounting),
    ...(wholeInput ? watchers.flatMap((watcher) => watcher.end()) : []),
    ...(digest !== undefined && canBeAskedAgain(accounting) ? [await crossCheck(asked, digest)] : []),
  ];
  return accounting;
}

function tell(
  { invocation, terminal, plan }: Inquiry,
  accounting: Accounting,
  { shown, seconds }: { shown: number | undefined; seconds: number },
): void {
  const { stderr } = terminal;
  if (accountingFormat(invocation) === 'json') {
    stderr.write(`${safeJson({ ...accountingObject(accounting, plan), elapsedSeconds: seconds })}\n`);
    return;
  }
  const style = stderrStyles(colorChoice(invocation), terminal);
  for (const diagnostic of accounting.diagnostics) stderr.write(`${renderDiagnostic(diagnostic, style)}\n`);
  if (!switched(invocation, 'no-summary')) {
    const dedupe = switched(invocation, 'dedupe');
    stderr.write(`${renderAccounting(accounting, plan, { dedupe, shown, seconds })}\n`);
  }
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

/** Of an answer that was cut short by the user or the reader there is no telling where. */
function canBeAskedAgain({ stopped }: Accounting): boolean {
  return stopped === undefined || stopped === 'limit';
}

/** A file of something else altogether is told apart from a dump in which nothing matched. */
function noRecords({ records, malformed, stopped }: Accounting): Diagnostic[] {
  if (records > 0 || malformed === 0 || stopped !== undefined) return [];
  return [
    {
      code: 'no-records',
      severity: 'warning',
      message:
        'no audit record in the input: expected a JSON object a line, with a text "type" or "specversion" and an object "data"',
      hint: 'audit-cli help formats says what is read',
    },
  ];
}

const notWritten: Diagnostic = {
  code: 'out-file-not-written',
  severity: 'warning',
  message: 'interrupted: no output file was written, because it would look whole and is not',
};
