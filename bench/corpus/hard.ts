import type { Random } from './random.ts';

/**
 * Records that are valid and awkward. Each rule changes the text of an ordinary record; the result is still an audit
 * record to `JSON.parse` and to us, though it may well say something else than before.
 */
export interface HardRule {
  readonly name: string;
  apply(line: string, random: Random): string;
}

export const hardRules: readonly HardRule[] = [
  { name: 'escapes in values', apply: escapeValue },
  { name: 'escapes in keys', apply: escapeKey },
  { name: 'escaped slashes', apply: (line) => line.replaceAll('/', '\\/') },
  { name: 'a scalar key twice', apply: (line, random) => repeatScalar(line, random) },
  { name: 'an object key twice', apply: repeatObject },
  { name: 'snake_case tree', apply: snakeCase },
  { name: 'other spellings of time', apply: respellTime },
  { name: 'numbers for ids', apply: numberIds },
  { name: 'odd principals', apply: oddPrincipal },
  { name: 'odd types', apply: oddTypes },
  { name: 'text beyond ASCII', apply: beyondAscii },
  { name: 'bytes that are no UTF-8', apply: (line) => withText(line, 'a\xff\xc3(\xed\xa0\x80z') },
  { name: 'deep nesting', apply: (line, random) => withMember(line, nested(50 + random.below(2000))) },
  { name: 'huge numbers', apply: (line, random) => withMember(line, random.pick(hugeNumbers)) },
  {
    name: 'blanks everywhere',
    apply: (line, random) => ` \t${line.replaceAll('":', random.pick(['"\t:\t ', '" : ']))} `,
  },
  { name: 'a CR at the end', apply: (line) => `${line}\r` },
  {
    name: 'names of others in a text',
    apply: (line) => withText(line, 'DeleteStatement by u-admin, \\"methodName\\":\\"x\\"'),
  },
  {
    name: 'odd keys',
    apply: (line) => withMember(line, '{"":1,"__proto__":{"type":"x"},"constructor":null,"a.b":[]}'),
  },
];

const readKeys = [
  'methodName',
  'resourceName',
  'principal',
  'result',
  'ip',
  'time',
  'type',
  'id',
  'data',
  'authenticationInfo',
  'requestMetadata',
  'clientAddress',
  'subject',
];

/** A member with a text value: key, colon and value with their blanks. */
const textMember = (key: string): RegExp => new RegExp(`"${key}":( ?)"((?:[^"\\\\]|\\\\.)*)"`);

function escapeValue(line: string, random: Random): string {
  const key = random.pick(['methodName', 'resourceName', 'time', 'type', 'ip', 'id', 'resourceId', 'principal']);
  return line.replace(textMember(key), (_, blank: string, text: string) => {
    if (text.includes('\\')) return `"${key}":${blank}"${text}"`;
    const all = random.below(2) === 0;
    const at = random.below(Math.max(1, text.length));
    const escaped = Array.from(text, (letter, i) => (all || i === at ? unicodeEscape(letter) : letter));
    return `"${key}":${blank}"${escaped.join('')}"`;
  });
}

function escapeKey(line: string, random: Random): string {
  const key = random.pick(readKeys);
  const at = random.below(key.length);
  const escaped = key.slice(0, at) + unicodeEscape(key[at] ?? 'x') + key.slice(at + 1);
  return line.replace(`"${key}":`, `"${escaped}":`);
}

function unicodeEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The last of two members of one name counts. */
function repeatScalar(line: string, random: Random): string {
  const key = random.pick(['methodName', 'time', 'type', 'id', 'resourceName', 'resourceId', 'ip']);
  const other = random.pick(['"Other"', 'null', '7', '["DeleteStatement"]', '""']);
  // `type` keeps a text at the end: without one the line would be no audit record.
  const before = key === 'type' || random.below(2) === 0;
  return line.replace(textMember(key), (member) =>
    before ? `"${key}":${other},${member}` : `${member},"${key}":${other}`,
  );
}

function repeatObject(line: string, random: Random): string {
  const key = random.pick(['data', 'authenticationInfo', 'requestMetadata', 'request']);
  return line.replace(`"${key}":`, (lead) => `${lead}{"methodName":"Early","result":[1,{"a":"b"}]},${lead}`);
}

function snakeCase(line: string): string {
  return line.replaceAll(
    /"([a-z]+(?:[A-Z][a-z]+)+)":/g,
    (_, key: string) => `"${key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`,
  );
}

function respellTime(line: string, random: Random): string {
  const respell = random.pick(timeSpellings);
  return line.replace(
    /"time":( ?)"(....-..-..)T(..:..:..)[^"]*"/,
    (_, blank: string, day: string, clock: string) => `"time":${blank}${respell(day, clock)}`,
  );
}

const timeSpellings: readonly ((day: string, clock: string) => string)[] = [
  (day, clock) => `"${day}T${clock}Z"`,
  (day, clock) => `"${day}T${clock}.5Z"`,
  (day, clock) => `"${day}T${clock}.123456Z"`,
  (day, clock) => `"${day}T${clock}.1234567891234Z"`,
  (day, clock) => `"${day}T${clock}.25+02:00"`,
  (day, clock) => `"${day}T${clock}-09:30"`,
  (day, clock) => `"${day} ${clock}.000000001Z"`,
  (day, clock) => `"${day.toLowerCase()}t${clock}.75z"`,
  (day) => `"${day}T23:59:60Z"`,
  (day, clock) => `null,"@timestamp":"${day}T${clock}.331Z"`,
  (day, clock) => `"","@timestamp":"${day}T${clock}Z"`,
  () => `"+999999999-12-31T23:59:59.999999999-18:00"`,
  () => '1773619200',
  () => '"2026-02-30T00:00:00Z"',
];

function numberIds(line: string, random: Random): string {
  const id = random.pick(['12345', '12345.0', '-1', '9007199254740993', '1e3']);
  return line
    .replace(
      /"requestId":( ?)\[[^\]]*\]/,
      (_, blank: string) => `"requestId":${blank}${random.pick([id, `[${id}]`, '[]'])}`,
    )
    .replace(textMember('request_id'), () => `"request_id":${id}`)
    .replace(textMember('correlationId'), () => `"correlationId":${id}`)
    .replace(textMember('id'), () => `"id":${id}`);
}

function oddPrincipal(line: string, random: Random): string {
  const principal = random.pick(oddPrincipals);
  return line.replace(
    /"principal":( ?)(?:"[^"]*"|\{[^}]*\}\})/,
    (_, blank: string) => `"principal":${blank}${principal}`,
  );
}

const oddPrincipals = [
  '123456',
  'null',
  '""',
  '{}',
  '["u-1abc2d"]',
  'true',
  '"User:123456"',
  '"None:UNKNOWN_USER"',
  '"/users/123"',
  '"User:flowserviceadmin"',
  '{"email":"mara.lind@harbourline.example"}',
  '{"email":"mara.lind@harbourline.example","confluentUser":{"resourceId":"User:u-4mpl7k"}}',
  '{"confluentUser":{"resourceId":"confluent.privileged"}}',
  '{"confluentUser":{"resourceId":7},"resourceId":"u-9vd3rn"}',
  '{"identityPool":{"resourceId":"pool-123"}}',
  '{"group":{"resourceId":"group-7"}}',
  '{"externalAccount":{"namespace":[{"type":"x","id":"y"}],"subject":"Confluent"}}',
  '{"confluent_user":{"resource_id":"u-2kq8sj"}}',
];

function oddTypes(line: string, random: Random): string {
  const key = random.pick(['methodName', 'resourceName', 'subject', 'ip', 'status', 'resourceType', 'source']);
  return line.replace(
    textMember(key),
    () => `"${key}":${random.pick(['5', 'null', '{}', '[]', 'true', '["a",1]', '{"ip":"::1"}'])}`,
  );
}

function beyondAscii(line: string, random: Random): string {
  return withText(line, random.pick(beyondAsciiTexts));
}

/** As the bytes of their UTF-8, which is how a line is held (see corpus.ts). */
const beyondAsciiTexts = [
  'Zürich – Übersicht',
  '日本語のトピック',
  '🦄👩‍👩‍👧',
  'ſtatement K İ',
  '\u2028\u2029\ufeff',
  '\\ud800',
  '\\ud83e\\udd84',
  '\\u0000\\u001b[31m',
].map((text) => Buffer.from(text).toString('latin1'));

const hugeNumbers = [
  '1e400',
  '-0',
  '12345678901234567890',
  '0.1e-400',
  '[1E+2,-1.5e-3,0]',
  '3.141592653589793238462643383279',
];

const nested = (depth: number): string => ['[{"a":'.repeat(depth), '"deep"', '}]'.repeat(depth)].join('');

const withText = (line: string, text: string): string => withMember(line, `"${text}"`);

/** A member more, at the front of `data`. */
function withMember(line: string, json: string): string {
  return line.replace(/"data":( ?)\{"/, (_, blank: string) => `"data":${blank}{"added":${blank}${json},"`);
}
