import { closeSync } from 'node:fs';
import type { CacheFile } from './cache-file.ts';
import { CachedRows } from './cached-rows.ts';
import { DoubtfulLines } from './doubtful-lines.ts';
import { DumpText } from './dump-text.ts';
import type { Stretch } from './format.ts';
import type { Source } from './standard-groups.ts';

/** Some lines of a dump that follow each other: the rows that `CachedDump.rows` shows meanwhile, and doubtful lines. */
export interface Piece {
  /** The first line of its stretch: rows and doubtful lines count from there. */
  readonly firstLine: number;
  /** Lines of the stretch that stand before the piece. */
  readonly linesBefore: number;
  readonly lines: number;
  /** Where in the dump it starts. */
  readonly place: number;
  readonly bytes: number;
  readonly doubts: DoubtfulLines;
  readonly doubtFrom: number;
  readonly doubtTo: number;
}

/** What a batch may hold of the dump at once. */
const pieceBytes = 8 * 1024 * 1024;

/** A dump read through its cache. Owns both files. */
export class CachedDump {
  readonly rows: CachedRows;
  readonly text: DumpText;
  readonly byteLength: number;
  readonly #file: CacheFile;
  readonly #fd: number;

  /** `fd`: the dump. Checks all that a question to these sources may need: damage is found before the first answer. */
  constructor(file: CacheFile, sources: readonly Source[], fd: number) {
    checkSections(file, new Set(sources.map(({ group }) => group)));
    this.#file = file;
    this.#fd = fd;
    this.rows = new CachedRows(file, sources);
    this.text = new DumpText(fd, file.index.key.stamp);
    this.byteLength = file.index.key.stamp.size;
  }

  /** Lines that are parsed each time. */
  get doubtful(): number {
    return this.#file.index.doubts;
  }

  /** All lines, in order. A piece has to be dealt with before the next one is asked for. */
  *pieces(): Generator<Piece> {
    const { stretches, lines } = this.#file.index;
    for (const [i, stretch] of stretches.entries()) {
      const next = stretches[i + 1] ?? { from: this.byteLength, firstLine: lines + 1 };
      yield* this.#piecesOf(stretch, next);
    }
    this.text.checkUnchanged();
  }

  close(): void {
    this.#file.close();
    closeSync(this.#fd);
  }

  *#piecesOf(stretch: Stretch, next: Pick<Stretch, 'from' | 'firstLine'>): Generator<Piece> {
    const { rows, text } = this;
    const { firstLine } = stretch;
    rows.open(stretch);
    const doubts = new DoubtfulLines(this.#file, stretch);
    const end = { place: next.from, line: next.firstLine - firstLine, row: stretch.rows, doubt: doubts.count };
    for (let at: Border = { place: stretch.from, line: 0, row: 0, doubt: 0 }; at.place < end.place; ) {
      const to = this.#borderBehind(at, doubts, end);
      text.forget();
      rows.from = at.row;
      rows.count = to.row - at.row;
      const size = { linesBefore: at.line, lines: to.line - at.line, bytes: to.place - at.place };
      yield { firstLine, place: at.place, ...size, doubts, doubtFrom: at.doubt, doubtTo: to.doubt };
      at = to;
    }
  }

  /** The first row or doubtful line for which there is no more room behind `at`. */
  #borderBehind({ place, row, doubt }: Border, doubts: DoubtfulLines, end: Border): Border {
    const { rows } = this;
    const limit = place + pieceBytes;
    rows.from = 0;
    const nextRow = firstAt(row, end.row, (i) => rows.start(i) >= limit);
    const nextDoubt = firstAt(doubt, end.doubt, (i) => doubts.start(i) >= limit);
    const borders = [
      ...(nextRow < end.row ? [{ place: rows.start(nextRow), line: rows.line(nextRow) }] : []),
      ...(nextDoubt < end.doubt ? [{ place: doubts.start(nextDoubt), line: doubts.line(nextDoubt) }] : []),
      end,
    ];
    const [first = end] = borders.sort((a, b) => a.place - b.place);
    return { ...first, row: nextRow, doubt: nextDoubt };
  }
}

/** Between lines of a stretch: where the one behind it starts, counted from the stretch except for `place`. */
interface Border {
  readonly place: number;
  readonly line: number;
  readonly row: number;
  readonly doubt: number;
}

/** The first number of `[from, to)` that is far enough, or `to`. */
function firstAt(from: number, to: number, isFar: (i: number) => boolean): number {
  let low = from;
  for (let high = to; low < high; ) {
    const middle = (low + high) >> 1;
    if (isFar(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function checkSections(file: CacheFile, groups: ReadonlySet<number>): void {
  const { stretches, dictionaries } = file.index;
  for (const group of groups) {
    const dictionary = dictionaries[group];
    if (!dictionary) continue;
    file.check(dictionary.places);
    file.check(dictionary.texts);
  }
  for (const { columns, tuples } of stretches) {
    for (const section of Object.values(columns)) file.check(section);
    for (const group of groups) {
      const section = tuples[group];
      if (section) file.check(section);
    }
  }
}
