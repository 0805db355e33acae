import type { Writable } from 'node:stream';
import { type Options, SingleBar } from 'cli-progress';
import { escapeControls } from './escape.ts';
import { cutEnd } from './width.ts';

/** A progress bar for long work. Never part of the answer: it appears late and leaves no trace. */
export interface Progress {
  /** So many more bytes are done. The note says what is being read. */
  advance(bytes: number, note?: string): void;
  /** Clears the bar. Must be called, also on failure: until then a timer runs. */
  stop(): void;
}

export interface ProgressOptions {
  /** A terminal that nothing else writes to meanwhile. */
  readonly stream: Writable & { readonly columns?: number };
  /** Undefined when not known: then the bytes done are shown without a bar. */
  readonly totalBytes: number | undefined;
  readonly enabled: boolean;
  /** Milliseconds of some clock, for tests. */
  readonly now?: () => number;
}

/** Work that ends sooner shows no bar. */
const quietMs = 1000;

export function startProgress({ stream, totalBytes, enabled, now = Date.now }: ProgressOptions): Progress {
  const started = now();
  let done = 0;
  let note = '';
  let bar: SingleBar | undefined;
  return {
    advance(bytes, newNote) {
      done += bytes;
      note = newNote ?? note;
      if (!enabled) return;
      if (bar !== undefined) bar.update(done, { note });
      else if (now() - started >= quietMs) {
        bar = new SingleBar(barOptions(stream, totalBytes));
        bar.start(totalBytes ?? 0, done, { note });
      }
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}

/** The library must not catch signals (main does) nor move the cursor back to where it stood at the start. */
function barOptions(stream: ProgressOptions['stream'], totalBytes: number | undefined): Options {
  // Its types do not know that the terminal can be given.
  const options: Options & { readonly terminal: object } = {
    stream,
    terminal: oneLineTerminal(stream),
    format: (_, { value, progress }, payload) => lineOf({ value, progress, totalBytes, note: String(payload.note) }),
    fps: 5,
    clearOnComplete: true,
    linewrap: true,
    gracefulExit: false,
  };
  return options;
}

interface State {
  readonly value: number;
  readonly progress: number;
  readonly totalBytes: number | undefined;
  readonly note: string;
}

function lineOf({ value, progress, totalBytes, note }: State): string {
  const what = note === '' ? '' : `  ${escapeControls(note)}`;
  if (totalBytes === undefined || totalBytes <= 0) return `reading  ${sizeOf(value)}${what}`;
  const share = Math.min(1, Math.max(0, progress));
  const filled = Math.round(share * barCells);
  const bar = '#'.repeat(filled) + '.'.repeat(barCells - filled);
  return `reading [${bar}] ${Math.floor(share * 100)} %  ${sizeOf(value)} of ${sizeOf(totalBytes)}${what}`;
}

const barCells = 24;

function sizeOf(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KiB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  return `${(bytes / 1024 ** 3).toFixed(2)} GiB`;
}

/** The one line the bar lives on; what the library would do elsewhere on the screen does nothing. */
function oneLineTerminal(stream: ProgressOptions['stream']): object {
  const nothing = (): undefined => undefined;
  const columns = (): number => stream.columns || 80;
  return {
    cursorSave: nothing,
    cursorRestore: nothing,
    cursorTo: nothing,
    clearRight: nothing,
    lineWrapping: nothing,
    isTTY: () => true,
    getWidth: columns,
    clearLine: () => stream.write(`\r${clearToEnd}`),
    write: (line: string) => stream.write(`\r${cutEnd(line, columns() - 1)}${clearToEnd}`),
  };
}

const clearToEnd = '\u001b[K';
