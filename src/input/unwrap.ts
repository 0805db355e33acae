import type { AuditRecord, JsonObject, Provenance } from '../record/record.ts';
import { isJsonObject, notAnAuditRecord } from './audit-record.ts';
import type { DumpForms } from './dump-forms.ts';
import type { Envelope, Unwrapped } from './envelopes/envelope.ts';
import { valueAt } from './envelopes/likely-member.ts';
import { elementsAt, memberAt, type Span } from './json-member.ts';
import type { NoiseKind } from './noise.ts';
import { parsedJson } from './parsed-json.ts';

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
const tooDeep = `wrapped more than ${deepest} times`;

/** In which forms a value may be, outside and within. */
export type WrapperForms = Pick<DumpForms, 'envelopes' | 'known' | 'takesPlainRecords'>;

/** Takes the wrappers off a value, at most four, and adds what is in them to `found`. Never throws. */
export function unwrapValue(text: ValueText, forms: WrapperForms, found: Found, depth = 0): void {
  const { raw, value, at } = text;
  const forced = depth > 0 || forms.takesPlainRecords ? undefined : stepInto(value, forms.envelopes);
  if (forced !== undefined) {
    takeStep(text, forced, forms, found, depth);
    return;
  }
  const flaw = notAnAuditRecord(value);
  if (flaw === undefined) {
    // Without a flaw it is an object.
    found.records.push({ raw, at, value: value as JsonObject });
    return;
  }
  if (Array.isArray(value)) {
    if (depth > deepest) {
      found.flaw ??= tooDeep;
      return;
    }
    eachElement(text, value, { start: startOf(raw), end: raw.length }, (element) => {
      const inner = depth > 0 ? textOf(element) : element;
      if (inner === undefined) found.flaw ??= 'a text that holds no JSON';
      // Lists within lists are levels too: without a limit they would exhaust the stack.
      else unwrapValue(inner, forms, found, Array.isArray(inner.value) ? depth + 1 : depth);
    });
    if (value.length === 0) found.noise ??= 'punctuation';
    return;
  }
  const step = stepInto(value, depth === 0 ? forms.envelopes : forms.known);
  if (step === undefined) found.flaw ??= flaw;
  else if (depth === deepest) found.flaw ??= tooDeep;
  else takeStep(text, step, forms, found, depth);
}

interface Step {
  readonly form: string;
  readonly unwrapped: Unwrapped;
}

function stepInto(object: unknown, envelopes: readonly Envelope[]): Step | undefined {
  if (!isJsonObject(object)) return undefined;
  for (const { name, unwrap } of envelopes) {
    const unwrapped = unwrap?.(object);
    if (unwrapped !== undefined) return { form: name, unwrapped };
  }
  return undefined;
}

function takeStep(
  { raw, value, at }: ValueText,
  { form, unwrapped }: Step,
  forms: WrapperForms,
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
      const within = { ...at, ...unwrapped.place, form: at.form ?? form };
      const text = textOf({ raw: raw.subarray(span.start, span.end), value: inner, at: within });
      if (text === undefined) found.flaw ??= `"${unwrapped.path.join('.')}" holds no JSON`;
      else unwrapValue(text, forms, found, depth + 1);
    }
  }
}

/** A value as it is; of a text the JSON it holds, behind other text or not. */
function textOf({ raw, value, at }: ValueText): ValueText | undefined {
  if (typeof value !== 'string') return { raw, value, at };
  // Half a surrogate pair has no bytes.
  const content = trimmed(value).replace(/\p{Surrogate}/gu, '\ufffd');
  for (const json of new Set([content, content.slice(Math.max(0, content.indexOf('{')))])) {
    const inner = parsedJson(json);
    if (inner !== undefined) return { raw: new Uint8Array(Buffer.from(json)), value: inner, at };
  }
  return undefined;
}

const padding: ReadonlySet<string> = new Set(' \t\r\n\0\u001e');

/** Without what `contentStart` and `contentEnd` leave out of lines. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && (padding.has(text.charAt(start)) || text.charAt(start) === '\ufeff')) start++;
  while (end > start && padding.has(text.charAt(end - 1))) end--;
  return text.slice(start, end);
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
