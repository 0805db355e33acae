import { type AddressRange, addressInRange } from '../record/address.ts';
import type { Cell } from '../record/record.ts';

/** What people call principals and networks, from files of their own; shown beside what is recorded, never instead of it. */
export interface Labels {
  /** What a value of that column is called; undefined when it has no name, or the column none. */
  of(column: string, value: string): string | undefined;
  /** The column that holds the names of another, for programs. */
  columnFor(column: string): string | undefined;
}

export interface Network {
  readonly range: AddressRange;
  readonly label: string;
}

export interface LabelSources {
  readonly names?: ReadonlyMap<string, string> | undefined;
  readonly networks?: readonly Network[] | undefined;
}

/** Columns that hold principals or addresses, and where programs find what those are called. */
const nameColumns: Readonly<Record<string, string>> = {
  principal: 'principalName',
  email: 'emailName',
  originalPrincipal: 'originalPrincipalName',
  principals: 'principalNames',
  credential: 'credentialName',
  credentials: 'credentialNames',
  identity: 'identityName',
};
const networkColumns: Readonly<Record<string, string>> = {
  ip: 'network',
  ips: 'networks',
  address: 'network',
  addresses: 'networks',
  'client IP': 'network',
};

export function labelsFrom({ names, networks }: LabelSources): Labels {
  const networkOf = networks === undefined ? undefined : networkFinder(networks);
  return {
    of(column, value) {
      if (names !== undefined && Object.hasOwn(nameColumns, column)) return names.get(value);
      return Object.hasOwn(networkColumns, column) ? networkOf?.(value) : undefined;
    },
    columnFor(column) {
      if (names !== undefined && Object.hasOwn(nameColumns, column)) return nameColumns[column];
      return networks !== undefined && Object.hasOwn(networkColumns, column) ? networkColumns[column] : undefined;
    },
  };
}

/** Addresses that were looked up; a log has few, but a hostile one may have millions. */
const mostRemembered = 10_000;

/** The label of the narrowest network that holds an address. */
function networkFinder(networks: readonly Network[]): (address: string) => string | undefined {
  const narrowestFirst = [...networks].sort((a, b) => b.range.prefixLength - a.range.prefixLength);
  const found = new Map<string, string | undefined>();
  return (address) => {
    if (found.has(address)) return found.get(address);
    if (found.size >= mostRemembered) found.clear();
    const label = narrowestFirst.find(({ range }) => addressInRange(address, range))?.label;
    found.set(address, label);
    return label;
  };
}

/** `u-4mpl7k (Mara)`, or the text as it is. */
export function withLabel(labels: Labels | undefined, column: string, text: string): string {
  const label = labels?.of(column, text);
  return label === undefined ? text : `${text} (${label})`;
}

/** The cell with what its value, or each of its members, is called; other cells as they are. */
export function labelledCell(labels: Labels | undefined, column: string, cell: Cell): Cell {
  if (labels?.columnFor(column) === undefined) return cell;
  if (typeof cell === 'string') return withLabel(labels, column, cell);
  return Array.isArray(cell) ? cell.map((member) => withLabel(labels, column, member)) : cell;
}

/** A row with what its values are called right behind each cell of a column that has names. */
export function withLabelCells(labels: Labels, columns: readonly string[], row: readonly Cell[]): readonly Cell[] {
  return columns.flatMap((column, i) =>
    labels.columnFor(column) === undefined ? [row[i]] : [row[i], labelCell(labels, column, row[i])],
  );
}

/** What the value is called, or the members of a list that have a name, each once. */
export function labelCell(labels: Labels, column: string, cell: Cell): Cell {
  if (typeof cell === 'string') return labels.of(column, cell);
  if (!Array.isArray(cell)) return undefined;
  return [...new Set(cell.flatMap((member) => labels.of(column, member) ?? []))];
}
