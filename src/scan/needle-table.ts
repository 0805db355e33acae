import type { Needles } from './needles.ts';

/**
 * Needles as the search kernel (`kernel/search.ts`) wants them in its memory, and which of their bytes to look for.
 *
 * ```
 * address   low1 | high1 | low2 | high2   16 bytes each: see `nibbleTables`
 * +64       distance u32, and 12 bytes of nothing
 * +80       for each needle  text u32 | length u32 | offset u32 | nothing
 * …         the texts
 * ```
 *
 * A needle is first looked for by two of its bytes: the one at `offset` and the one `distance` behind it. The
 * distance is the same for all needles, so that one pair of loads serves them all.
 */
export function needleTable({ texts, fold }: Needles, address: number): Uint8Array {
  const plan = pairsToFind(texts, fold);
  const headBytes = 80 + 16 * texts.length;
  const bytes = new Uint8Array(headBytes + texts.join('').length);
  const view = new DataView(bytes.buffer);
  const rareBytes = (behind: number): number[] =>
    texts.map((text, i) => text.charCodeAt((plan.offsets[i] ?? 0) + behind));

  bytes.set(nibbleTables(rareBytes(0), fold), 0);
  bytes.set(nibbleTables(rareBytes(plan.distance), fold), 32);
  view.setUint32(64, plan.distance, true);
  let textAt = headBytes;
  for (const [i, text] of texts.entries()) {
    view.setUint32(80 + 16 * i, address + textAt, true);
    view.setUint32(84 + 16 * i, text.length, true);
    view.setUint32(88 + 16 * i, plan.offsets[i] ?? 0, true);
    for (let k = 0; k < text.length; k++) bytes[textAt++] = text.charCodeAt(k);
  }
  return bytes;
}

/** Where the rarest byte of a text stands. */
export function rarestOffset(text: string, fold: boolean): number {
  let best = 0;
  for (let i = 1; i < text.length; i++) if (frequencyAt(text, i, fold) < frequencyAt(text, best, fold)) best = i;
  return best;
}

/** The byte, and its upper case when letters compare without case. Texts are then in lower case. */
export function spellingsOf(byte: number, fold: boolean): readonly number[] {
  return fold && byte >= 0x61 && byte <= 0x7a ? [byte, byte - 0x20] : [byte];
}

interface Pairs {
  readonly distance: number;
  /** Of each text. */
  readonly offsets: readonly number[];
}

/** The pairs of bytes that should be found by chance least often. */
function pairsToFind(texts: readonly string[], fold: boolean): Pairs {
  let best: Pairs = { distance: 1, offsets: [] };
  let fewest = Number.POSITIVE_INFINITY;
  for (let distance = 1; distance < Math.min(...texts.map((text) => text.length)); distance++) {
    const offsets = texts.map((text) => rarestPair(text, distance, fold));
    const found = texts.reduce((sum, text, i) => sum + frequencyOfPair(text, offsets[i] ?? 0, distance, fold), 0);
    if (found < fewest) {
      fewest = found;
      best = { distance, offsets };
    }
  }
  return best;
}

function rarestPair(text: string, distance: number, fold: boolean): number {
  let best = 0;
  for (let i = 1; i + distance < text.length; i++) {
    if (frequencyOfPair(text, i, distance, fold) < frequencyOfPair(text, best, distance, fold)) best = i;
  }
  return best;
}

function frequencyOfPair(text: string, offset: number, distance: number, fold: boolean): number {
  return frequencyAt(text, offset, fold) * frequencyAt(text, offset + distance, fold);
}

function frequencyAt(text: string, at: number, fold: boolean): number {
  return spellingsOf(text.charCodeAt(at), fold).reduce((sum, byte) => sum + frequencyOf(byte), 0);
}

/** The bytes of audit records, most frequent first, as counted in `samples`. Their frequency falls by half every ten. */
const byFrequency = '"ecrntoa:iu-sdl, /f21p043mv9.7zb6{}85k=NhIgATqySUELMC_R[]jwZPOVDGKFWYHx%\\BXQJ';

function frequencyOf(byte: number): number {
  const rank = byFrequency.indexOf(String.fromCharCode(byte));
  return 2 ** -((rank < 0 ? byFrequency.length : rank) / 10);
}

/**
 * Two tables of 16 bytes that tell, for 16 bytes at once, which needle each of them may belong to: needle `i` has bit
 * `i` in the first table at the low half of its byte and in the second at the high half; where both have it, the byte
 * is one of that needle's.
 */
function nibbleTables(bytes: readonly number[], fold: boolean): Uint8Array {
  const tables = new Uint8Array(32);
  for (const [i, byte] of bytes.entries()) {
    for (const spelling of spellingsOf(byte, fold)) {
      const low = spelling & 15;
      const high = 16 + (spelling >> 4);
      tables[low] = (tables[low] ?? 0) | (1 << i);
      tables[high] = (tables[high] ?? 0) | (1 << i);
    }
  }
  return tables;
}
