import type { Diagnostic } from '../diag/diagnostic.ts';
import { endsInName, parseCrn } from '../record/crn.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import type { FilterContext } from './filters/filter.ts';
import { compileGlance } from './glance.ts';
import { type FilterArgument, valuesOf } from './question.ts';
import type { Watcher } from './watcher.ts';

/**
 * Watches matches of `--crn PREFIX` that go on inside the last segment: `…/environment=env-1` also
 * finds `env-12`, which is what a text prefix does and seldom what was meant. Undefined when there is
 * no prefix that could.
 */
export function watchCrnPrefixes(args: readonly FilterArgument[], context: FilterContext): Watcher | undefined {
  const given = args.filter((arg) => arg.name === 'crn' && !arg.negated);
  const prefixes = given
    .flatMap((arg) => valuesOf(arg, context))
    .filter((prefix) => !prefix.endsWith('/') && endsInName(prefix));
  if (prefixes.length === 0) return undefined;
  const tallies = [...new Set(prefixes)].map(newTally);
  return {
    see: (record, matched) => {
      if (matched) for (const tally of tallies) count(tally, tally.standOf(record));
    },
    reads: tallies.map(({ prefix }) => ({ crnPrefix: prefix })),
    settled: () => true,
    end: () => tallies.flatMap(noteOn),
  };
}

interface Tally {
  readonly prefix: string;
  readonly standOf: (record: AuditRecord) => Cell;
  matches: number;
  /** Matches no CRN of which stops at the end of the prefix's last segment. */
  inside: number;
  example?: string;
}

function newTally(prefix: string): Tally {
  return { prefix, standOf: compileGlance({ crnPrefix: prefix }), matches: 0, inside: 0 };
}

function count(tally: Tally, stand: Cell): void {
  if (stand === undefined) return;
  tally.matches++;
  if (typeof stand !== 'string') return;
  tally.inside++;
  tally.example ??= stand;
}

function noteOn({ prefix, matches, inside, example }: Tally): Diagnostic[] {
  if (example === undefined) return [];
  const goOn = `${inside} of ${matches} ${matches === 1 ? 'match' : 'matches'} ${inside === 1 ? 'goes' : 'go'} on inside the last segment`;
  return [
    {
      code: 'crn-inside-segment',
      severity: 'note',
      message: `--crn ${prefix}: ${goOn} (${grownSegment(prefix, example)})`,
      hint: 'end the prefix with / to stop at whole segments',
    },
  ];
}

/** `env-1 → env-12`: the prefix's last name and what it became. */
function grownSegment(prefix: string, crnText: string): string {
  const typed = parseCrn(prefix)?.segments ?? [];
  const found = parseCrn(crnText)?.segments[typed.length - 1];
  return `${typed.at(-1)?.name ?? ''} → ${found?.name ?? ''}`;
}
