import type { PlainFile } from '../input/block.ts';
import { type FileBlock, readFileBlock } from '../input/file-blocks.ts';
import { Kernel } from '../scan/kernel.ts';
import type { TableSizes } from '../scan/kernel-layout.ts';
import type { Projection } from '../scan/projection.ts';
import { DictionaryBuilder, type DictionaryLimits } from './dictionary-builder.ts';
import type { CacheIndex, CacheKey, Stretch } from './format.ts';
import type { SectionWriter } from './section-writer.ts';
import { standardProjection } from './standard-groups.ts';
import { StretchBuilder } from './stretch-builder.ts';

export interface BuildOptions {
  readonly blockBytes: number;
  /** Rows in a stretch: what a question holds in memory at once. */
  readonly stretchRows: number;
  /** For tests: what is full sooner changes no answer. */
  readonly limits?: DictionaryLimits;
  readonly sizes?: TableSizes;
}

/**
 * Reads the whole file through the kernel and writes what it finds. Gives the bytes read so far after each block, so
 * that the caller can stop, and in the end the index to finish the cache with.
 */
export function* build(
  file: PlainFile,
  { key, now }: { readonly key: CacheKey; readonly now: number },
  writer: SectionWriter,
  { blockBytes, stretchRows, limits, sizes }: BuildOptions,
): Generator<number, CacheIndex> {
  const columns = new ColumnsBuilder(
    writer,
    (projection) => {
      const kernel = new Kernel(projection, blockBytes, sizes);
      // Rows are kept by their place in the dump.
      kernel.takePlainOnly();
      return kernel;
    },
    limits,
    stretchRows,
  );
  let offset = 0;
  let isLast = false;
  for (let index = 0; !isLast; index++) {
    const block = readFileBlock(file, index, blockBytes, columns.kernel);
    isLast = block.isLast;
    columns.addBlock(block, offset);
    offset += block.to - block.from - Number(block.endsTorn);
    if (block.overlong !== undefined) offset += block.overlong.byteLength + Number(!block.overlong.torn);
    yield offset;
  }
  return columns.end(key, now);
}

/** A group that is not given up: its number in the cache; in the kernel it has its place among those that are left. */
interface KeptGroup {
  readonly number: number;
  readonly dictionary: DictionaryBuilder;
}

class ColumnsBuilder {
  kernel: Kernel;
  readonly #newKernel: (projection: Projection) => Kernel;
  readonly #writer: SectionWriter;
  readonly #dictionaries: readonly DictionaryBuilder[];
  readonly #stretch: StretchBuilder;
  readonly #stretches: Stretch[] = [];
  #kept: readonly KeptGroup[];
  #generation = 0;
  /** Lines before the block. */
  #lines = 0;
  #rows = 0;
  #doubts = 0;

  constructor(
    writer: SectionWriter,
    newKernel: (projection: Projection) => Kernel,
    limits: DictionaryLimits | undefined,
    stretchRows: number,
  ) {
    const projection = standardProjection();
    this.#writer = writer;
    this.#newKernel = newKernel;
    this.#dictionaries = projection.groups.map(() => new DictionaryBuilder(limits));
    this.#kept = this.#dictionaries.map((dictionary, number) => ({ number, dictionary }));
    this.#stretch = new StretchBuilder(stretchRows, projection.groups.length);
    this.kernel = newKernel(projection);
  }

  /** The lines of a block that stand in the kernel's memory; the first of them is at `offset` in the file. */
  addBlock({ from, to, overlong }: FileBlock, offset: number): void {
    const { kernel } = this;
    kernel.startBlock();
    for (let at = from; at < to; ) {
      at = kernel.project(at, to);
      this.#refreshNumbers();
      this.#takeLines(offset - from);
    }
    this.#lines += kernel.lines;
    if (overlong !== undefined) {
      this.#addDoubt(offset + to - from, overlong.byteLength, this.#lines + 1);
      this.#lines++;
    }
    if (this.#kept.some(({ dictionary }) => dictionary.isTooLarge)) this.#giveUpGroups();
  }

  end(key: CacheKey, builtAt: number): CacheIndex {
    this.#endStretch();
    const dictionaries = this.#dictionaries.map((one) => (one.isTooLarge ? null : one.write(this.#writer)));
    const counts = { rows: this.#rows, doubts: this.#doubts, lines: this.#lines };
    return { key, builtAt, ...counts, stretches: this.#stretches, dictionaries };
  }

  /** Rows and doubtful lines in the order of the file; `shift` leads from a place in memory to one in the file. */
  #takeLines(shift: number): void {
    const { kernel } = this;
    const { count, doubts } = kernel;
    let doubt = 0;
    for (let row = 0; row < count; row++) {
      for (; doubt < doubts && kernel.doubtLine(doubt) < kernel.line(row); doubt++) this.#takeDoubt(doubt, shift);
      this.#takeRow(row, shift);
    }
    for (; doubt < doubts; doubt++) this.#takeDoubt(doubt, shift);
  }

  #takeRow(row: number, shift: number): void {
    const { kernel } = this;
    const start = kernel.start(row) + shift;
    const line = this.#lines + kernel.line(row) + 1;
    this.#makeRoomFor(start, line);
    const place = this.#stretch.addRow({
      start,
      length: kernel.end(row) - kernel.start(row),
      line,
      time: this.#timeOf(row),
    });
    this.#rows++;
    for (const [group, { number, dictionary }] of this.#kept.entries()) {
      if (dictionary.isTooLarge) continue;
      const tuple = kernel.tuple(row, group);
      const ownTuple = dictionary.numberOf(tuple, () => kernel.slices(group, tuple));
      this.#stretch.setTuple(place, number, ownTuple);
    }
  }

  /** Seconds that four bytes do not hold are rare enough to be left to the truth. */
  #timeOf(row: number): { second: number; nano: number; digits: number } | undefined {
    const { kernel } = this;
    if (kernel.hasOddTime(row)) return undefined;
    const second = kernel.second(row);
    return second < 0 || second >= 2 ** 32 ? undefined : { second, nano: kernel.nano(row), digits: kernel.digits(row) };
  }

  #takeDoubt(doubt: number, shift: number): void {
    const { kernel } = this;
    const start = kernel.doubtStart(doubt);
    this.#addDoubt(start + shift, kernel.doubtEnd(doubt) - start, this.#lines + kernel.doubtLine(doubt) + 1);
  }

  #addDoubt(start: number, length: number, line: number): void {
    this.#makeRoomFor(start, line);
    this.#stretch.addDoubt(start, length, line);
    this.#doubts++;
  }

  #makeRoomFor(start: number, line: number): void {
    if (this.#stretch.hasRoomFor(start)) return;
    this.#endStretch();
    this.#stretch.begin(start, line);
  }

  #endStretch(): void {
    const isKept = (group: number): boolean => this.#dictionaries[group]?.isTooLarge === false;
    this.#stretches.push(this.#stretch.write(this.#writer, isKept));
  }

  #refreshNumbers(): void {
    if (this.#generation === this.kernel.generation) return;
    this.#generation = this.kernel.generation;
    for (const { dictionary } of this.#kept) dictionary.renumber();
  }

  /** A kernel that looks at the others only: their numbers would be given anew each time such a group fills its tables. */
  #giveUpGroups(): void {
    const { groups, otherSpellings } = standardProjection();
    this.#kept = this.#kept.filter(({ dictionary }) => !dictionary.isTooLarge);
    const left = groups.filter((_, number) => this.#kept.some((one) => one.number === number));
    this.kernel = this.#newKernel({ groups: left, otherSpellings });
    this.#generation = this.kernel.generation;
    for (const { dictionary } of this.#kept) dictionary.renumber();
  }
}
