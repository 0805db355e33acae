import type { Random } from './random.ts';

/** Lines that are no audit record, made from one that was. `isBlank` ones count as blank, all others as malformed. */
export interface MalformedRule {
  readonly name: string;
  readonly isBlank?: boolean;
  apply(line: string, random: Random): string;
}

export const malformedRules: readonly MalformedRule[] = [
  { name: 'truncated', apply: (line, random) => line.slice(0, 1 + random.below(line.length - 1)) },
  { name: 'followed by text', apply: (line) => `${line}TRAILER` },
  { name: 'a brace too many', apply: (line) => `${line}}` },
  { name: 'a banner', apply: () => 'Rebalancing, please wait.' },
  { name: 'headers', apply: () => 'Headers: content-type=application/cloudevents+json; charset=UTF-8' },
  { name: 'map notation', apply: () => '{type=io.confluent.cloud/request, data={methodName=GetWorkspace}}' },
  { name: 'a damaged byte', apply: damage },
  { name: 'a control character in a text', apply: (line) => line.replace('"specversion":', '"specver\u0001sion":') },
  { name: 'a missing brace', apply: (line) => line.slice(0, -1) },
  {
    name: 'not an audit record',
    apply: (_, random) => random.pick(['{}', '"text"', '17', 'true', '{"data":{}}']),
  },
  { name: 'data of another type', apply: (line) => line.replace(/"data":/, '"data":[],"payload":') },
  { name: 'blank', isBlank: true, apply: (_, random) => random.pick(['', '', '  ', '\t', '\r']) },
];

/** One colon after a key becomes a byte that cannot stand there. */
function damage(line: string, random: Random): string {
  const colons = [...line.matchAll(/(?<!\\)":/g)].map(({ index }) => index + 1);
  const at = random.pick(colons);
  return line.slice(0, at) + random.pick(['\u0000', ';', '\xff', '"']) + line.slice(at + 1);
}
