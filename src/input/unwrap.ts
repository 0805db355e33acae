import type { AuditRecord, JsonObject, Provenance } from '../record/record.ts';
import { isJsonObject, notAnAuditRecord } from './audit-record.ts';
import type { Envelope, Unwrapped } from './envelopes/envelope.ts';
import { elementsAt, memberAt, type Span } from './json-member.ts';
import type { NoiseKind } from './noise.ts';

/** What a value turned out to hold. */
export interface Found {
  readonly records: AuditRecord[];
  /** Why it, or a part of it, holds no record. */
  flaw: string | undefined;
  noise: NoiseKind | undefined;
  readonly marks: Set<string>;
}

export function nothingFound(): Found {
  return { records: [], flaw: undefined, noise: undefined, marks: new Set() };
}

/** A JSON value of a dump: its bytes, and what JSON.parse gives for them. */
export interface ValueText {
  readonly raw: Uint8Array;
  readonly value: unknown;
  readonly at: Provenance;
}

/** Wrappers within wrappers: more than that nobody writes. */
const deepest = 4;

/** Takes the wrappers off a value, at most four, and adds what is in them to `found`. Never throws. */
export function unwrapValue(text: ValueText, envelopes: readonly Envelope[], found: Found, depth = 0): void {
  const { raw, value, at } = text;
  const flaw = notAnAuditRecord(value);
  if (flaw === undefined) {
    // Without a flaw it is an object.
    found.records.push({ raw, at, value: value as JsonObject });
    return;
  }
  if (Array.isArray(value)) {
    eachElement(text, value, { start: startOf(raw), end: raw.length }, (element) =>
      unwrapValue(element, envelopes, found, depth),
    );
    if (value.length === 0) found.noise ??= 'punctuation';
    return;
  }
  const step = isJsonObject(value) ? firstStep(value, envelopes) : undefined;
  if (step === undefined) found.flaw ??= flaw;
  else if (depth === deepest) found.flaw ??= `wrapped more than ${deepest} times`;
  else takeStep(text, step, envelopes, found, depth);
}

interface Step {
  readonly form: string;
  readonly unwrapped: Unwrapped;
}

function firstStep(object: JsonObject, envelopes: readonly Envelope[]): Step | undefined {
  for (const { name, unwrap } of envelopes) {
    const unwrapped = unwrap?.(object);
    if (unwrapped !== undefined) return { form: name, unwrapped };
  }
  return undefined;
}

function takeStep(
  { raw, value, at }: ValueText,
  { form, unwrapped }: Step,
  envelopes: readonly Envelope[],
  found: Found,
  depth: number,
): void {
  if (unwrapped.mark !== undefined) found.marks.add(unwrapped.mark);
  switch (unwrapped.kind) {
    case 'noise':
      found.noise ??= unwrapped.noise;
      return;
    case 'unreadable':
      found.flaw ??= unwrapped.detail;
      return;
    case 'value': {
      const span = memberAt(raw, unwrapped.path);
      const inner = valueAt(value, unwrapped.path);
      if (span === undefined || inner === undefined) {
        found.flaw ??= `nothing at "${unwrapped.path.join('.')}"`;
        return;
      }
      const text = innerText(raw, span, inner, { ...at, ...unwrapped.place, form: at.form ?? form });
      if (text === undefined) found.flaw ??= `"${unwrapped.path.join('.')}" holds no JSON`;
      else unwrapValue(text, envelopes, found, depth + 1);
    }
  }
}

/** The value in the span; of a text the JSON it holds. */
function innerText(raw: Uint8Array, span: Span, value: unknown, at: Provenance): ValueText | undefined {
  if (typeof value !== 'string') return { raw: raw.subarray(span.start, span.end), value, at };
  // Half a surrogate pair has no bytes.
  const content = trimmed(value).replace(/\p{Surrogate}/gu, '\ufffd');
  const inner = parsed(content);
  return inner === undefined ? undefined : { raw: new Uint8Array(Buffer.from(content)), value: inner, at };
}

/** Without what `contentStart` and `contentEnd` leave out of lines. */
function trimmed(text: string): string {
  return text.replace(/^[ \t\r\n\0\u001e\ufeff]+|[ \t\r\n\0\u001e]+$/g, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function eachElement(
  { raw, at }: ValueText,
  values: readonly unknown[],
  span: Span,
  take: (element: ValueText) => void,
): void {
  for (const [i, { start, end }] of elementsAt(raw, span).entries())
    take({ raw: raw.subarray(start, end), value: values[i], at });
}

function startOf(raw: Uint8Array): number {
  return memberAt(raw, [])?.start ?? 0;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (!isJsonObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}
