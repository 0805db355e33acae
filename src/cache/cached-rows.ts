import type { Slice } from '../scan/projection.ts';
import type { Rows, Tuples } from '../scan/rows.ts';
import { type CacheFile, Room } from './cache-file.ts';
import { readDictionary, type SlicesOf } from './dictionary.ts';
import { oddTime, type Section, type Stretch } from './format.ts';
import type { Source } from './standard-groups.ts';

type Numbers = Uint8Array | Uint16Array | Uint32Array;

/**
 * The rows of a cache, some of a stretch at a time: `count` rows from row `from` on. `start` and `end` count from the
 * start of the dump, `line` from the first line of the stretch.
 */
export class CachedRows implements Rows, Tuples {
  readonly generation = 0;
  from = 0;
  count = 0;
  readonly #file: CacheFile;
  /** By the question's groups. */
  readonly #sources: readonly Source[];
  readonly #slices: readonly SlicesOf[];
  /** One for each column: stretches follow each other in the same memory. */
  readonly #rooms: Room[] = [];
  #origin = 0;
  #start: Numbers = none;
  #length: Numbers = none;
  /** Undefined where every line is a row. */
  #line: Numbers | undefined;
  #second: Numbers = none;
  #nano: Numbers = none;
  #digits: Numbers = none;
  #tuples: readonly Numbers[] = [];

  constructor(file: CacheFile, sources: readonly Source[]) {
    this.#file = file;
    this.#sources = sources;
    const dictionaries = new Map<number, SlicesOf>();
    for (const { group } of sources) {
      const dictionary = file.index.dictionaries[group];
      if (dictionary && !dictionaries.has(group)) dictionaries.set(group, readDictionary(file, dictionary));
    }
    this.#slices = sources.map(({ group }) => dictionaries.get(group) ?? notInCache);
  }

  /** Opens a stretch. */
  open(stretch: Stretch): void {
    const { from, rows, columns, tuples } = stretch;
    let room = 0;
    const read = (section: Section): Numbers => {
      this.#rooms[room] ??= new Room();
      return numbersIn(this.#file.section(section, this.#rooms[room++]), rows);
    };
    this.#origin = from;
    this.#start = read(columns.start);
    this.#length = read(columns.length);
    this.#line = columns.line.length === 0 ? undefined : read(columns.line);
    this.#second = read(columns.second);
    this.#nano = read(columns.nano);
    this.#digits = read(columns.digits);
    this.#tuples = this.#sources.map(({ group }) => {
      const section = tuples[group];
      return section ? read(section) : none;
    });
    this.from = 0;
    this.count = rows;
  }

  start(i: number): number {
    return this.#origin + (this.#start[this.from + i] ?? 0);
  }

  end(i: number): number {
    return this.start(i) + (this.#length[this.from + i] ?? 0);
  }

  /** No other records are kept as rows. */
  lineStart(i: number): number {
    return this.start(i);
  }

  line(i: number): number {
    const place = this.from + i;
    return this.#line === undefined ? place : (this.#line[place] ?? 0);
  }

  hasOddTime(i: number): boolean {
    return this.digits(i) === oddTime;
  }

  digits(i: number): number {
    return this.#digits[this.from + i] ?? 0;
  }

  second(i: number): number {
    return this.#second[this.from + i] ?? 0;
  }

  nano(i: number): number {
    return this.#nano[this.from + i] ?? 0;
  }

  /** Dictionaries are whole: no number is given anew. */
  generationOf(): number {
    return 0;
  }

  tuple(i: number, group: number): number {
    return this.#tuples[group]?.[this.from + i] ?? 0;
  }

  slices(group: number, tuple: number): readonly Slice[] {
    const all = (this.#slices[group] ?? notInCache)(tuple);
    return (this.#sources[group]?.fields ?? []).map((field) => all[field]);
  }
}

const none: Numbers = new Uint8Array(0);

function notInCache(): never {
  throw new Error('a group that is not in the cache');
}

/** So many numbers of one, two or four bytes. */
export function numbersIn({ buffer, byteLength }: Uint8Array<ArrayBuffer>, count: number): Numbers {
  switch (count === 0 ? 1 : byteLength / count) {
    case 1:
      return new Uint8Array(buffer, 0, count);
    case 2:
      return new Uint16Array(buffer, 0, count);
    default:
      return new Uint32Array(buffer, 0, count);
  }
}
