import { fold, foldByLetter, isAscii } from './fold.ts';

/**
 * Compiles a glob over the whole text: `*` is any run of characters, possibly empty, `?` exactly
 * one (a code point); `/` and newlines are characters like any other, and nothing escapes. Never
 * backtracks further than the last `*`, so hostile text costs at most its length times the glob's.
 */
export function compileGlob(glob: string, ignoreCase: boolean): (text: string) => boolean {
  if (!ignoreCase) return compile(glob);
  const folded = compile(fold(glob));
  if (!glob.includes('?')) return (text) => folded(fold(text));
  // `stra?e` is to fit `straße`, although its fold `strasse` is one letter longer.
  const byLetter = compile(foldByLetter(glob));
  return (text) => folded(fold(text)) || (!isAscii(text) && byLetter(foldByLetter(text)));
}

function compile(glob: string): (text: string) => boolean {
  if (glob.includes('?')) return (text) => walk(glob, text);
  const pieces = glob.split(/\*+/);
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return (text) => text === first;
  const last = pieces.at(-1) ?? '';
  const middle = pieces.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    return inOrder(text, middle, first.length, text.length - last.length);
  };
}

/** Whether the pieces occur one after the other within `[from, until)`. */
function inOrder(text: string, pieces: readonly string[], from: number, until: number): boolean {
  let at = from;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
    if (at > until) return false;
  }
  return true;
}

const star = 0x2a;
const questionMark = 0x3f;

/** Two pointers: on a mismatch the last `*` takes one more character and the rest is tried again. */
function walk(glob: string, text: string): boolean {
  let g = 0;
  let t = 0;
  let afterStar = -1;
  let resumeAt = 0;
  while (t < text.length) {
    const wanted = glob.charCodeAt(g);
    if (wanted === star) {
      afterStar = ++g;
      resumeAt = t;
    } else if (wanted === questionMark) {
      g++;
      t += widthAt(text, t);
    } else if (wanted === text.charCodeAt(t)) {
      g++;
      t++;
    } else if (afterStar >= 0) {
      resumeAt += widthAt(text, resumeAt);
      t = resumeAt;
      g = afterStar;
    } else {
      return false;
    }
  }
  while (glob.charCodeAt(g) === star) g++;
  return g === glob.length;
}

/** 2 for a surrogate pair, 1 for anything else, half a pair included. */
function widthAt(text: string, at: number): number {
  const code = text.codePointAt(at);
  return code !== undefined && code > 0xffff ? 2 : 1;
}
