import { describe, expect, it } from 'vitest';
import { Xxh64 } from '../../src/input/xxh64.ts';

function low32(parts: readonly (string | Uint8Array)[]): string {
  const hash = new Xxh64();
  for (const part of parts) hash.update(typeof part === 'string' ? Buffer.from(part) : part);
  return hash.low32().toString(16).padStart(8, '0');
}

/** The published digests end in these eight digits. */
describe('Xxh64', () => {
  it.each([
    ['', '51d8e999'],
    ['a', 'a98c6e5b'],
    ['abc', 'ad770999'],
    ['Nobody inspects the spammish repetition', '8a378bf1'],
  ])('of %j ends in %s', (text, expected) => {
    expect(low32([text])).toBe(expected);
  });

  it('does not depend on how the bytes were split', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => (index * 131) % 251);

    for (const step of [1, 3, 8, 31, 32, 33, 64, 299]) {
      const parts: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += step) parts.push(bytes.subarray(at, at + step));
      expect(low32(parts)).toBe(low32([bytes]));
    }
  });
});
