import type { LineWriter } from './line-writer.ts';
import type { Random } from './random.ts';

/**
 * A record written once as plain data, with `{slot}` wherever a text changes from record to record, and put down many
 * times: fixed bytes and slot values follow each other, nothing is serialised again.
 */
export interface Template {
  /** What the record needs, each once, in the order `write` takes the values. */
  readonly slots: readonly string[];
  /** Values go in as they are: what JSON escapes is escaped in them. */
  write(out: LineWriter, values: readonly string[], random: Random): void;
}

export type Spelling = 'compact' | 'spaced' | 'shuffled';

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export function templateOf(record: Plain, spelling: Spelling): Template {
  const slots: string[] = [];
  const tree = treeOf(record, slots, spelling === 'compact' ? compact : spaced);
  if (spelling === 'shuffled')
    return { slots, write: (out, values, random) => writeShuffled(tree, out, values, random) };
  const pieces = flat(tree);
  return { slots, write: (out, values) => writePieces(pieces, out, values) };
}

interface Signs {
  readonly colon: string;
  readonly comma: string;
}

const compact: Signs = { colon: ':', comma: ',' };
const spaced: Signs = { colon: ': ', comma: ', ' };

/** Fixed bytes or the number of a slot. */
type Piece = Uint8Array | number;

type Tree = readonly Piece[] | Branch;

/** An object or a list; the members of an object may change places. */
interface Branch {
  readonly open: Uint8Array;
  readonly close: Uint8Array;
  readonly comma: Uint8Array;
  readonly mayMove: boolean;
  /** `lead` is the key with its colon. */
  readonly members: readonly { readonly lead: Uint8Array; readonly tree: Tree }[];
}

function treeOf(value: Plain, slots: string[], signs: Signs): Tree {
  if (typeof value === 'string') return piecesOf(JSON.stringify(value), slots);
  if (typeof value !== 'object' || value === null) return [Buffer.from(JSON.stringify(value))];
  const mayMove = !Array.isArray(value);
  return {
    open: Buffer.from(mayMove ? '{' : '['),
    close: Buffer.from(mayMove ? '}' : ']'),
    comma: Buffer.from(signs.comma),
    mayMove,
    members: Object.entries(value).map(([key, member]) => ({
      lead: Buffer.from(mayMove ? `${JSON.stringify(key)}${signs.colon}` : ''),
      tree: treeOf(member, slots, signs),
    })),
  };
}

function piecesOf(text: string, slots: string[]): Piece[] {
  return text.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return Buffer.from(part);
    if (!slots.includes(part)) slots.push(part);
    return slots.indexOf(part);
  });
}

function isBranch(tree: Tree): tree is Branch {
  return !Array.isArray(tree);
}

/** The pieces of a tree in their order, neighbouring bytes joined. */
function flat(tree: Tree): Piece[] {
  const pieces: Piece[] = [];
  const put = (piece: Piece): void => {
    const last = pieces.at(-1);
    if (typeof piece === 'object' && typeof last === 'object') pieces[pieces.length - 1] = Buffer.concat([last, piece]);
    else pieces.push(piece);
  };
  const walk = (inner: Tree): void => {
    if (!isBranch(inner)) {
      inner.forEach(put);
      return;
    }
    put(inner.open);
    inner.members.forEach(({ lead, tree: member }, i) => {
      if (i > 0) put(inner.comma);
      put(lead);
      walk(member);
    });
    put(inner.close);
  };
  walk(tree);
  return pieces;
}

function writePieces(pieces: readonly Piece[], out: LineWriter, values: readonly string[]): void {
  for (const piece of pieces) {
    if (typeof piece === 'object') out.putBytes(piece);
    else out.putText(values[piece] ?? '');
  }
}

function writeShuffled(tree: Tree, out: LineWriter, values: readonly string[], random: Random): void {
  if (!isBranch(tree)) {
    writePieces(tree, out, values);
    return;
  }
  out.putBytes(tree.open);
  const members = tree.mayMove ? random.shuffled(tree.members) : tree.members;
  for (let i = 0; i < members.length; i++) {
    const member = members[i] as Branch['members'][number];
    if (i > 0) out.putBytes(tree.comma);
    out.putBytes(member.lead);
    writeShuffled(member.tree, out, values, random);
  }
  out.putBytes(tree.close);
}
