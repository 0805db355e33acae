import stringWidth from 'string-width';

/**
 * Text measured and cut by display cells, never inside a grapheme. Expects text that has been
 * through `escape.ts`. Segmenting costs time quadratic in the length of the text it is given, so
 * long texts are walked in windows.
 */

/** Cells the text takes on a terminal. Counting may stop once it is past `limit`: the result is then some number above it. */
export function displayWidth(text: string, limit = Number.POSITIVE_INFINITY): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const cluster of graphemes(text)) {
    width += clusterWidth(cluster);
    if (width > limit) break;
  }
  return width;
}

/** The beginning, `…` for the rest: for sentences. */
export function cutEnd(text: string, cells: number): string {
  if (fits(text, cells)) return text;
  return cells < 1 ? '' : `${head(text, cells - 1)}${ellipsis}`;
}

/** Beginning and end, `…` between: for ids, which often differ in their last characters. */
export function cutMiddle(text: string, cells: number): string {
  if (fits(text, cells)) return text;
  if (cells < 1) return '';
  const end = tail(text, Math.floor((cells - 1) / 2));
  return `${head(text, cells - 1 - displayWidth(end))}${ellipsis}${end}`;
}

/**
 * The last segment stays whole as long as it fits, with as many of the segments before it as
 * there is room for: `crn://…/environment=env-1/statement=x`. Then the last name alone: `…x`.
 */
export function cutCrn(text: string, cells: number): string {
  if (fits(text, cells)) return text;
  let from = text.lastIndexOf('/');
  const last = text.slice(from + 1);
  if (from < 0 || !fits(last, cells - 2)) {
    const name = last.slice(last.indexOf('=') + 1);
    return fits(name, cells - 1) ? `${ellipsis}${name}` : cutMiddle(name, cells);
  }
  const room = cells - scheme.length - ellipsis.length;
  for (;;) {
    const before = text.lastIndexOf('/', from - 1);
    if (before < scheme.length || !fits(text.slice(before), room)) break;
    from = before;
  }
  const end = text.slice(from);
  const left = cells - 1 - displayWidth(end);
  return `${left < scheme.length ? '' : head(text, left)}${ellipsis}${end}`;
}

/** A time with fewer fraction digits, `Z` or offset kept. Digits are dropped, not rounded. */
export function cutTime(text: string, cells: number): string {
  if (fits(text, cells)) return text;
  const [, second, digits, zone] = /^(.*:\d\d)(\.\d+)(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  if (second === undefined || digits === undefined || zone === undefined) return cutEnd(text, cells);
  const room = cells - second.length - zone.length;
  return room < 0 ? cutEnd(text, cells) : `${second}${room < 2 ? '' : digits.slice(0, room)}${zone}`;
}

const ellipsis = '…';
const scheme = 'crn://';

let segmenter: Intl.Segmenter | undefined;

/** Code units given to the segmenter at once; clusters longer than this are pathological. */
const windowUnits = 128;

/** One cell for each character, and each a cluster of its own: ASCII, and what our own bars and cuts are made of. */
const plain = /^[ -~\u2026\u00b7\u2588-\u258f]*$/;

function isPlain(text: string): boolean {
  return plain.test(text);
}

function fits(text: string, cells: number): boolean {
  return displayWidth(text, cells) <= cells;
}

function clusterWidth(cluster: string): number {
  return stringWidth(cluster, { countAnsiEscapeCodes: true });
}

/** The longest beginning of at most so many cells. */
function head(text: string, cells: number): string {
  if (isPlain(text)) return text.slice(0, Math.max(0, cells));
  let width = 0;
  let end = 0;
  for (const cluster of graphemes(text)) {
    width += clusterWidth(cluster);
    if (width > cells) break;
    end += cluster.length;
  }
  return text.slice(0, end);
}

/** The longest end of at most so many cells, or less of it where the text is pathological. */
function tail(text: string, cells: number): string {
  if (cells <= 0) return '';
  if (isPlain(text)) return text.slice(-cells);
  let width = 0;
  let start = text.length;
  for (const cluster of [...graphemes(lastWindow(text, cells))].reverse()) {
    width += clusterWidth(cluster);
    if (width > cells) break;
    start -= cluster.length;
  }
  return text.slice(start);
}

/** The clusters of the text. The last one of a window may be unfinished, so the next window starts with it. */
function* graphemes(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const window = text.slice(from, from + windowUnits);
    const isLast = from + windowUnits >= text.length;
    const clusters = clustersOf(window);
    const unfinished = isLast || clusters.length === 1 ? undefined : clusters.pop();
    yield* clusters;
    from += window.length - (unfinished?.length ?? 0);
  }
}

/**
 * An end of the text, long enough for so many cells, that starts where a cluster does. Segmenting
 * from an arbitrary place can go wrong only right after a mark, a joiner or half a flag; the first
 * break elsewhere is one in the whole text, too.
 */
function lastWindow(text: string, cells: number): string {
  const units = cells * 8 + windowUnits;
  if (text.length <= units) return text;
  const window = text.slice(-units);
  let end = 0;
  for (const cluster of clustersOf(window)) {
    end += cluster.length;
    if (!/(?:\p{M}|\p{Regional_Indicator}|\u200d|[\ud800-\udfff])$/u.test(cluster)) break;
  }
  return window.slice(end);
}

/** The segmenter is made at the first text that needs it: that takes as long as a third of a start of Node. */
function clustersOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
