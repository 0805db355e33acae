/**
 * Text without case, for comparing: two texts are equal ignoring case when their folds are equal.
 * Follows Unicode full case folding closely enough for names: σ, ς and Σ are one letter, ß, ẞ and
 * SS are equal, the dotless ı stays itself. Locale plays no part. Folding the parts of a text and
 * folding the whole give the same, so a fold can be searched for a folded part.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return text.split(dotlessI).map(foldPart).join(dotlessI);
}

/** The fold letter by letter: a letter whose fold is longer (ß → ss) stays one letter, so `?` still fits it. */
export function foldByLetter(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let folded = '';
  for (const letter of text) {
    folded += [fold(letter), letter.toLowerCase()].find((one) => lettersIn(one) === 1) ?? letter;
  }
  return folded;
}

export function isAscii(text: string): boolean {
  return !beyondAscii.test(text);
}

const beyondAscii = /[^\u0000-\u007f]/;

/** Its upper case is a plain I, which would make it equal to i. */
const dotlessI = 'ı';

function foldPart(text: string): string {
  // Lower first: ẞ has no upper case but itself, ß has SS. Lower last leaves a final ς where it stood.
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

function lettersIn(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
