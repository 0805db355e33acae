import type { Diagnostic } from '../diag/diagnostic.ts';
import { countKinds, type NoiseCounts } from '../input/batch.ts';
import { type Source, SourceError } from '../input/block.ts';
import { dumpForms, type FormOptions } from '../input/dump-forms.ts';
import type { MalformedLine } from '../input/malformed.ts';
import { readRecords } from '../input/reader.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import { type Accounting, newAccounting } from './accounting.ts';
import { type JudgedBatch, type Settled, settledRecords } from './batch.ts';
import { type ContextOptions, type ContextStage, withContext } from './context.ts';
import { newDeliveries } from './dedupe.ts';
import type { Plan } from './plan.ts';
import type { Stage, Wants } from './stage.ts';

export interface Run {
  readonly sources: readonly Source[];
  readonly read: (source: Source, signal: AbortSignal) => AsyncIterable<JudgedBatch>;
  readonly plan: Plan;
  readonly stage: Stage;
  /** Waits until the output has taken what was written; called once per batch. */
  readonly drained: () => Promise<void>;
  /** In which forms the sources may be. */
  readonly forms?: FormOptions | undefined;
  /** True once nobody reads the output any more. */
  readonly outputClosed: () => boolean;
  readonly signal: AbortSignal;
  readonly dedupe?: boolean;
  readonly context?: ContextOptions | undefined;
  /** Matches wanted: reading stops once they are found. Not for orders, which must see everything. */
  readonly most?: number | undefined;
  /** Sees every record with what became of it. */
  readonly watch?: (record: AuditRecord, matched: boolean) => void;
  /** Told of each malformed line while its bytes are lent. */
  readonly onMalformed?: (line: MalformedLine) => void;
  readonly onDuplicate?: (record: AuditRecord, conflicting: boolean) => void;
  /** Told when a source has ended, with the accounts of all so far. */
  readonly onSource?: ((source: Source, accounting: Accounting) => void) | undefined;
  /** Told after each batch how many bytes as stored it took, for progress. */
  readonly onBatch?: (storedBytes: number) => void;
}

/**
 * The one loop: pull a batch, judge its records, push the matches on, wait for the output. A
 * source that cannot be read is named in the accounting and the rest goes on. Closing the stage is
 * left to the caller, who may have more to say first.
 */
export async function run(question: Run): Promise<Accounting> {
  const accounting = newAccounting();
  const context = question.context && withContext(question.stage, question.context);
  const judge = batchJudge(question, accounting, context);
  for (const source of question.sources) {
    accounting.sources++;
    try {
      await readSource(question, source, accounting, judge);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      accounting.complete = false;
      if (error.trouble === 'missing' || error.trouble === 'unreadable') accounting.unreadable++;
      accounting.diagnostics.push(sourceDiagnostic(source, error));
    }
    context?.endOfSource();
    if (question.signal.aborted) accounting.stopped = 'interrupted';
    question.onSource?.(source, accounting);
    if (accounting.stopped !== undefined) break;
  }
  return accounting;
}

async function readSource(question: Run, source: Source, accounting: Accounting, judge: JudgeBatch): Promise<void> {
  let linesBefore = 0;
  let marks: ReadonlySet<string> = new Set();
  let mayHavePassedOver = false;
  for await (const batch of question.read(source, question.signal)) {
    marks = union(marks, batch.marks);
    mayHavePassedOver ||= batch.settled !== undefined && source.rereadable;
    const { wants, lastLine } = judge(batch);
    countBatch(question, accounting, batch, { linesBefore, lastLine });
    linesBefore += batch.lines;
    await question.drained();
    question.onBatch?.(batch.storedBytes);
    if (question.outputClosed()) accounting.stopped = 'closed-pipe';
    else if (wants === 'done') accounting.stopped = 'limit';
    // Readers end by themselves when aborted.
    if (accounting.stopped !== undefined) return;
  }
  if (question.signal.aborted) return;
  const { atEnd } = dumpForms(source.name, question.forms);
  // What is missed may stand in a line that was passed over.
  if (mayHavePassedOver && atEnd(marks).length > 0) marks = await allMarks(question, source);
  for (const flaw of atEnd(marks)) {
    accounting.complete = false;
    accounting.diagnostics.push({ severity: 'error', at: { file: source.name }, ...flaw });
  }
}

async function allMarks({ forms, signal }: Run, source: Source): Promise<ReadonlySet<string>> {
  let all: ReadonlySet<string> = new Set();
  for await (const { marks } of readRecords(source, signal, forms)) all = union(all, marks);
  return all;
}

function union(marks: ReadonlySet<string>, more: ReadonlySet<string>): ReadonlySet<string> {
  return more.size === 0 ? marks : new Set([...marks, ...more]);
}

interface Judged {
  readonly wants: Wants;
  /** The line at which enough was found; what follows in the batch does not count as read. */
  readonly lastLine?: number;
}

type JudgeBatch = (batch: JudgedBatch) => Judged;

function batchJudge(question: Run, accounting: Accounting, context: ContextStage | undefined): JudgeBatch {
  const { plan, stage, watch, most = Number.POSITIVE_INFINITY } = question;
  const deliveryOf = question.dedupe ? newDeliveries() : undefined;
  return ({ records, verdicts, settled }) => {
    const matches: AuditRecord[] = [];
    if (settled !== undefined) addSettled(accounting, settled);
    let lastLine: number | undefined;
    for (const [i, record] of records.entries()) {
      accounting.records++;
      const delivery = deliveryOf?.(record) ?? 'first';
      if (delivery !== 'first') {
        accounting.duplicates++;
        if (delivery === 'conflicting') accounting.conflicting++;
        question.onDuplicate?.(record, delivery === 'conflicting');
        continue;
      }
      const verdict = accounting.matched < most ? (verdicts?.[i] ?? plan.judge(record)) : 'afterLimit';
      accounting[verdict]++;
      if (verdict === 'matched') noteTime(accounting, record);
      watch?.(record, verdict === 'matched');
      if (context !== undefined) context.write(record, verdict === 'matched');
      else if (verdict === 'matched') matches.push(record);
      if (accounting.matched >= most && (context === undefined || context.isSettled())) {
        lastLine = record.at.line;
        break;
      }
    }
    const wants = context !== undefined ? context.flush() : matches.length > 0 ? stage.write(matches) : 'more';
    return lastLine === undefined ? { wants } : { wants: 'done', lastLine };
  };
}

/**
 * Accounts for a batch, or when enough was found in it for its lines up to that record: how much is
 * read along in one piece must not show.
 */
function countBatch(question: Run, accounting: Accounting, batch: JudgedBatch, { linesBefore, lastLine }: Span): void {
  accounting.bytes += batch.bytes;
  // A reader that does not tell lines apart stops at the last match itself.
  if (lastLine === undefined || batch.kinds === undefined) {
    accounting.lines += batch.lines;
    accounting.blank += batch.blank;
    countNoise(accounting, batch.noise);
    for (const line of batch.malformed) countMalformed(question, accounting, line);
    return;
  }
  // The line of the last match may be one that was counted before, or that is still being read.
  const lines = Math.max(0, lastLine - linesBefore);
  const { blank, noise } = countKinds(batch.kinds.slice(0, lines));
  accounting.lines += lines;
  accounting.blank += blank;
  countNoise(accounting, noise);
  for (const line of batch.malformed) if (line.at.line <= lastLine) countMalformed(question, accounting, line);
}

interface Span {
  /** Lines of the source before this batch. */
  readonly linesBefore: number;
  readonly lastLine: number | undefined;
}

function countNoise(accounting: Accounting, noise: NoiseCounts): void {
  for (const [kind, times] of noise) {
    accounting.noise += times;
    accounting.noiseByKind.set(kind, (accounting.noiseByKind.get(kind) ?? 0) + times);
  }
}

function countMalformed(question: Run, accounting: Accounting, line: MalformedLine): void {
  accounting.malformed++;
  accounting.malformedByReason.set(line.reason, (accounting.malformedByReason.get(line.reason) ?? 0) + 1);
  question.onMalformed?.(line);
}

function addSettled(accounting: Accounting, settled: Settled): void {
  accounting.records += settledRecords(settled);
  accounting.notMatched += settled.notMatched;
  accounting.outsideWindow += settled.outsideWindow;
  accounting.withoutTime += settled.withoutTime;
  accounting.matched += settled.matched;
  if (settled.first !== undefined) noteInstant(accounting, settled.first);
  if (settled.last !== undefined) noteInstant(accounting, settled.last);
}

function noteTime(accounting: Accounting, record: AuditRecord): void {
  const time = cellOf(record, 'time');
  if (isInstant(time)) noteInstant(accounting, time);
}

function noteInstant(accounting: Accounting, time: Instant): void {
  if (accounting.first === undefined || compareInstants(time, accounting.first) < 0) accounting.first = time;
  if (accounting.last === undefined || compareInstants(time, accounting.last) > 0) accounting.last = time;
}

function sourceDiagnostic(source: Source, error: SourceError): Diagnostic {
  return { code: error.trouble, severity: 'error', message: error.message, at: { file: source.name } };
}
