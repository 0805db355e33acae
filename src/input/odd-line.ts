import type { Provenance } from '../record/record.ts';
import type { LineContent, LinePlace } from './content.ts';
import type { DumpForms } from './dump-forms.ts';
import { type Illegible, type KafkaPlace, noiseCharacters } from './envelopes/envelope.ts';
import { asBuffer } from './lines.ts';
import { judged, type MalformedLine } from './malformed.ts';
import type { NoiseKind } from './noise.ts';
import { type Found, nothingFound, unwrapValue } from './unwrap.ts';

export interface OddLine {
  /** The line as it stands. */
  readonly line: Uint8Array;
  /** Without padding at its ends. */
  readonly content: Uint8Array;
  /** What JSON.parse gives for the content, when it is an object. */
  readonly value: unknown;
}

/** What a line holds that is not just a record: a wrapper, a record behind other text, noise, or damage. */
export function oddContent(odd: OddLine, place: LinePlace, forms: DumpForms): LineContent {
  const { line, content, value } = odd;
  const { at, torn } = place;
  const found = nothingFound();
  if (value !== undefined) unwrapValue({ raw: content, value, at: forms.placed(at) }, forms, found);
  else {
    findBehindPrefix(content, forms.placed(at), forms, found);
    // A record may stand behind noise on the same line.
    const noise = found.records.length === 0 ? noiseOf(content, forms) : undefined;
    if (noise !== undefined) return { records: [], noise, marks: found.marks };
    const illegible = found.records.length === 0 ? illegibleAs(content, forms) : undefined;
    if (illegible !== undefined) {
      const { mark, ...why } = illegible;
      const marks = new Set(mark === undefined ? [] : [mark]);
      return { records: [], malformed: { at, ...why, bytes: line, torn }, marks };
    }
  }
  const { records, marks } = found;
  if (found.flaw === undefined && (records.length > 0 || found.noise !== undefined))
    return { records, noise: found.noise, marks };
  const malformed: MalformedLine =
    found.flaw !== undefined
      ? { at, reason: 'not-an-audit-record', detail: found.flaw, bytes: line, torn }
      : { at, ...judged(content, content.byteOffset - line.byteOffset, torn), bytes: line, torn };
  return { records, malformed, marks };
}

function noiseOf(content: Uint8Array, { known }: DumpForms): NoiseKind | undefined {
  const text = asBuffer(content).toString('latin1', 0, noiseCharacters);
  if (/^null(?:\s+null)?$/.test(text)) return 'null-value';
  for (const { noise } of known) {
    const kind = noise?.(text);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function illegibleAs(content: Uint8Array, { known }: DumpForms): Illegible | undefined {
  const text = asBuffer(content).toString('latin1', 0, noiseCharacters);
  for (const { illegible } of known) {
    const why = illegible?.(text);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** JSON that starts at the first brace or bracket and ends with the line. */
function findBehindPrefix(content: Uint8Array, at: Provenance, forms: DumpForms, found: Found): void {
  const bytes = asBuffer(content);
  const brace = bytes.at(-1) === closeBrace ? bytes.indexOf(openBrace) : -1;
  if (brace < 0) return;
  const raw = content.subarray(brace);
  const value = parsed(bytes.toString('utf8', brace));
  if (value === undefined) return;
  const place = placeOf(bytes.toString('latin1', 0, brace), forms.envelopes);
  unwrapValue({ raw, value, at: { ...at, ...place } }, forms, found);
}

const openBrace = 0x7b;
const closeBrace = 0x7d;

function placeOf(
  prefix: string,
  envelopes: DumpForms['envelopes'],
): (KafkaPlace & { readonly form: string }) | undefined {
  for (const { name, prefix: read } of envelopes) {
    const place = read?.(prefix);
    if (place !== undefined) return { ...place, form: name };
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
