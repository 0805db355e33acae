import { createHash } from 'node:crypto';

/**
 * A digest of a JSON value that does not depend on key order or white space: a record that was
 * re-serialised on its way (Connect, Logstash) is still the same record. Walks without recursion,
 * because records may nest deeply. 16 bytes.
 */
export function digestOf(value: unknown): Uint8Array {
  const hash = createHash('sha256');
  const pending: Piece[] = [{ value }];
  for (let piece = pending.pop(); piece !== undefined; piece = pending.pop()) {
    if ('text' in piece) hash.update(piece.text);
    else if (Array.isArray(piece.value)) {
      pending.push({ text: ']' });
      for (const member of piece.value.toReversed()) pending.push({ value: member }, { text: ',' });
      hash.update('[');
    } else if (typeof piece.value === 'object' && piece.value !== null) {
      const entries = Object.entries(piece.value).sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0));
      pending.push({ text: '}' });
      for (const [key, member] of entries) pending.push({ value: member }, { text: `${JSON.stringify(key)}:` });
      hash.update('{');
    } else hash.update(JSON.stringify(piece.value));
  }
  return hash.digest().subarray(0, 16);
}

type Piece = { readonly text: string } | { readonly value: unknown };
