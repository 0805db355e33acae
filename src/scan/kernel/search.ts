/**
 * AssemblyScript. Finds the lines that hold a needle or trip a guard, as `../line-search.ts` does and says; which of
 * the needles' bytes to look for is planned in `../needle-table.ts`. One pass over the bytes, 64 at a time:
 *
 *     block of 64 ── no rare pair of bytes, no control character, `\`, `%` or byte beyond ASCII? ── next block
 *                 └─ else settle it: confirm what was found, close the lines that end in it
 */

let needles: usize = 0;
let needleCount: u32 = 0;
let ignoresCase: bool = false;
let guardsPercent: bool = false;

/** Counts since {@link resetSearch}; lines are numbered by `searchedLines`. */
export let searchedLines: u32 = 0;
export let blankLines: u32 = 0;
export let candidates: u32 = 0;

/** `table` is laid out by `needleTable` and stays in place; one to eight needles. */
export function setNeedles(table: usize, count: u32, fold: bool, percentGuard: bool): void {
  needles = table;
  needleCount = count;
  ignoresCase = fold;
  guardsPercent = percentGuard;
}

export function resetSearch(): void {
  searchedLines = 0;
  blankLines = 0;
  candidates = 0;
}

let rangeStart: usize = 0;
let rangeEnd: usize = 0;
let lineStart: usize = 0;
/** Whether the line that starts at `lineStart` is known to be a candidate. */
let isCandidate: bool = false;
let writeAt: usize = 0;
let writeEnd: usize = 0;

/**
 * Searches whole lines, `[start, end)`, each ending in a newline; 128 bytes before and behind must be readable.
 * Writes candidates to `out` as triples of u32: start, end without the newline, number of the line. Returns `end`, or
 * the start of the first line not yet counted when there was no room for it among `capacity` triples: go on from there.
 */
export function search(start: usize, end: usize, out: usize, capacity: u32): usize {
  rangeStart = start;
  rangeEnd = end;
  lineStart = start;
  isCandidate = false;
  writeAt = out;
  writeEnd = out + (capacity as usize) * 12;
  if (needleCount === 1) return ignoresCase ? searchOneFolded() : searchOne();
  return searchMany();
}

function searchOne(): usize {
  const distance = distanceOfPair();
  const first = i8x16.splat(load<i8>(textOf(needles) + offsetOf(needles)));
  const second = i8x16.splat(load<i8>(textOf(needles) + offsetOf(needles) + distance));
  const percent = i8x16.splat(guardedByte());
  const end = rangeEnd;
  for (let at = rangeStart; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const behind = at + distance;
    const hitA = v128.and(i8x16.eq(a, first), i8x16.eq(v128.load(behind), second));
    const hitB = v128.and(i8x16.eq(b, first), i8x16.eq(v128.load(behind, 16), second));
    const hitC = v128.and(i8x16.eq(c, first), i8x16.eq(v128.load(behind, 32), second));
    const hitD = v128.and(i8x16.eq(d, first), i8x16.eq(v128.load(behind, 48), second));
    if (isDull(a, b, c, d, v128.or(v128.or(hitA, hitB), v128.or(hitC, hitD)), percent)) continue;
    if (!settle(at, bits(hitA, hitB, hitC, hitD))) return lineStart;
  }
  return end;
}

/** A letter and its other case differ in one bit, 0x20; it is set in both before they are compared. */
function searchOneFolded(): usize {
  const distance = distanceOfPair();
  const first = load<u8>(textOf(needles) + offsetOf(needles));
  const second = load<u8>(textOf(needles) + offsetOf(needles) + distance);
  const firstCase = i8x16.splat(caseBit(first));
  const secondCase = i8x16.splat(caseBit(second));
  const firsts = i8x16.splat(first);
  const seconds = i8x16.splat(second);
  const percent = i8x16.splat(guardedByte());
  const end = rangeEnd;
  for (let at = rangeStart; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const behind = at + distance;
    const a2 = i8x16.eq(v128.or(v128.load(behind), secondCase), seconds);
    const b2 = i8x16.eq(v128.or(v128.load(behind, 16), secondCase), seconds);
    const c2 = i8x16.eq(v128.or(v128.load(behind, 32), secondCase), seconds);
    const d2 = i8x16.eq(v128.or(v128.load(behind, 48), secondCase), seconds);
    const hitA = v128.and(i8x16.eq(v128.or(a, firstCase), firsts), a2);
    const hitB = v128.and(i8x16.eq(v128.or(b, firstCase), firsts), b2);
    const hitC = v128.and(i8x16.eq(v128.or(c, firstCase), firsts), c2);
    const hitD = v128.and(i8x16.eq(v128.or(d, firstCase), firsts), d2);
    if (isDull(a, b, c, d, v128.or(v128.or(hitA, hitB), v128.or(hitC, hitD)), percent)) continue;
    if (!settle(at, bits(hitA, hitB, hitC, hitD))) return lineStart;
  }
  return end;
}

/** Table look-ups by the halves of each byte find the pairs of up to eight needles at the price of about two. */
function searchMany(): usize {
  const distance = distanceOfPair();
  const low1 = v128.load(needles);
  const high1 = v128.load(needles, 16);
  const low2 = v128.load(needles, 32);
  const high2 = v128.load(needles, 48);
  const percent = i8x16.splat(guardedByte());
  const end = rangeEnd;
  for (let at = rangeStart; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const behind = at + distance;
    const hitA = v128.and(needlesAt(a, low1, high1), needlesAt(v128.load(behind), low2, high2));
    const hitB = v128.and(needlesAt(b, low1, high1), needlesAt(v128.load(behind, 16), low2, high2));
    const hitC = v128.and(needlesAt(c, low1, high1), needlesAt(v128.load(behind, 32), low2, high2));
    const hitD = v128.and(needlesAt(d, low1, high1), needlesAt(v128.load(behind, 48), low2, high2));
    if (isDull(a, b, c, d, v128.or(v128.or(hitA, hitB), v128.or(hitC, hitD)), percent)) continue;
    const none = i8x16.splat(0);
    const hits = bits(i8x16.eq(hitA, none), i8x16.eq(hitB, none), i8x16.eq(hitC, none), i8x16.eq(hitD, none));
    if (!settle(at, ~hits)) return lineStart;
  }
  return end;
}

/** For each byte the set of needles, a bit each, that have it. */
function needlesAt(bytes: v128, low: v128, high: v128): v128 {
  const half = i8x16.splat(15);
  const lowHalf = v128.and(bytes, half);
  const highHalf = v128.and(i16x8.shr_u(bytes, 4), half);
  return v128.and(i8x16.swizzle(low, lowHalf), i8x16.swizzle(high, highHalf));
}

/** Whether nothing in the block is of interest. As signed numbers, control characters and bytes beyond ASCII are below 0x20. */
function isDull(a: v128, b: v128, c: v128, d: v128, hits: v128, percent: v128): bool {
  const low = i8x16.lt_s(i8x16.min_s(i8x16.min_s(a, b), i8x16.min_s(c, d)), i8x16.splat(0x20));
  const backslash = i8x16.splat(0x5c);
  const backslashes = v128.or(
    v128.or(i8x16.eq(a, backslash), i8x16.eq(b, backslash)),
    v128.or(i8x16.eq(c, backslash), i8x16.eq(d, backslash)),
  );
  const percents = v128.or(
    v128.or(i8x16.eq(a, percent), i8x16.eq(b, percent)),
    v128.or(i8x16.eq(c, percent), i8x16.eq(d, percent)),
  );
  return !v128.any_true(v128.or(v128.or(low, hits), v128.or(backslashes, percents)));
}

/** `%` or, when that is not guarded, a byte that is looked for anyway. */
function guardedByte(): u8 {
  return guardsPercent ? 0x25 : 0x5c;
}

/** Confirms what the block at `at` holds and closes its lines. False when there is no room for a candidate. */
function settle(at: usize, hits: u64): bool {
  const left = rangeEnd - at;
  let inside: u64 = left < 64 ? ((1 as u64) << (left as u64)) - 1 : ~(0 as u64);
  const sure = unicodeEscapes(at) | (ignoresCase ? beyondAscii(at) : 0);
  const percents = guardsPercent ? bytesEqual(at, 0x25) : 0;
  for (let newlines = bytesEqual(at, 0x0a) & inside; newlines !== 0; newlines &= newlines - 1) {
    const line = inside & (newlines ^ (newlines - 1));
    isCandidate = isCandidate || isTripped(at, hits & line, sure & line, percents & line);
    if (!closeLine(at + (ctz(newlines) as usize))) return false;
    inside ^= line;
  }
  isCandidate = isCandidate || isTripped(at, hits & inside, sure & inside, percents & inside);
  return true;
}

function isTripped(at: usize, hits: u64, sure: u64, percents: u64): bool {
  return sure !== 0 || holdsNeedle(at, hits) || holdsEncoded(at, percents);
}

/** Counts the line that ends with the newline at `end`; false when it is a candidate and there is no room. */
function closeLine(end: usize): bool {
  let contentEnd = end;
  if (contentEnd > lineStart && load<u8>(contentEnd - 1) === 0x0d) contentEnd--;
  if (contentEnd === lineStart) {
    blankLines++;
  } else if (isCandidate || load<u8>(lineStart) !== 0x7b || load<u8>(contentEnd - 1) !== 0x7d) {
    if (writeAt === writeEnd) return false;
    store<u32>(writeAt, lineStart as u32);
    store<u32>(writeAt, end as u32, 4);
    store<u32>(writeAt, searchedLines, 8);
    writeAt += 12;
    candidates++;
  }
  searchedLines++;
  lineStart = end + 1;
  isCandidate = false;
  return true;
}

/** `hits` has a bit for each place where a needle's first rare byte may stand. */
function holdsNeedle(at: usize, hits: u64): bool {
  for (let left = hits; left !== 0; left &= left - 1) {
    const place = at + (ctz(left) as usize);
    for (let i: u32 = 0; i < needleCount; i++) {
      if (needleStandsAt(needles + ((i as usize) << 4), place)) return true;
    }
  }
  return false;
}

/** A needle holds no newline, so all of it is in the line; only what lies before the range must not count. */
function needleStandsAt(needle: usize, place: usize): bool {
  const text = textOf(needle);
  const length = lengthOf(needle);
  const start = place - offsetOf(needle);
  if (start < rangeStart) return false;
  for (let i: usize = 0; i < length; i++) {
    const wanted = load<u8>(text + i);
    if ((load<u8>(start + i) | caseBit(wanted)) !== wanted) return false;
  }
  return true;
}

/** Whether a percent sign that starts the code of an unreserved character is among them. */
function holdsEncoded(at: usize, percents: u64): bool {
  for (let left = percents; left !== 0; left &= left - 1) {
    const place = at + (ctz(left) as usize);
    const high = hexDigit(load<u8>(place + 1));
    const low = hexDigit(load<u8>(place + 2));
    if (high >= 0 && low >= 0 && isUnreserved((high << 4) | low)) return true;
  }
  return false;
}

function hexDigit(byte: i32): i32 {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** RFC 3986: letters, digits, `-`, `.`, `_` and `~`. */
function isUnreserved(byte: i32): bool {
  const lower = byte | 0x20;
  if (lower >= 0x61 && lower <= 0x7a) return true;
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e || byte === 0x5f || byte === 0x7e;
}

/** The bit that tells a lower case letter from its upper case, when case does not count. */
function caseBit(byte: u8): u8 {
  return ignoresCase && byte >= 0x61 && byte <= 0x7a ? 0x20 : 0;
}

function unicodeEscapes(at: usize): u64 {
  const backslashes = bytesEqual(at, 0x5c);
  return backslashes === 0 ? 0 : backslashes & bytesEqual(at + 1, 0x75);
}

function beyondAscii(at: usize): u64 {
  return bits(v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48));
}

function bytesEqual(at: usize, byte: u8): u64 {
  const wanted = i8x16.splat(byte);
  return bits(
    i8x16.eq(v128.load(at), wanted),
    i8x16.eq(v128.load(at, 16), wanted),
    i8x16.eq(v128.load(at, 32), wanted),
    i8x16.eq(v128.load(at, 48), wanted),
  );
}

/** The highest bit of each of 64 bytes. */
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = (i8x16.bitmask(a) as u64) | ((i8x16.bitmask(b) as u64) << 16);
  return low | ((i8x16.bitmask(c) as u64) << 32) | ((i8x16.bitmask(d) as u64) << 48);
}

function distanceOfPair(): usize {
  return load<u32>(needles, 64) as usize;
}

function textOf(needle: usize): usize {
  return load<u32>(needle, 80) as usize;
}

function lengthOf(needle: usize): usize {
  return load<u32>(needle, 84) as usize;
}

function offsetOf(needle: usize): usize {
  return load<u32>(needle, 88) as usize;
}
