import { isAscii } from 'node:buffer';
import { rarestOffset, spellingsOf } from './needle-table.ts';
import type { Needles } from './needles.ts';

/** A line that has to be parsed to know whether it matches. */
export interface Candidate {
  readonly start: number;
  /** Of the line without its newline. */
  readonly end: number;
  /** Number of the line in the searched range, from 0. */
  readonly line: number;
}

/** Lines that are neither blank nor candidates are records that do not match, as far as is known without parsing them. */
export interface LineSearch {
  readonly candidates: readonly Candidate[];
  readonly lines: number;
  readonly blanks: number;
}

/**
 * Searches the whole lines in `[start, end)` of `bytes`, each ending in a newline. A line is a candidate when it
 * - holds a needle, or the beginning of an escape `\u`, which can spell any character,
 * - when letters fold: holds a byte beyond ASCII, for some characters fold into ASCII,
 * - when percent signs are guarded: holds the code of a character that nobody needs to encode, such as `%41`,
 * - does not start with `{` or does not end with `}`, a CR apart: it may be a record behind blanks or no record at all.
 */
export type SearchLines = (bytes: Uint8Array, start: number, end: number) => LineSearch;

/** The plain twin of the search kernel (`kernel/search.ts`): the same answers, slower. */
export function compileLineSearch(needles: Needles): SearchLines {
  const traps = trapsOf(needles);
  return (bytes, start, end) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    const watches = traps.map((trap) => new Watch(text, trap));
    const looksBeyondAscii = needles.fold && !isAscii(text);
    const candidates: Candidate[] = [];
    let lines = 0;
    let blanks = 0;
    for (let from = 0; from < text.length; lines++) {
      const to = text[from] === newline ? from : text.indexOf(newline, from);
      const contentEnd = to > from && text[to - 1] === carriageReturn ? to - 1 : to;
      if (contentEnd === from) blanks++;
      else if (
        text[from] !== openBrace ||
        text[contentEnd - 1] !== closeBrace ||
        watches.some((watch) => watch.isIn(from, to)) ||
        (looksBeyondAscii && holdsBeyondAscii(text, from, to))
      ) {
        candidates.push({ start: start + from, end: start + to, line: lines });
      }
      from = to + 1;
    }
    return { candidates, lines, blanks };
  };
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const percentSign = 0x25;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** A byte to look for, and whether one that was found means anything. */
interface Trap {
  readonly byte: number;
  readonly isSprung: (text: Buffer, at: number) => boolean;
}

/** Looking for one rare byte at a time is the fastest search there is here: several times that of `indexOf` with a text. */
function trapsOf({ texts, fold, percentGuard }: Needles): Trap[] {
  return [
    { byte: backslash, isSprung: (text, at) => text[at + 1] === 0x75 },
    ...(percentGuard ? [{ byte: percentSign, isSprung: isNeedlesslyEncodedAt }] : []),
    ...texts.flatMap((needle) => {
      const offset = rarestOffset(needle, fold);
      const isSprung = (text: Buffer, at: number): boolean => standsAt(needle, fold, text, at - offset);
      return spellingsOf(needle.charCodeAt(offset), fold).map((byte) => ({ byte, isSprung }));
    }),
  ];
}

function standsAt(needle: string, fold: boolean, text: Buffer, at: number): boolean {
  for (let i = 0; i < needle.length; i++) {
    const byte = text[at + i] ?? 0;
    const isUpperCase = fold && byte >= 0x41 && byte <= 0x5a;
    if (needle.charCodeAt(i) !== (isUpperCase ? byte + 0x20 : byte)) return false;
  }
  return true;
}

function isNeedlesslyEncodedAt(text: Buffer, at: number): boolean {
  return isNeedlesslyEncoded(text.toString('latin1', at, at + 3));
}

/** Whether any character of the text is encoded that RFC 3986 calls unreserved: letters, digits, `-`, `.`, `_` and `~`. */
export function isNeedlesslyEncoded(text: string): boolean {
  return /%(?:2[DE]|3\d|4[1-9A-F]|5[\dAF]|6[1-9A-F]|7[\dAE])/i.test(text);
}

function holdsBeyondAscii(text: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((text[at] ?? 0) >= 0x80) return true;
  return false;
}

/** Walks through a text from trap to trap. */
class Watch {
  readonly #text: Buffer;
  readonly #trap: Trap;
  /** The next sprung trap, or the end of the text. */
  #at = -1;

  constructor(text: Buffer, trap: Trap) {
    this.#text = text;
    this.#trap = trap;
  }

  /** Whether the trap is sprung in `[from, to)`. Ask from left to right. */
  isIn(from: number, to: number): boolean {
    if (this.#at < from) this.#goOn(from);
    return this.#at < to;
  }

  #goOn(from: number): void {
    const { byte, isSprung } = this.#trap;
    let at = this.#text.indexOf(byte, from);
    while (at >= 0 && !isSprung(this.#text, at)) at = this.#text.indexOf(byte, at + 1);
    this.#at = at < 0 ? this.#text.length : at;
  }
}
