import { distance } from 'fastest-levenshtein';

/**
 * The known names closest to a mistyped one, best first; empty when none is close enough to be
 * what was meant. Case is ignored; a name that contains the typed one counts as close.
 */
export function nearest(typed: string, known: Iterable<string>, most = 3): string[] {
  const wanted = typed.toLowerCase();
  const scored: { name: string; score: number }[] = [];
  for (const name of new Set(known)) {
    const score = closeness(wanted, name.toLowerCase());
    if (score !== undefined) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, most).map((s) => s.name);
}

function closeness(wanted: string, name: string): number | undefined {
  if (wanted === '' || name === '') return undefined;
  // Two letters changing places are two edits.
  const allowed = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  if (Math.abs(name.length - wanted.length) <= allowed) {
    const edits = distance(wanted, name);
    if (edits <= allowed) return edits;
  }
  const contains = wanted.length >= 4 && (name.includes(wanted) || wanted.includes(name)) && name.length >= 4;
  return contains ? allowed + Math.abs(name.length - wanted.length) / 100 : undefined;
}
