/**
 * The spelling of raw paths: `data.request.data["odd key"].items[0]`. Bare steps hold anything but
 * blanks, dots and the characters expressions and lists are made of; other keys go in brackets as
 * JSON strings. Knows nothing of columns.
 */
export interface ScannedPath {
  readonly kind: 'path';
  readonly steps: readonly (string | number)[];
  /** Where the path ends in the scanned text. */
  readonly end: number;
}

export interface PathTrouble {
  readonly kind: 'trouble';
  /** Where in the scanned text. */
  readonly at: number;
  readonly message: string;
}

/** Reads one path from `start` as far as it goes. */
export function scanPath(text: string, start: number): ScannedPath | PathTrouble {
  const steps: (string | number)[] = [];
  let at = start;
  for (;;) {
    if (text[at] === '[') {
      const step = scanBrackets(text, at);
      if (step.kind === 'trouble') return step;
      steps.push(step.value);
      at = step.end;
    } else {
      const end = endOfBareStep(text, at);
      if (end === at) return trouble(at, `a key was expected ${at === start ? 'here' : 'after the dot'}`);
      steps.push(text.slice(at, end));
      at = end;
    }
    if (text[at] === '.') at++;
    else if (text[at] !== '[') return { kind: 'path', steps, end: at };
  }
}

/** A path written so that `scanPath` reads it back. */
export function pathText(steps: readonly (string | number)[]): string {
  let text = '';
  for (const step of steps) {
    const bare = typeof step === 'string' && step !== '' && endOfBareStep(step, 0) === step.length;
    if (bare) text += text === '' ? step : `.${step}`;
    else text += typeof step === 'number' ? `[${step}]` : `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** The end of the JSON string that starts at `start`, or undefined when it is never closed. */
export function endOfJsonString(text: string, start: number): number | undefined {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return undefined;
}

const bareStep = /[^\s.[\]"'()<>=!~,&|]*/y;

function endOfBareStep(text: string, at: number): number {
  bareStep.lastIndex = at;
  bareStep.test(text);
  return bareStep.lastIndex;
}

type Brackets = { readonly kind: 'step'; readonly value: string | number; readonly end: number };

function scanBrackets(text: string, open: number): Brackets | PathTrouble {
  const inside = open + 1;
  if (text[inside] === "'") return trouble(inside, 'a key in brackets stands in double quotes, found a single quote');
  if (text[inside] === '"') return scanQuotedKey(text, open);
  const close = text.indexOf(']', inside);
  if (close < 0) return trouble(open, 'the bracket that opens here is never closed');
  const digits = text.slice(inside, close);
  if (/^\d{1,9}$/.test(digits)) return { kind: 'step', value: Number(digits), end: close + 1 };
  return trouble(inside, `a number or a key in double quotes was expected in brackets, found ${digits || 'nothing'}`);
}

function scanQuotedKey(text: string, open: number): Brackets | PathTrouble {
  const end = endOfJsonString(text, open + 1);
  if (end === undefined) return trouble(open + 1, 'the key that starts here has no closing double quote');
  const key = parseJsonString(text.slice(open + 1, end));
  if (key === undefined) return trouble(open + 1, 'not a JSON string: write \\\\ for a backslash and \\" for a quote');
  if (text[end] !== ']') return trouble(end, 'a closing bracket was expected after the key');
  return { kind: 'step', value: key, end: end + 1 };
}

/** The text of a JSON string, or undefined when its escapes are wrong. */
export function parseJsonString(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function trouble(at: number, message: string): PathTrouble {
  return { kind: 'trouble', at, message };
}
