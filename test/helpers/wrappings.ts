import { type Random, randomOf } from './random.ts';

/**
 * Lines as consumers write them: each line of a dump wrapped as `kcat -J` does it, or behind other text, sometimes in a
 * spelling that no consumer has, sometimes damaged. Bytes are kept, a character for each.
 */
export function wrappedLines(dump: Buffer, seed: number): Buffer {
  const random = randomOf(seed);
  const lines = dump.toString('latin1').split('\n');
  const wrapped = lines.map((line, i) => (i === lines.length - 1 ? line : wrappedLine(line, random)));
  return Buffer.from(wrapped.join('\n'), 'latin1');
}

function wrappedLine(line: string, random: Random): string {
  const wrapped = random.chance(0.7) ? kcatLine(line, random) : random.pick(prefixes) + line;
  return random.chance(0.05) ? damaged(wrapped, random) : wrapped;
}

const prefixes = [
  'null\tTimestamp:1767323045678 Partition:3 Offset:812\t',
  'CreateTime:1767323045678\tPartition:3\tOffset:812\tNO_HEADERS\tnull\t',
  '1767323045678 3 812 ',
  'key:',
  ' ',
  '\0',
  '',
  '[',
  '% ',
  '{"key":1}\t',
  '"{"\t',
];

function kcatLine(line: string, random: Random): string {
  const offset = random.below(1000);
  const payload = random.chance(0.1) ? line : quoted(line, random);
  const members = [
    '"topic":"confluent-audit-log-events"',
    `"partition":${random.below(6)}`,
    `"offset":${random.chance(0.02) ? '"1"' : offset}`,
    '"tstype":"create"',
    `"ts":${1767323045678 + offset}`,
    '"broker":5',
    '"headers":["content-type","application/cloudevents+json"]',
    `"key":${random.pick(['null', '""', '"{"', '"k"'])}`,
    `"payload":${payload}`,
  ];
  if (random.chance(0.05)) members.splice(random.below(members.length), 1);
  if (random.chance(0.05)) members.splice(random.below(members.length + 1), 0, random.pick(strangers));
  return `{${members.join(',')}}${random.pick(['', '', '', ' ', '\r', '}', ',', 'x'])}`;
}

const strangers = [
  '"payload":null',
  '"payload":"{}"',
  '"value_schema_id":7',
  '"payload_error":"no"',
  '"type":"t"',
  '"data":{}',
  '"\\u0070ayload":1',
  '"schema":null',
  '"type":"t","data":{}',
  '"key":1',
];

/** JSON text of bytes: as a consumer escapes it, or in needless ways. */
function quoted(line: string, random: Random): string {
  const isOdd = random.chance(0.1);
  const inner = [...line].map((char) => {
    if (isOdd && random.chance(0.02)) return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    if (isOdd && char === '/') return '\\/';
    return char === '"' || char === '\\' || char < ' ' ? JSON.stringify(char).slice(1, -1) : char;
  });
  const padding = random.chance(0.05) ? random.pick([' ', '\\r', '\\n', '\\t', '\\u0000']) : '';
  return `"${inner.join('')}${padding}"`;
}

function damaged(line: string, random: Random): string {
  const at = random.below(line.length + 1);
  switch (random.below(3)) {
    case 0:
      return line.slice(0, at);
    case 1:
      return line.slice(0, at) + random.pick(['"', '\\', '{', '}', '\u00ff', ',']) + line.slice(at);
    default:
      return line.slice(0, at) + line.slice(at + 1);
  }
}
