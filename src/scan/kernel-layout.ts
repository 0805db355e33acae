import type { Reduction } from '../record/columns/index.ts';
import { copiesOf, fixedRowWords, type LineLayout, layOutLine } from './kernel-line-layout.ts';
import { needleTable } from './needle-table.ts';
import type { Needles } from './needles.ts';
import type { Field, Group, KeyPath, Projection } from './projection.ts';
import { Room } from './room.ts';
import type { WasmMemory } from './wasm.ts';

/** The kernel's tables in its memory, as `kernel/` reads them: each layout is described there. */

/** Must be readable behind a block: the kernel loads sixteen bytes at a time, and compares up to 48. */
export const slackBytes = 256;

/** Marks a time that only the truth can read, and a value that a record does not have. */
export const oddTime = 0xffffffff;
export const absent = 0xffffffff;

export interface KernelExports {
  readonly memory: WasmMemory;
  readonly rows: { readonly value: number };
  readonly doubts: { readonly value: number };
  readonly blanks: { readonly value: number };
  readonly lines: { readonly value: number };
  readonly isFull: { readonly value: number };
  readonly fullGroup: { readonly value: number };
  setSeed(seed: bigint): void;
  setFields(at: number): void;
  setTrie(entries: number, nodes: number, nodeLimit: number, slots: number): void;
  startNodes(count: number): void;
  setScratch(at: number, bytes: number): void;
  setRows(at: number, rowBytes: number, limit: number, doubtsAt: number, doubtsLimit: number): void;
  setGroups(at: number, count: number): void;
  setCopies(at: number, count: number): void;
  setPrefixes(areTaken: boolean): void;
  setClosedNode(node: number): void;
  setWrapper(node: number, partition: number, offset: number, payload: number): void;
  setDecoded(at: number): void;
  setRecordFields(type: number, specversion: number, data: number, time: number): void;
  startBlock(line: number): void;
  projectLines(from: number, to: number): number;
  projectListed(list: number, count: number): number;
  forget(group: number): void;
  readonly written: { readonly value: number };
  readonly stop: { readonly value: number };
  readonly stopPart: { readonly value: number };
  readonly stopTuple: { readonly value: number };
  setLine(parts: number, count: number, delimiter: number, plain: number, missing: number, length: number): void;
  setOut(chosen: number, out: number, bytes: number): void;
  startOut(): void;
  writeLines(from: number, count: number): number;
  readonly searchedLines: { readonly value: number };
  readonly blankLines: { readonly value: number };
  readonly candidates: { readonly value: number };
  setNeedles(table: number, count: number, fold: boolean, percentGuard: boolean): void;
  resetSearch(): void;
  search(from: number, to: number, out: number, capacity: number): number;
}

export interface GroupLayout {
  /** The group's descriptor. */
  readonly at: number;
  /** Where its tuples' keys are listed. */
  readonly keys: number;
  readonly fieldCount: number;
}

/** `rows` and `doubts` count in words of four bytes, the rest in bytes. */
export interface Layout {
  readonly rows: number;
  readonly rowWords: number;
  readonly doubts: number;
  readonly groups: readonly GroupLayout[];
  /** Where lines that were searched for are listed, in bytes; 0 without needles. */
  readonly found: number;
  readonly line: LineLayout | undefined;
  /** Where the tables end, on a page border. */
  readonly end: number;
}

/** How much the tables hold. None of it changes an answer: when they are full they are emptied, or the truth helps out. */
export interface TableSizes {
  readonly rows: number;
  readonly doubts: number;
  /** Lines found by one search. */
  readonly found: number;
  /** Of one group; a power of two. */
  readonly tuples: number;
  /** Texts of one group's tuples. */
  readonly arenaBytes: number;
  /** Lines of output. */
  readonly outBytes: number;
  /** Texts of one part's cells. */
  readonly cellBytes: number;
  /** The longest tuple. */
  readonly scratchBytes: number;
  /** Objects on no way to a wanted value whose key order is learned. */
  readonly otherNodes: number;
}

export const usualSizes: TableSizes = {
  rows: 4096,
  doubts: 4096,
  found: 4096,
  tuples: 1 << 14,
  arenaBytes: 3 * 1024 * 1024,
  outBytes: 128 * 1024,
  cellBytes: 1024 * 1024,
  scratchBytes: 64 * 1024,
  otherNodes: 160,
};

const slotBytesPerNode = 80 * 32;
const pageBytes = 4096;

/** Puts the tables into the memory, which grows as needed, and tells the kernel where they are. */
export function layOut(
  projection: Projection,
  kernel: KernelExports,
  sizes: TableSizes,
  needles: Needles | undefined,
): Layout {
  const trie = trieOf(projection);
  const wrapper = addWrapper(trie);
  const room = new Room(kernel.memory);
  const nodeLimit = trie.nodes.length + 1 + sizes.otherNodes;

  const fields = room.take(trie.fields.length * 16);
  const entries = room.take(trie.nodes.reduce((sum, node) => sum + node.size, 0) * 32);
  const nodes = room.take(nodeLimit * 16);
  const slots = room.take(nodeLimit * slotBytesPerNode);
  const scratch = room.take(sizes.scratchBytes + 64);
  const copies = copiesOf(projection.line);
  const firstCopy = fixedRowWords + projection.groups.length;
  const rowWords = (firstCopy + 2 * copies.length + 1) & ~1;
  const rows = room.take(sizes.rows * rowWords * 4);
  const doubts = room.take(sizes.doubts * 12);
  const groupsAt = room.take(projection.groups.length * 40);
  const groups = projection.groups.map((group, i) => layOutGroup(room, groupsAt + 40 * i, { group, trie, sizes }));
  layOutTrie(room, trie, entries, nodes);
  const found = needles === undefined ? 0 : room.take(sizes.found * 12);
  if (needles !== undefined) {
    const table = room.take(needleTable(needles, 0).length);
    new Uint8Array(kernel.memory.buffer).set(needleTable(needles, table), table);
    kernel.setNeedles(table, needles.texts.length, needles.fold, needles.percentGuard);
  }

  const copiesAt = room.take(copies.length * 4);
  room.setWords(
    copiesAt,
    copies.map((path) => fieldIn(trie, path)),
  );
  const line = projection.line && layOutLine(room, kernel, { template: projection.line, sizes, firstCopy });

  kernel.setFields(fields);
  kernel.setTrie(entries, nodes, nodeLimit, slots);
  kernel.startNodes(trie.nodes.length + 1);
  kernel.setScratch(scratch, sizes.scratchBytes);
  kernel.setRows(rows, rowWords * 4, sizes.rows, doubts, sizes.doubts);
  kernel.setGroups(groupsAt, projection.groups.length);
  kernel.setCopies(copiesAt, copies.length);
  const [type, specversion, data, time] = recordPaths.map((path) => fieldIn(trie, path));
  kernel.setRecordFields(type ?? 0, specversion ?? 0, data ?? 0, time ?? 0);
  const [partition, offset, payload] = ['partition', 'offset', 'payload'].map((key) => wrapper.get(key)?.field);
  kernel.setClosedNode(trie.nodes.length);
  kernel.setWrapper(trie.nodes.length, partition ?? 0, offset ?? 0, payload ?? 0);
  return { rows: rows / 4, rowWords, doubts: doubts / 4, found, groups, line, end: room.end(pageBytes) };
}

/** What makes a JSON object an audit record (CLI.md, "What is a record"), and its time. */
const recordPaths: readonly KeyPath[] = [['type'], ['specversion'], ['data'], ['time']];

interface Entry {
  readonly field: number;
  child: number;
  whole: boolean;
  /** The key may stand for a wanted one in another spelling. */
  isDoubtful: boolean;
}

/** Objects on the way to wanted values, the root first; `fields` are the paths by field number. */
interface Trie {
  readonly nodes: Map<string, Entry>[];
  readonly fields: KeyPath[];
}

/** What the kernel takes for "another spelling of a wanted key". */
const doubtField = -2;

function trieOf({ groups, otherSpellings, line }: Projection): Trie {
  const trie: Trie = { nodes: [new Map()], fields: [] };
  for (const path of recordPaths) entryFor(trie, path);
  for (const { path, entered = false } of groups.flat()) {
    const entry = entryFor(trie, path);
    if (!entered) entry.whole = true;
  }
  for (const path of copiesOf(line)) entryFor(trie, path).whole = true;
  for (const path of otherSpellings) {
    entryFor(trie, path).isDoubtful = true;
  }
  return trie;
}

/** All keys that `kcat -J` writes (dump-formats.md, form 8). */
const wrapperKeys = ['topic', 'partition', 'offset', 'tstype', 'ts', 'broker', 'headers', 'key', 'payload'];

/** A tree of its own, the last node, for records that come wrapped. */
function addWrapper(trie: Trie): ReadonlyMap<string, Entry> {
  const node = new Map<string, Entry>();
  trie.nodes.push(node);
  for (const key of wrapperKeys) entryIn(trie, node, ['wrapper', key]);
  return node;
}

function entryFor(trie: Trie, path: KeyPath): Entry {
  const node = nodeFor(trie, path.slice(0, -1));
  return entryIn(trie, node, path);
}

function entryIn(trie: Trie, node: Map<string, Entry>, path: KeyPath): Entry {
  const key = path.at(-1) ?? '';
  const known = node.get(key);
  if (known !== undefined) return known;
  const entry = { field: trie.fields.push(path) - 1, child: 0, whole: false, isDoubtful: false };
  node.set(key, entry);
  return entry;
}

/** The node of the object at `path`, made with all that leads to it. */
function nodeFor(trie: Trie, path: KeyPath): Map<string, Entry> {
  let node = trie.nodes[0] ?? new Map<string, Entry>();
  for (let depth = 1; depth <= path.length; depth++) {
    const entry = entryIn(trie, node, path.slice(0, depth));
    if (entry.child === 0) entry.child = trie.nodes.push(new Map());
    node = trie.nodes[entry.child - 1] ?? new Map<string, Entry>();
  }
  return node;
}

function fieldIn(trie: Trie, path: KeyPath): number {
  return entryFor(trie, path).field;
}

/** Nodes are numbered from 1 in the kernel; the child numbers above are already. */
function layOutTrie(room: Room, trie: Trie, entries: number, nodes: number): void {
  const bestScore = 256;
  let entry = 0;
  for (const [i, node] of trie.nodes.entries()) {
    room.setWords(nodes + 16 * (i + 1), [entry, node.size, 0, bestScore]);
    for (const [key, { field, child, whole, isDoubtful }] of node) {
      const { at, length } = room.text(key);
      room.setWords(entries + 32 * entry++, [length, at, isDoubtful ? doubtField : field, child, 0, Number(whole)]);
    }
  }
}

const reductions: Readonly<Record<Reduction, number>> = {
  'crn-types': 1,
  presence: 2,
  'unless-named': 3,
  'unless-named-ids': 4,
  crn: 5,
  actor: 6,
  'unless-actor': 7,
};

interface GroupPlan {
  readonly group: Group;
  readonly trie: Trie;
  readonly sizes: TableSizes;
}

function layOutGroup(room: Room, at: number, { group, trie, sizes }: GroupPlan): GroupLayout {
  const fields = room.take(group.length * 8);
  room.setWords(
    fields,
    group.flatMap((field) => [fieldIn(trie, field.path), reductionOf(field)]),
  );
  const tableRows = sizes.tuples * 2;
  const table = room.take(tableRows * 8);
  const keys = room.take(sizes.tuples * 8);
  const arena = room.take(sizes.arenaBytes);
  room.setWords(at, [
    group.length,
    fields,
    table,
    tableRows - 1,
    0,
    sizes.tuples,
    keys,
    arena,
    arena,
    arena + sizes.arenaBytes,
  ]);
  return { at, keys, fieldCount: group.length };
}

function reductionOf({ reduction }: Field): number {
  return reduction === undefined ? 0 : reductions[reduction];
}
