/** What finds no difference only shows something when the lines hold what could make one. */
import { isUtf8 } from 'node:buffer';
import { expect, test } from 'vitest';
import { dumpOfSeeds, styles } from './spellings.ts';

interface Seen {
  readonly text: string;
  readonly isUtf8: boolean;
  /** How deep values nest. */
  readonly depth: number;
  /** How deep the objects stand that have a key twice. */
  readonly twice: readonly number[];
}

const kinds: Readonly<Record<string, (line: Seen) => boolean>> = {
  'an escape in a key': ({ text }) => /[{,]\s*"[^"\\]*\\u[^"]*"\s*:/.test(text),
  'an escape in a value': ({ text }) => /:\s*"[^"\\]*\\u[^"]*"/.test(text),
  'an escape in short form': ({ text }) => /\\[/n"]/.test(text),
  'half a surrogate pair': ({ text }) => /\\ud[89a-f]../i.test(text),
  'a key twice in the record': ({ twice }) => twice.includes(1),
  'a key twice in its data': ({ twice }) => twice.includes(2),
  'a key twice further down': ({ twice }) => twice.some((depth) => depth > 3),
  'a method where none belongs': ({ text }) => /"(?!method_?name)[^"]*"\s*:\s*"[^"]*CreateTopics/i.test(text),
  'a principal where none belongs': ({ text }) => /"(?!principal|resource_?id)\w*"\s*:\s*"[^"]*u-1/i.test(text),
  'text that a filter looks for as a key': ({ text }) => /"(?:CreateTopics|u-1|FAILURE)"\s*:/.test(text),
  'bytes that are no UTF-8': ({ isUtf8 }) => !isUtf8,
  'characters beyond ASCII': ({ text, isUtf8 }) => isUtf8 && /[\x80-\xff]/.test(text),
  'more than 64 levels': ({ depth }) => depth > 64,
  'thousands of levels': ({ depth }) => depth > 4000,
  'a number beyond what a double holds': ({ text }) => /[:[,]\s*-?(?:\d{17,}|\d+e[+]?[34]\d\d)/i.test(text),
  'a number of many digits': ({ text }) => /[:[,]\s*-?[\d.]{300,}/.test(text),
  'a long text': ({ text }) => /"[^"]{65536,}"/.test(text),
};

test('hard lines that are valid are hard in every way', () => {
  const seeds = Array.from({ length: 10_000 }, (_, n) => n);
  const lines = dumpOfSeeds(seeds, styles.hard).toString('latin1').split('\n').filter(isValid).map(seenIn);
  const counts = Object.entries(kinds).map(([kind, isOf]) => [kind, lines.filter(isOf).length] as const);

  expect(counts.filter(([, count]) => count < 10)).toEqual([]);
});

function isValid(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function seenIn(text: string): Seen {
  const objects: (Set<string> | undefined)[] = [];
  const twice: number[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[[\]{}]/g)) {
    if (token === '{') objects.push(new Set());
    else if (token === '[') objects.push(undefined);
    else if (token === '}' || token === ']') objects.pop();
    else if (token.endsWith(':')) {
      const key: string = JSON.parse(token.slice(0, -1));
      const keys = objects.at(-1);
      if (keys?.has(key)) twice.push(objects.length);
      keys?.add(key);
    }
    depth = Math.max(depth, objects.length);
  }
  return { text, isUtf8: isUtf8(Buffer.from(text, 'latin1')), depth, twice };
}
