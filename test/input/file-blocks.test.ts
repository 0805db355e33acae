import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlongHeadBytes, type PlainFile } from '../../src/input/block.ts';
import { type BlockRoom, readFileBlock } from '../../src/input/file-blocks.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { randomOf } from '../helpers/random.ts';

/** Line lengths round everything that matters: nothing, one byte, a block, what is read beyond it, the longest line. */
const lengths = [0, 0, 1, 2, 30, 62, 63, 64, 65, 127, 500, 4095, 4096, 4097, 8191, 8192, 8193, 9000, 20_000, 70_000];

/** Lines of hostile bytes; the last one may lack its newline. */
function contentOf(seed: number, lineCount: number): Buffer {
  const random = randomOf(seed);
  const parts: Buffer[] = [];
  for (let line = 0; line < lineCount; line++) {
    const byte = random.pick([0, 0x0d, 0x20, 0x78, 0xff]);
    parts.push(Buffer.alloc(Math.max(0, random.pick(lengths) + random.below(3) - 1), byte), Buffer.from('\n'));
  }
  return Buffer.concat(random.chance(0.5) ? parts.slice(0, -1) : parts);
}

const contents = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 40 })).map(([seed, lines]) => contentOf(seed, lines));
const blockLengths = fc.oneof(fc.constantFrom(64, 100, 512, 4096, 8192, 65_536), fc.integer({ min: 64, max: 65_536 }));

test('a file in blocks has the lines of the file in a stream', async () => {
  await fc.assert(
    fc.asyncProperty(contents, blockLengths, fc.nat(), async (content, blockBytes, seed) => {
      const random = randomOf(seed);
      const lineLengths = content
        .toString('latin1')
        .split('\n')
        .map((line) => line.length);
      // Just long enough for one of the lines, or not.
      const longest = Math.max(blockBytes, random.pick([...lineLengths, 80_000]) + random.pick([-1, 0, 1]));

      const lines = linesByBlock(
        fileOf(() => content),
        blockBytes,
        longest,
      );

      expect(lines).toEqual(linesOf(content, longest));
    }),
    propertyRuns(300),
  );
});

test('blocks can be read in any order', () => {
  fc.assert(
    fc.property(contents, blockLengths, fc.nat(), (content, blockBytes, seed) => {
      const file = fileOf(() => content);
      const room = newRoom();
      const count = Math.ceil(content.length / blockBytes) + 2;
      const texts = new Map<number, string>();
      for (const index of randomOf(seed).shuffled([...Array(count).keys()])) {
        const { from, to, endsTorn } = readFileBlock(file, index, blockBytes, room, 1_000_000);
        texts.set(index, room.bytes.toString('latin1', from, to - Number(endsTorn)));
      }

      const inOrder = [...Array(count).keys()].map((index) => texts.get(index)).join('');

      expect(inOrder === content.toString('latin1')).toBe(true);
    }),
    propertyRuns(100),
  );
});

test('a file that grows or shrinks while it is read gives the lines it had up to some end, each whole but the last', async () => {
  await fc.assert(
    fc.asyncProperty(contents, blockLengths, fc.nat(), async (content, blockBytes, seed) => {
      const random = randomOf(seed);
      let length = random.below(content.length + 1);
      const file = fileOf(() => {
        length = Math.min(content.length, length + random.pick([0, 0, 1, 70, 9000]));
        return content.subarray(0, length);
      });

      const lines = linesByBlock(file, blockBytes, 1_000_000);

      const end = lines.reduce((sum, { text, torn }) => sum + text.length + Number(!torn), 0);
      expect(lines).toEqual(linesOf(content.subarray(0, end), 1_000_000));
    }),
    propertyRuns(200),
  );
});

test('a file cut off behind the reader ends there', () => {
  const contents = ['first\nsecond\nthird\n'.repeat(20), 'first\nsec'];
  const file = fileOf(() => Buffer.from(contents.shift() ?? ''));

  expect(linesByBlock(file, 64, 1000).map(({ text }) => text)).toEqual([
    ...Array.from({ length: 11 }, (_, i) => ['first', 'second', 'third'][i % 3]),
  ]);
});

test('bytes keep their place within a page, with room for a newline behind', () => {
  const content = Buffer.from(`${'x'.repeat(99)}\n`.repeat(200));
  const room = newRoom();
  const starts = [0, 1, 2, 3].map(
    (index) =>
      readFileBlock(
        fileOf(() => content),
        index,
        5000,
        room,
      ).from % 4096,
  );

  expect(starts).toEqual([0, 5000 % 4096, 10_000 % 4096, 15_000 % 4096]);
});

test('trouble of the file is thrown on', () => {
  const file = fileOf(() => {
    throw new Error('the disk is gone');
  });

  expect(() => readFileBlock(file, 0, 64, newRoom())).toThrow('the disk is gone');
});

interface Line {
  readonly line: number;
  readonly text: string;
  readonly torn: boolean;
  /** Of a line that is too long, which is told by its first bytes only. */
  readonly byteLength?: number;
}

function linesOf(content: Buffer, longest: number): Line[] {
  const texts = content.toString('latin1').split('\n');
  const lines = texts.map((text, i) => {
    const line = { line: i + 1, text, torn: i === texts.length - 1 };
    if (text.length <= longest) return line;
    return { ...line, text: text.slice(0, Math.min(longest, overlongHeadBytes)), byteLength: text.length };
  });
  return texts.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function linesByBlock(file: PlainFile, blockBytes: number, longest: number): Line[] {
  const lines: Line[] = [];
  const room = newRoom();
  for (let index = 0, isLast = false; !isLast; index++) {
    const block = readFileBlock(file, index, blockBytes, room, longest);
    if (room.bytes[block.to - 1] !== 10 && block.from < block.to) throw new Error('a block ends without a newline');
    for (let start = block.from; start < block.to; ) {
      const end = room.bytes.indexOf(10, start);
      const torn = block.endsTorn && end === block.to - 1;
      lines.push({ line: lines.length + 1, text: room.bytes.toString('latin1', start, end), torn });
      start = end + 1;
    }
    if (block.overlong !== undefined) {
      const { byteLength, head, torn } = block.overlong;
      lines.push({ line: lines.length + 1, text: Buffer.from(head).toString('latin1'), torn, byteLength });
    }
    isLast = block.isLast;
  }
  return lines;
}

/** A file whose content is asked for again at every read. */
function fileOf(content: () => Uint8Array): PlainFile {
  return {
    size: () => content().length,
    read(target, at, length, position) {
      const bytes = content().subarray(position, position + length);
      target.set(bytes, at);
      return bytes.length;
    },
    close: () => undefined,
  };
}

/** Memory that moves whenever it grows and is full of newlines, which mean nothing where nothing was read. */
function newRoom(): BlockRoom {
  const blockStart = 8192;
  let bytes = Buffer.alloc(blockStart, 10);
  return {
    blockStart,
    get bytes() {
      return bytes;
    },
    makeRoom(count) {
      if (bytes.length >= blockStart + count) return;
      const larger = Buffer.alloc(blockStart + count, 10);
      bytes.copy(larger);
      bytes.fill('gone');
      bytes = larger;
    },
  };
}
