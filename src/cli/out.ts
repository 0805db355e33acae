import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Labels } from '../output/labels.ts';
import { type FileSink, fileSink } from '../output/sinks/file.ts';
import type { Sink } from '../output/sinks/sink.ts';
import { streamSink } from '../output/sinks/stream.ts';
import { type Styles, styles } from '../output/style.ts';
import { wantsColor } from './color.ts';
import type { Invocation } from './command.ts';
import { labelsFlag } from './labels-flag.ts';
import { colorChoice, numberFlag, switched, textFlag } from './options.ts';
import type { Terminal } from './terminal.ts';

/** An output that may be a file: one that can be given up without leaving half an answer behind. */
export type Out = Sink & Partial<Pick<FileSink, 'discard'>>;

/** Where the answer goes: the file of `--out-file`, written whole or not at all, or stdout. */
export function openOut(invocation: Invocation, terminal: Terminal): Out {
  return openFile(invocation, terminal, 'out-file') ?? streamSink(terminal.stdout);
}

export function openMalformedOut(invocation: Invocation, terminal: Terminal): FileSink | undefined {
  return openFile(invocation, terminal, 'malformed-out');
}

/** Written when all was read, so that it is the caller's to close. */
export function openManifestOut(invocation: Invocation, terminal: Terminal): FileSink | undefined {
  return openFile(invocation, terminal, 'manifest');
}

function openFile(invocation: Invocation, terminal: Terminal, flag: string): FileSink | undefined {
  const path = textFlag(invocation, flag);
  if (path === undefined) return undefined;
  const file = fileSink(path, { force: switched(invocation, 'force'), flag });
  terminal.onForcedExit(file.discard);
  return file;
}

/**
 * Ends the outputs of a run. A file with its final name looks whole, so that an interrupted answer
 * gets none; the remark says so.
 */
export async function closeOuts(outs: readonly Out[], interrupted: boolean): Promise<readonly Diagnostic[]> {
  const given = interrupted ? outs.filter(({ discard }) => discard !== undefined) : [];
  for (const out of given) out.discard?.();
  for (const out of outs) await out.close();
  return given.length === 0 ? [] : [notWritten];
}

const notWritten: Diagnostic = {
  code: 'out-file-not-written',
  severity: 'warning',
  message: 'interrupted: no output file was written, because it would look whole and is not',
};

/** How wide tables may be and whether to colour. Neither ever changes which records are shown. */
export interface Look {
  /** Undefined: as wide as it takes. */
  readonly width: number | undefined;
  readonly wide: boolean;
  readonly styles: Styles;
  readonly ascii: boolean;
  /** What principals and addresses are called, where a file says so. */
  readonly labels: Labels | undefined;
  /** Whether a person looks at it on a terminal. */
  readonly onTerminal: boolean;
}

export function lookOf(invocation: Invocation, terminal: Terminal): Look {
  const onTerminal = terminal.stdoutIsTerminal && textFlag(invocation, 'out-file') === undefined;
  const width = numberFlag(invocation, 'width', { least: 1, examples: [80, 120] });
  return {
    width: width ?? (onTerminal ? terminal.columns : undefined),
    wide: switched(invocation, 'wide'),
    styles: styles(wantsColor(colorChoice(invocation), terminal.env, onTerminal)),
    ascii: switched(invocation, 'ascii') || !speaksUtf8(terminal.env),
    labels: labelsFlag(invocation),
    onTerminal,
  };
}

/** Bars are drawn with block characters only where the locale can show them. */
function speaksUtf8(env: Terminal['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' || /utf-?8/i.test(locale);
}
