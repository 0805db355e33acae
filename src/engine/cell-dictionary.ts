import type { ColumnName } from '../record/columns/index.ts';
import type { Cell } from '../record/record.ts';

/** Columns whose cells are kept together. No times are among them: those stand apart. */
export type Part = readonly ColumnName[];

/** Cells of a part: their number in a dictionary, or a text. */
export type Packed = number | string;

/** Lists of cells by small numbers, as many as there is room for: those met later are texts. */
export class CellDictionary {
  readonly #lists: (readonly Cell[])[] = [];
  readonly #numbers = new Map<string, number>();
  #characters = 0;

  packed(cells: readonly Cell[]): Packed {
    const text = packedText(cells);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const characters = text.length + overhead;
    if (text.length > longestText || this.#characters + characters > mostCharacters) return text;
    this.#characters += characters;
    const number = this.#lists.push(cells) - 1;
    this.#numbers.set(text, number);
    return number;
  }

  cells(number: number): readonly Cell[] | undefined {
    return this.#lists[number];
  }
}

const mostCharacters = 2 * 1024 * 1024;
const longestText = 2000;
/** What the list and its number take besides the text. */
const overhead = 100;

/** A text alone is itself; a bracket is what lists begin with. */
export function packedText(cells: readonly Cell[]): string {
  const [cell] = cells;
  return cells.length === 1 && typeof cell === 'string' && !cell.startsWith('[') ? cell : JSON.stringify(cells);
}

export function cellsOfText(text: string): readonly Cell[] {
  if (!text.startsWith('[')) return [text];
  // It is what was made above, where missing cells became null.
  return (JSON.parse(text) as (Cell | null)[]).map((cell) => cell ?? undefined);
}
