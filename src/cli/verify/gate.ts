import type { Findings } from '../../analyze/verify/findings.ts';
import { badValue } from '../../query/bad-value.ts';
import type { Invocation } from '../command.ts';

/** What `--fail-on` can name, and when a dump has it. */
const gates = {
  gaps: ({ offsets, silences }: Findings) =>
    offsets.partitions.some(({ missing }) => missing > 0) || silences.found > 0,
  duplicates: ({ duplicates: { identical, rewritten, conflicting, notCompared } }: Findings) =>
    identical + rewritten + conflicting + notCompared > 0,
  conflicts: ({ duplicates, offsets }: Findings) => duplicates.conflicting + offsets.conflicting > 0,
  malformed: ({ sources }: Findings) => sources.some(({ malformed }) => Object.keys(malformed).length > 0),
  clock: ({ clock: { ahead, unusable, without } }: Findings) => ahead.records + unusable.records + without.records > 0,
  drift: ({ methods, fields }: Findings) =>
    methods.unknown.length + methods.overflow + fields.fields.length + fields.overflow > 0,
} as const satisfies Record<string, (findings: Findings) => boolean>;

export type Gate = keyof typeof gates;

const names = Object.keys(gates) as readonly Gate[];

/** What was found, in the words of `--fail-on`. */
export function gatesOf(findings: Findings): readonly Gate[] {
  return names.filter((name) => gates[name](findings));
}

/** What the user wants to fail on; none without the flag. */
export function gatesAsked({ flags }: Invocation): readonly Gate[] {
  const typed = (flags.get('fail-on') ?? []).flatMap((value) => value.split(','));
  return typed.flatMap((word) => {
    if (word === 'any') return names;
    const gate = names.find((name) => name === word);
    if (gate !== undefined) return [gate];
    throw badValue({
      code: 'bad-value',
      flag: 'fail-on',
      value: word,
      reason: `expected ${names.join(', ')} or any`,
      examples: ['--fail-on conflicts,gaps', '--fail-on any'],
    });
  });
}
