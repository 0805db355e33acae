import type { JsonScanner } from './json-scanner.ts';

/** A whole JSON object in a line, and where the text before it starts that is of no other. */
export interface LineValue {
  readonly start: number;
  readonly end: number;
  readonly prefixStart: number;
  /** The same, with objects that hold nothing: one may be a key, with more text before it. */
  readonly keysStart: number;
  /** It stands within an object that is broken. */
  readonly isInside: boolean;
}

/** What else there is in a line. */
export interface LineRest {
  /** True when there are objects that begin and are not whole. */
  readonly hasHalves: boolean;
  /** Behind the last value, or behind the half that follows it. */
  readonly tailStart: number;
  /** Where the object starts that is still open at the end of the line; the scanner is left there. */
  readonly open: number | undefined;
}

/**
 * Visits every whole object in a line, whatever stands between them: nothing, commas and brackets of arrays, keys and
 * times, halves of other objects. Takes time in proportion to the line, however hostile: behind a break it goes on
 * within the last token before it, for everything up to there was JSON and is looked through already. `visit`
 * tells whether an object holds something.
 */
export function eachValue(line: Buffer, scanner: JsonScanner, visit: (value: LineValue) => boolean): LineRest {
  let hasHalves = false;
  let tailStart = 0;
  let textStart = 0;
  let keysStart = 0;
  let open: number | undefined;
  for (let start = line.indexOf(openBrace); start >= 0; ) {
    scanner.start();
    open = undefined;
    const stop = scanner.scan(line, start, line.length);
    if (scanner.state === 'ended') {
      const holdsSomething = visit({ start, end: stop, prefixStart: textStart, keysStart, isInside: false });
      textStart = stop;
      if (holdsSomething) keysStart = stop;
      tailStart = stop;
      start = line.indexOf(openBrace, stop);
      continue;
    }
    for (const noted of scanner.noted) {
      const place = { start: start + noted.start, end: start + noted.end };
      visit({ ...place, prefixStart: place.start, keysStart: place.start, isInside: true });
    }
    if (scanner.state === 'open') open = start;
    // A brace alone may be of a key such as `${name}`.
    if (scanner.state === 'open' || scanner.lastToken > 0 || line[start + 1] === openBrace) {
      hasHalves = true;
      textStart = start + scanner.lastToken + 1;
      keysStart = textStart;
      tailStart = line.length;
    }
    start = line.indexOf(openBrace, start + scanner.lastToken + 1);
  }
  return { hasHalves, tailStart, open };
}

const openBrace = 0x7b;
