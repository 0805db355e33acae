/**
 * Confluent resource names: `crn://authority/type=name/type=name`. Names are percent-encoded and
 * decoded segment by segment after splitting, never before; a name that does not decode stays as
 * written. No authority means `confluent.cloud`. record-shapes §12.1.
 */
export interface Crn {
  readonly authority: string;
  readonly segments: readonly Segment[];
}

/** `name` is decoded. A segment without `=` has an empty type. */
export interface Segment {
  readonly type: string;
  readonly name: string;
}

const defaultAuthority = 'confluent.cloud';
const scheme = 'crn://';

export function isCrn(text: string): boolean {
  return text.startsWith(scheme);
}

export function parseCrn(text: string): Crn | undefined {
  if (!isCrn(text)) return undefined;
  const [authority = '', ...rest] = text.slice(scheme.length).split('/');
  return { authority: authority || defaultAuthority, segments: rest.filter((part) => part !== '').map(parseSegment) };
}

export function parseSegment(part: string): Segment {
  const equals = part.indexOf('=');
  return equals < 0
    ? { type: '', name: decodeName(part) }
    : { type: part.slice(0, equals), name: decodeName(part.slice(equals + 1)) };
}

/** A CRN written out from resource types such as `FLINK_REGION` and plain ids. */
export function renderCrn(segments: readonly Segment[]): string {
  return `crn://${defaultAuthority}/${segments.map(({ type, name }) => `${encodeType(crnType(type))}=${encodeName(name)}`).join('/')}`;
}

/** Equal for CRNs that name the same thing: authority or its default, then decoded segments. */
export function crnKey(crn: Crn): string {
  return [crn.authority, ...crn.segments.map(segmentText)].join('/');
}

/** The key of a text that is a CRN. Nearly every one is written as its own key, and need not be parsed for that. */
function keyOfText(text: string): string | undefined {
  if (isPlainCrn(text)) return text.slice(scheme.length);
  const crn = parseCrn(text);
  return crn && crnKey(crn);
}

/** An authority and segments that are not empty, nothing encoded, no type without letters: as {@link crnKey} writes it. */
function isPlainCrn(text: string): boolean {
  return (
    isCrn(text) &&
    !text.includes('%') &&
    !text.includes('//', scheme.length - 1) &&
    !text.includes('/=') &&
    !text.endsWith('/')
  );
}

export function lastSegmentNamed(crn: Crn, type: string): string | undefined {
  return crn.segments.findLast((segment) => segment.type === type)?.name;
}

/** `KAFKA_CLUSTER`, `kafka-cluster` and `KafkaCluster` are one type (§13.12). */
export function foldType(type: string): string {
  return type.replace(/[-_]/g, '').toLowerCase();
}

/** The one spelling shown for a resource type: `KAFKA_CLUSTER` and `KafkaCluster` → `kafka-cluster`. */
export function crnType(type: string): string {
  const words = /[a-z]/.test(type) ? type.replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3-$2$4') : type;
  return words.replaceAll('_', '-').toLowerCase();
}

/**
 * `--crn PREFIX`: a text prefix after decoding, where a `/` inside a name is not the `/` between
 * segments. PREFIX may be typed encoded or decoded; `X/` is X and everything below it.
 */
export function crnPrefixTest(prefix: string): (crnText: string) => boolean {
  const wanted = prefixKeys(prefix);
  return (crnText) => {
    const key = keyOfText(crnText);
    if (key === undefined) return crnText.startsWith(prefix);
    return wanted.some((want) => (want.endsWith('/') ? `${key}/` : key).startsWith(want));
  };
}

/**
 * Whether a CRN that starts with the prefix may go on inside its last segment: `…/environment=env-1` → `env-12`.
 * `…/statement=` asks for every statement and `…/env` for a type: neither is a name cut short.
 */
export function endsInName(prefix: string): boolean {
  return /=./.test(prefix.slice(prefix.lastIndexOf('/') + 1));
}

/** Every way the typed prefix can be read, as beginnings of {@link crnKey}. */
function prefixKeys(prefix: string): string[] {
  if (!isCrn(prefix)) return scheme.startsWith(prefix) ? [''] : [];
  const [authority = '', ...parts] = prefix.slice(scheme.length).split('/');
  if (parts.length === 0) return [authority];
  const readings = [parts, joinNamesWithSlash(parts)];
  const keys = readings.flatMap((reading) => [
    [authority || defaultAuthority, ...reading.map((part) => segmentText(parseSegment(part)))].join('/'),
    [authority || defaultAuthority, ...reading.map(keyText)].join('/'),
  ]);
  return [...new Set(keys)];
}

/** A prefix typed decoded may hold names with `/`: a part without `=` belongs to the name before it. */
function joinNamesWithSlash(parts: readonly string[]): string[] {
  const joined: string[] = [];
  for (const [i, part] of parts.entries()) {
    const before = joined.at(-1);
    const closing = part === '' && i === parts.length - 1;
    if (before?.includes('=') && !part.includes('=') && !closing) joined[joined.length - 1] = `${before}/${part}`;
    else joined.push(part);
  }
  return joined;
}

function segmentText({ type, name }: Segment): string {
  return type === '' ? keyText(name) : `${type}=${keyText(name)}`;
}

/** In a key a `/` is always the one between segments, whatever a decoded name holds. */
function keyText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('/', '%2F');
}

/** A type that holds what parts types and names must not become two segments. */
function encodeType(type: string): string {
  return type.replace(/[/=]/g, encodeURIComponent);
}

function decodeName(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Names may legally hold `%` sequences that do not decode (§12.1): the text itself is the name.
    return text;
  }
}

function encodeName(name: string): string {
  if (/^[\w.!~'()-]*$/.test(name)) return name;
  return encodeURIComponent(name.toWellFormed()).replaceAll('*', '%2A');
}
