import type { Oddity, OddPlace } from '../../analyze/verify/clock.ts';
import type { Conflict } from '../../analyze/verify/compare.ts';
import type { GapRule } from '../../analyze/verify/silences.ts';
import { instantText } from '../../output/cell-text.ts';
import type { Instant } from '../../record/time.ts';
import type { Zone } from '../../record/zone.ts';
import type { Result } from './result.ts';
import { secondsText } from './texts.ts';

/** What `verify -o json` prints; documented in docs/reports.md. */
export function verifyObject({ findings, sums, found, verdict, narrowed }: Result, zone: Zone): object {
  const time = (instant: Instant | undefined): string | null =>
    instant === undefined ? null : instantText(instant, zone);
  const { sources, duplicates, offsets, silences, clock, methods, fields } = findings;
  const whole = {
    sources: sources.map((source, i) => ({
      file: source.file,
      bytes: sums[i]?.bytes ?? null,
      sha256: sums[i]?.sha256 ?? null,
      complete: source.complete,
      forms: source.forms,
      textBytes: source.bytes,
      lines: source.lines,
      blank: source.blank,
      noise: source.noise,
      malformed: source.malformed,
      malformedLines: source.malformedLines,
      tornTail: source.tornTail ?? null,
      records: source.records,
      first: time(source.first),
      last: time(source.last),
      withoutTime: source.withoutTime,
    })),
    records: findings.records,
  };
  const gaps = {
    partitions: offsets.partitions.map(({ backwardsAt, ...partition }) => ({
      ...partition,
      backwardsAt: backwardsAt ?? null,
    })),
    holes: offsets.holes,
    offsets: {
      without: offsets.without,
      overflow: offsets.overflow,
      conflicting: offsets.conflicting,
      notCompared: offsets.notCompared,
      conflicts: offsets.conflicts.map(conflictObject),
    },
    silences: {
      minGap: silences.minGap === undefined ? null : silences.minGap.toFixed(9),
      rule: ruleObject(silences.rule),
      cell: silences.cell,
      found: silences.found,
      rows: silences.silences.map(({ from, to }) => ({
        from: time(from),
        to: time(to),
        seconds: secondsText(from, to),
      })),
    },
    hours:
      silences.emptyHours === undefined
        ? null
        : {
            empty: silences.emptyHours.hours,
            of: silences.emptyHours.of,
            rows: silences.emptyHours.runs.map(({ from, hours }) => ({ from: time(from), hours })),
          },
  };
  const repeats = {
    duplicates: {
      identical: duplicates.identical,
      rewritten: duplicates.rewritten,
      conflicting: duplicates.conflicting,
      notCompared: duplicates.notCompared,
      withoutId: duplicates.withoutId,
      examples: duplicates.examples,
    },
    conflicts: duplicates.conflicts.map(conflictObject),
  };
  const rest = {
    clock: {
      ahead: oddityObject(clock.ahead),
      mostAhead: clock.mostAhead.toFixed(9),
      unusable: oddityObject(clock.unusable),
      without: oddityObject(clock.without),
      compared: clock.compared,
    },
    drift: { methods: methods.unknown, fields: fields.fields, overflow: methods.overflow + fields.overflow },
  };
  const isWhole = narrowed.length === 0;
  return {
    ...(isWhole && whole),
    ...((isWhole || narrowed.includes('duplicates')) && repeats),
    ...((isWhole || narrowed.includes('gaps')) && gaps),
    ...(isWhole && rest),
    findings: found,
    verdict,
  };
}

function conflictObject({ id, first, again, differences, more }: Conflict): object {
  return {
    id: id ?? null,
    first,
    again,
    differences: differences.map(({ path, a, b }) => ({ path, a: a ?? null, b: b ?? null })),
    more,
  };
}

function oddityObject({ records, places }: Oddity): { records: number; places: readonly OddPlace[] } {
  return { records, places };
}

function ruleObject(rule: GapRule): object {
  return rule.kind === 'rhythm' ? { ...rule, longest: rule.longest.toFixed(9) } : rule;
}
