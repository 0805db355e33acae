import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { newestTime } from '../engine/newest.ts';
import { type Plan, planFor } from '../engine/plan.ts';
import type { Source } from '../input/block.ts';
import type { FormOptions } from '../input/dump-forms.ts';
import { readRecords } from '../input/reader.ts';
import { type SpooledSource, spool } from '../input/sources/spool.ts';
import { errorCode, plainWords } from '../input/sources/trouble.ts';
import { watchCrnPrefixes } from '../query/crn-notes.ts';
import type { FilterContext } from '../query/filters/filter.ts';
import { filters } from '../query/filters/index.ts';
import { watchNames } from '../query/near-miss.ts';
import { watchPaths } from '../query/path-notes.ts';
import { buildQuestion, type FilterArgument, type Question, readsNow } from '../query/question.ts';
import { parseNow } from '../query/time-value.ts';
import type { Watcher } from '../query/watcher.ts';
import { type Instant, instantOf } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import type { Invocation } from './command.ts';
import { openInputs } from './inputs.ts';
import { accountingFormat, colorChoice, formOptions, maxMalformed, switched, textFlag, zoneFlag } from './options.ts';
import type { Terminal } from './terminal.ts';

/** A reading command's question, checked and resolved. Nothing has been read yet, unless relative times needed the newest record. */
export interface Inquiry {
  readonly invocation: Invocation;
  readonly terminal: Terminal;
  readonly zone: Zone;
  /** New watchers of what only the records can tell about the question. */
  readonly watch: () => readonly Watcher[];
  /** What values of flags are read against. */
  readonly context: FilterContext;
  /** Whether its times count from the clock or from `--now TIME`, and not from the newest record. */
  readonly countsFromNow: boolean;
  readonly question: Question;
  /** The filter flags that the question is made of, as typed. */
  readonly asked: readonly FilterArgument[];
  readonly plan: Plan;
  readonly sources: readonly Source[];
  /** In which they may be. */
  readonly forms: FormOptions;
  /** Operands that gave nothing to read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Removes what was kept for reading twice. */
  readonly dispose: () => Promise<void>;
}

export interface PrepareOptions {
  /** The command may have to read its input a second time. */
  readonly readsTwice?: boolean;
  /** Filter flags (long, without dashes) that the command uses in another way: they are not part of the question. Their negations are. */
  readonly except?: readonly string[];
  /**
   * Reads the command's own flags whose values hang on other flags, such as times. Called before a byte is read, so that
   * bad ones are found then, and to learn whether any counts from now; what they mean is read against the inquiry's `context`.
   */
  readonly ownFlags?: (context: FilterContext) => void;
  /** Filter flags that the command asks besides those typed. */
  readonly also?: readonly FilterArgument[];
}

/** Checks every flag and operand, so that bad values are found before a byte is read. */
export async function prepare(
  invocation: Invocation,
  terminal: Terminal,
  { readsTwice = false, except = [], also = [], ownFlags }: PrepareOptions = {},
): Promise<Inquiry> {
  checkSwitches(invocation);
  const forms = formOptions(invocation);
  const zone = await zoneFlag(invocation);
  const all = [...typedFilters(invocation), ...also];
  const typed = all.filter(({ name, negated }) => negated || !except.includes(name));
  const clock = clockTime(terminal);
  const nowText = textFlag(invocation, 'now');
  const anchor = nowText === undefined ? clock : parseNow(nowText, { now: clock, zone });
  const atClock: FilterContext = {
    exact: switched(invocation, 'exact'),
    readFile: valueFiles(),
    now: anchor === 'last' ? clock : anchor,
    zone,
  };
  // Whether a window that hangs on the newest record is one cannot be told yet; its values can be checked.
  if (anchor === 'last') readsNow(all, atClock);
  else buildQuestion(all, atClock);

  const ownReadNow = ownFlags !== undefined && flagsReadNow(ownFlags, atClock);

  const inputs = await openInputs(invocation, terminal);
  const needsNewest = anchor === 'last' && (ownReadNow || readsNow(typed, atClock));
  const readTwice = readsTwice || needsNewest || switched(invocation, 'cross-check');
  const { sources, dispose } = readTwice
    ? await rereadable(inputs.sources, terminal.signal)
    : { sources: inputs.sources, dispose: nothingKept };
  const newest = needsNewest ? await newestTime(sources, readIn(forms), terminal.signal) : undefined;
  const context = newest === undefined ? atClock : { ...atClock, now: newest };
  const question = buildQuestion(typed, context);
  return {
    invocation,
    terminal,
    zone,
    watch: () =>
      [watchNames(typed, context), watchCrnPrefixes(typed, context), watchPaths(question.expr)].filter(
        (watcher) => watcher !== undefined,
      ),
    context,
    countsFromNow: anchor !== 'last' && readsNow(typed, atClock),
    question,
    asked: typed,
    plan: planFor(question),
    sources,
    forms,
    diagnostics: inputs.diagnostics,
    dispose,
  };
}

function flagsReadNow(ownFlags: (context: FilterContext) => void, context: FilterContext): boolean {
  let isRead = false;
  ownFlags({
    ...context,
    get now() {
      isRead = true;
      return context.now;
    },
  });
  return isRead;
}

function readIn(forms: FormOptions): typeof readRecords {
  return (source, signal) => readRecords(source, signal, forms);
}

/** Flags that are needed only after the reading, checked before it. */
function checkSwitches(invocation: Invocation): void {
  accountingFormat(invocation);
  maxMalformed(invocation);
  colorChoice(invocation);
}

async function nothingKept(): Promise<void> {
  return undefined;
}

/** The filter flags as typed. */
function typedFilters({ flags }: Invocation): readonly FilterArgument[] {
  return filters.flatMap(({ name, negatable }) => {
    const spellings = negatable ? [name, `not-${name}`] : [name];
    return spellings.flatMap((long) => {
      const values = flags.get(long);
      return values === undefined ? [] : [{ name, negated: long !== name, values }];
    });
  });
}

/** Each `@file` is read once, however often its values are asked for. */
function valueFiles(): (path: string) => string {
  const texts = new Map<string, string>();
  return (path) => {
    const text = texts.get(path) ?? readText(path);
    texts.set(path, text);
    return text;
  };
}

/** The system's own words for a failure name the call and differ between runtimes. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(plainWords(errorCode(error)), { cause: error });
  }
}

function clockTime(terminal: Terminal): Instant {
  const ms = terminal.now();
  const second = Math.floor(ms / 1000);
  return instantOf(second, (ms - second * 1000) * 1_000_000);
}

/** Sources that can be read again from the start; a pipe is kept in a temporary file meanwhile. */
async function rereadable(
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<Pick<Inquiry, 'sources' | 'dispose'>> {
  const kept: SpooledSource[] = [];
  for (const source of sources) kept.push(await spool(source, signal));
  return {
    sources: kept,
    dispose: async () => {
      for (const source of kept) await source.dispose();
    },
  };
}
