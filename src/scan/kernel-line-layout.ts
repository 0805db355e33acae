import type { KernelExports, TableSizes } from './kernel-layout.ts';
import type { KeyPath, LinePart, LineTemplate } from './projection.ts';
import type { Room } from './room.ts';

/** The kernel's tables for lines of output, as `kernel/lines.ts` reads them. */

/** Words of a row before the numbers of its tuples. */
export const fixedRowWords = 8;

/** Where lines of output are put together, in bytes. */
export interface LineLayout {
  /** Numbers of rows to write. */
  readonly chosen: number;
  readonly out: number;
  readonly parts: readonly PartLayout[];
}

/** Where a part's value stands in a row, in words; for one that is told, also where its cells are. */
export interface PartLayout {
  readonly rowWord: number;
  readonly told: ToldLayout | undefined;
}

export interface ToldLayout {
  readonly group: number;
  readonly cells: number;
  readonly cellsBytes: number;
  /** Their texts. */
  readonly arena: number;
  readonly arenaBytes: number;
}

const partKinds: Readonly<Record<LinePart['kind'], number>> = { copied: 1, time: 2, told: 3 };

/** Behind what is written there may be as many bytes more. */
const outSlack = 64;

/** The values that a line copies, in the order of its parts. */
export function copiesOf(line: LineTemplate | undefined): readonly KeyPath[] {
  return (line?.parts ?? []).flatMap((part) =>
    part.kind === 'copied' ? [part.path] : part.kind === 'time' ? [['time']] : [],
  );
}

interface LinePlan {
  readonly template: LineTemplate;
  readonly sizes: TableSizes;
  /** The word of a row where the first copied value stands. */
  readonly firstCopy: number;
}

export function layOutLine(room: Room, kernel: KernelExports, { template, sizes, firstCopy }: LinePlan): LineLayout {
  let copy = 0;
  const parts = template.parts.map((part): PartLayout => {
    if (part.kind !== 'told') return { rowWord: firstCopy + 2 * copy++, told: undefined };
    const { group } = part;
    const cellsBytes = sizes.tuples * 8;
    const cells = room.take(cellsBytes);
    const arena = room.take(sizes.cellBytes + outSlack);
    const told = { group, cells, cellsBytes, arena, arenaBytes: sizes.cellBytes };
    return { rowWord: fixedRowWords + group, told };
  });
  const partsAt = room.take(parts.length * 16);
  room.setWords(
    partsAt,
    parts.flatMap(({ rowWord, told }, i) => {
      const kind = template.parts[i]?.kind ?? 'time';
      return [partKinds[kind], 4 * rowWord, told?.cells ?? 0, 0];
    }),
  );
  const plain = room.bytes(plainSets(template.isPlain));
  const missing = room.text(template.missing);
  const chosen = room.take(sizes.rows * 4);
  const out = room.take(sizes.outBytes + outSlack);
  kernel.setLine(partsAt, parts.length, template.delimiter.charCodeAt(0), plain, missing.at, missing.length);
  kernel.setOut(chosen, out, sizes.outBytes);
  return { chosen, out, parts };
}

/** ASCII only: of a character with more bytes none is plain. */
function plainSets(isPlain: LineTemplate['isPlain']): Uint8Array {
  const sets = new Uint8Array(48);
  for (let code = 0; code < 0x80; code++) {
    const character = String.fromCharCode(code);
    const [low, bit] = [code & 15, 1 << (code >> 4)];
    sets[16 + (code >> 4)] = bit;
    // A backslash stands for another character in JSON.
    if (character === '\\') continue;
    if (isPlain(`a${character}`)) sets[low] = (sets[low] ?? 0) | bit;
    if (isPlain(character)) sets[32 + low] = (sets[32 + low] ?? 0) | bit;
  }
  return sets;
}
