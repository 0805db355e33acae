import { nearest } from '../../diag/nearest.ts';
import { badValue } from '../bad-value.ts';
import { isPlainText } from '../text-pattern.ts';

/** Throws for a plain value that is none of the words the column can hold; case does not matter. Patterns are let through. */
export function requireKnownWords(
  values: readonly string[],
  { flag, words, exact }: { flag: string; words: readonly string[]; exact: boolean },
): void {
  const known = new Set(words.map((word) => word.toLowerCase()));
  for (const value of values) {
    if (!isPlainText(value, exact) || known.has(value.toLowerCase())) continue;
    const near = nearest(value, words);
    throw badValue({ code: 'unknown-value', flag, value, reason: 'no such value', near, examples: words });
  }
}
