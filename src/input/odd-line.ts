import type { AuditRecord, Provenance } from '../record/record.ts';
import type { LineContent, LinePlace } from './content.ts';
import type { DumpForms } from './dump-forms.ts';
import { type Illegible, type KafkaPlace, noiseCharacters } from './envelopes/envelope.ts';
import { JsonScanner } from './json-scanner.ts';
import { asBuffer, isPadding } from './lines.ts';
import { judged, type MalformedLine } from './malformed.ts';
import type { NoiseKind } from './noise.ts';
import { parsedJson } from './parsed-json.ts';
import { eachValue, type LineValue } from './salvage.ts';
import { type Found, nothingFound, unwrapValue, type ValueText } from './unwrap.ts';

export interface OddLine {
  /** The line as it stands. */
  readonly line: Uint8Array;
  /** Without padding at its ends. */
  readonly content: Uint8Array;
  /** What JSON.parse gives for the content, when it is an object. */
  readonly value: unknown;
}

/** What a line holds that is not just a record: wrappers, records behind other text, several of them, noise, damage. */
export function oddContent(odd: OddLine, place: LinePlace, forms: DumpForms): LineContent {
  const { content, value } = odd;
  const at = forms.placed(place.at);
  if (value !== undefined) return contentOfWhole(odd, unwrapped({ raw: content, value, at }, forms), place, forms);
  const text = asBuffer(content);
  const brace = text.indexOf(openBrace);
  if (brace < 0) {
    const noise = noiseOf(text, forms);
    if (noise !== undefined) return { records: [], noise, spread: spreadOf(odd) };
    return contentOfWhole(odd, nothingFound(), place, forms);
  }
  const rest = text.at(-1) === closeBrace ? parsedJson(text.toString('utf8', brace)) : undefined;
  if (rest === undefined) return illegibleContent(odd, place, forms) ?? contentOfParts(odd, place, forms);
  const kafka = placeOf(text.subarray(0, brace), forms);
  const found = unwrapped({ raw: content.subarray(brace), value: rest, at: { ...at, ...kafka } }, forms);
  const noise = found.records.length > 0 ? undefined : noiseOf(text, forms);
  return noise === undefined ? contentOfWhole(odd, found, place, forms) : { records: [], noise };
}

export function unwrapped(value: ValueText, forms: DumpForms, depth = 0): Found {
  const found = nothingFound();
  unwrapValue(value, forms, found, depth);
  return found;
}

/** Of the one value that ends with the line, or of none. */
function contentOfWhole(
  odd: OddLine,
  { records, flaw, noise, marks }: Found,
  place: LinePlace,
  forms: DumpForms,
): LineContent {
  if (flaw === undefined && (records.length > 0 || noise !== undefined)) return { records, noise, marks };
  const { at, torn } = place;
  const malformed: MalformedLine =
    flaw === undefined
      ? malformedOf(odd, place, forms)
      : { at, reason: 'not-an-audit-record', detail: flaw, bytes: odd.line, torn };
  return { records, malformed, marks };
}

/** Of a line that some form knows for text nobody can read records from. */
function illegibleContent(
  { content, line }: OddLine,
  { at, torn }: LinePlace,
  forms: DumpForms,
): LineContent | undefined {
  const illegible = illegibleAs(asBuffer(content).toString('latin1', 0, noiseCharacters), forms);
  if (illegible === undefined) return undefined;
  const { mark, ...why } = illegible;
  const marks = new Set(mark === undefined ? [] : [mark]);
  return { records: [], malformed: { at, ...why, bytes: line, torn }, marks };
}

function illegibleAs(text: string, { known }: DumpForms): Illegible | undefined {
  for (const { illegible } of known) {
    const why = illegible?.(text);
    if (why !== undefined) return why;
  }
  return undefined;
}

function malformedOf({ content, line }: OddLine, { at, torn }: LinePlace, forms: DumpForms): MalformedLine {
  // A prefix that some program writes is not what is wrong with the line.
  const brace = Math.max(0, content.indexOf(openBrace));
  const start = placeOf(asBuffer(content).subarray(0, brace), forms) === undefined ? 0 : brace;
  const value = content.subarray(start);
  return { at, ...judged(value, value.byteOffset - line.byteOffset, torn), bytes: line, torn };
}

/** Of a line with several values, or with one that does not end it. */
function contentOfParts(odd: OddLine, place: LinePlace, forms: DumpForms): LineContent {
  const text = asBuffer(odd.content);
  const scanner = new JsonScanner(forms.arrays);
  const records: AuditRecord[] = [];
  const marks = new Set<string>();
  let noise: NoiseKind | undefined;
  let last: Found | undefined;
  const rest = eachValue(text, scanner, (value) => {
    last = foundIn(value, odd, place, forms);
    for (const record of last.records) records.push(record);
    for (const mark of last.marks) marks.add(mark);
    noise ??= last.noise;
    return last.records.length > 0 || last.noise !== undefined;
  });
  const opened = rest.open !== undefined && (scanner.lastToken === 0 || place.inArray === true) ? rest.open : undefined;
  const spread = spreadOf(odd, opened, rest.open);
  // What text follows right behind is not sure to be whole.
  const isFollowed = isGarbage(text.subarray(rest.tailStart), forms);
  if (isFollowed && last !== undefined) records.length -= last.records.length;
  const isDamaged = isFollowed || rest.hasHalves || last?.flaw !== undefined;
  if (records.length > 0)
    return { records, marks, spread, malformed: isDamaged ? malformedOf(odd, place, forms) : undefined };
  noise = (isDamaged ? undefined : noise) ?? noiseOf(text, forms);
  return {
    records,
    marks,
    spread,
    ...(noise === undefined ? { malformed: malformedOf(odd, place, forms) } : { noise }),
  };
}

function foundIn(value: LineValue, { content }: OddLine, place: LinePlace, forms: DumpForms): Found {
  const text = asBuffer(content);
  const { start, end, prefixStart, keysStart, isInside } = value;
  if (end - start < shortestValue) return holdsNothing;
  // A key is short, and millions of objects on a line are not worth a look at each of them.
  const mayHaveKey = keysStart < prefixStart && start - keysStart <= prefixBytes;
  const kafka =
    placeOf(text.subarray(prefixStart, start), forms) ??
    (mayHaveKey ? placeOf(text.subarray(keysStart, start), forms) : undefined);
  const at: Provenance = { ...forms.placed(place.at), ...kafka };
  // The scanner has found it to be JSON.
  const parsed = parsedJson(text.toString('utf8', start, end));
  return unwrapped({ raw: content.subarray(start, end), value: parsed, at }, forms, Number(isInside));
}

/** A record or a wrapper has more bytes. Millions of empty objects on a line are not worth a look at each. */
const shortestValue = 12;
const holdsNothing: Found = { ...nothingFound(), flaw: 'an object without a string "type" or "specversion"' };

/** Whether text behind the last value is neither noise nor what stands between the elements of arrays. */
function isGarbage(tail: Buffer, forms: DumpForms): boolean {
  const start = tail.findIndex((byte) => !isBetweenElements(byte));
  return start >= 0 && messageOf(tail.toString('latin1', start, start + noiseCharacters), forms) === undefined;
}

export function isBetweenElements(byte: number): boolean {
  return isPadding(byte) || byte === comma || byte === closeBracket;
}

/**
 * Whether the line begins a value that goes on in the next one: it ends with the brace that opens an object, or it
 * starts with an array that is still open.
 */
function spreadOf({ content, line }: OddLine, opened?: number, inArray?: number): LineContent['spread'] {
  const shift = content.byteOffset - line.byteOffset;
  const isArray = content[0] === openBracket && isOpen(content);
  if (opened === undefined && !isArray) return undefined;
  const object = opened ?? inArray;
  return { object: object === undefined ? undefined : shift + object, inArray: isArray };
}

function isOpen(content: Uint8Array): boolean {
  const scanner = new JsonScanner();
  scanner.scan(content, 0, content.length);
  return scanner.state === 'open';
}

function noiseOf(text: Buffer, forms: DumpForms): NoiseKind | undefined {
  const start = text.toString('latin1', 0, noiseCharacters);
  if (/^null(?:\s+null)?$/.test(start)) return 'null-value';
  if (text.length <= noiseCharacters && /^(?:[\]},\s]+|\[{1,4}|\[\s*\])$/.test(start)) return 'punctuation';
  return messageOf(start, forms);
}

export function messageOf(text: string, { known }: DumpForms): NoiseKind | undefined {
  for (const { noise } of known) {
    const kind = noise?.(text);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** Of a longer prefix so much is looked at from its start and from its end: a key may be of any length. */
const prefixBytes = 4096;

export function placeOf(text: Buffer, { envelopes }: DumpForms): (KafkaPlace & { readonly form: string }) | undefined {
  if (text.length === 0) return undefined;
  const prefix =
    text.length <= 2 * prefixBytes
      ? text.toString('latin1')
      : `${text.toString('latin1', 0, prefixBytes)}\0${text.toString('latin1', text.length - prefixBytes)}`;
  for (const { name, prefix: read } of envelopes) {
    const place = read?.(prefix);
    if (place !== undefined) return { ...place, form: name };
  }
  return undefined;
}

const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
