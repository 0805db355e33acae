import type { Oddity } from '../../analyze/verify/clock.ts';
import type { Conflict } from '../../analyze/verify/compare.ts';
import type { Findings } from '../../analyze/verify/findings.ts';
import type { Silences } from '../../analyze/verify/silences.ts';
import type { SourceFindings } from '../../analyze/verify/sources.ts';
import { isNoiseKind, noiseKinds } from '../../input/noise.ts';
import type { Sum } from '../../input/sources/hashed.ts';
import type { ReportColumn, Section } from '../../output/report.ts';
import type { Cell } from '../../record/record.ts';
import { count, digits } from '../render.ts';
import { wrap } from '../topics/wrap.ts';
import type { Result } from './result.ts';
import { placeText, spanText } from './texts.ts';
import { malformedOf } from './verdict.ts';

/** The findings for people and spreadsheets: what was looked at, then whatever was found, then what it means. */
export function verifySections(result: Result, width: number | undefined): readonly Section[] {
  const { findings, sums, narrowed } = result;
  const wantsDuplicates = narrowed.includes('duplicates');
  const wantsGaps = narrowed.includes('gaps');
  const parts =
    narrowed.length === 0
      ? [
          ...sourceSections(findings.sources, sums, width),
          checks(findings),
          ...[malformed(findings), duplicates(findings), conflicts(findings), ...gapSections(findings, width)],
          clock(findings),
          drift(findings),
        ].filter(({ name, rows }, i) => i === 0 || name === 'checks' || rows.length > 0)
      : [
          ...(wantsDuplicates ? [duplicates(findings), conflicts(findings)] : []),
          ...(wantsGaps ? gapSections(findings, width) : []),
        ];
  return [...parts, verdict(result, width)];
}

function column(name: string, type: ReportColumn['type'] = 'text'): ReportColumn {
  return { name, type };
}

const wideEnough = 100;
const screenful = 50;

/** On a terminal thousands of lines would bury what matters. */
function onScreen<T>(
  rows: readonly T[],
  width: number | undefined,
): { readonly shown: readonly T[]; readonly note: string } {
  if (width === undefined || rows.length <= screenful) return { shown: rows, note: '' };
  return {
    shown: rows.slice(0, screenful),
    note: `the first ${digits(screenful)} of ${digits(rows.length)}; all: -o json`,
  };
}

function sourceSections(
  sources: readonly SourceFindings[],
  sums: readonly (Sum | undefined)[],
  width: number | undefined,
): readonly Section[] {
  const [only, ...others] = sources;
  if (only !== undefined && others.length === 0) return [sourceFacts(only, sums[0])];
  const isWide = (width ?? wideEnough) >= wideEnough;
  const { shown, note } = onScreen(sources, width);
  return [
    {
      name: 'sources',
      note,
      columns: [
        column('file'),
        column('form'),
        column('lines', 'count'),
        column('records', 'count'),
        column('noise', 'count'),
        column('malformed', 'count'),
        ...(isWide ? [column('first', 'time'), column('last', 'time')] : []),
      ],
      rows: shown.map((one) => [
        one.file,
        formsText(one),
        one.lines,
        one.records,
        malformedOf(one.noise),
        malformedOf(one.malformed),
        ...(isWide ? [one.first, one.last] : []),
      ]),
    },
    {
      name: 'hashes',
      note,
      columns: [column('sha-256', 'exact'), column('file'), ...(isWide ? [column('bytes', 'count')] : [])],
      rows: shown.map(({ file }, i) => [sums[i]?.sha256, file, ...(isWide ? [sums[i]?.bytes] : [])]),
    },
  ];
}

function sourceFacts(source: SourceFindings, sum: Sum | undefined): Section {
  const facts: (readonly [string, Cell])[] = [
    ['file', source.file],
    ['form', formsText(source)],
    ['lines', linesText(source)],
    ['records', digits(source.records)],
    ['first event', source.first],
    ['last event', source.last],
    ['bytes', sum === undefined ? undefined : digits(sum.bytes)],
    ['sha-256', sum?.sha256],
  ];
  return {
    name: 'sources',
    columns: [column('fact'), column('value', 'exact')],
    header: false,
    rows: facts,
  };
}

function formsText({ forms }: SourceFindings): string | undefined {
  if (forms.length === 0) return undefined;
  if (forms.length === 1) return forms[0]?.form;
  return forms.map(({ form, records }) => `${form} (${digits(records)})`).join(', ');
}

function linesText({ lines, blank, noise, malformed, complete }: SourceFindings): string {
  return [
    `${digits(lines)} read`,
    ...Object.entries(noise).map(([kind, times]) => noiseText(kind, times)),
    blank > 0 ? `${digits(blank)} blank` : '',
    `${digits(malformedOf(malformed))} malformed`,
    complete ? '' : 'INCOMPLETE: see the messages',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function noiseText(kind: string, times: number): string {
  if (!isNoiseKind(kind)) return `${digits(times)} ${kind}`;
  const [one, several] = noiseKinds[kind];
  return count(times, one, several);
}

/** One line for each thing that was looked for, found or not. */
function checks(findings: Findings): Section {
  const { duplicates: repeats, offsets, silences, clock: clocks, methods, fields, sources } = findings;
  const bad = sources.reduce((sum, one) => sum + malformedOf(one.malformed), 0);
  const torn = sources.filter(({ tornTail }) => tornTail !== undefined).length;
  const missing = offsets.partitions.reduce((sum, one) => sum + one.missing, 0);
  const backwards = offsets.partitions.reduce((sum, one) => sum + one.backwards, 0);
  const rows: (readonly [string, string])[] = [
    [
      'malformed',
      told(
        [
          [bad, 'line'],
          [torn, 'torn tail'],
        ],
        'none',
      ),
    ],
    [
      'duplicates',
      told(
        [
          [repeats.identical, 'identical', 'identical'],
          [repeats.rewritten, 'the same in other bytes', 'the same in other bytes'],
          [repeats.conflicting, 'CONFLICTING', 'CONFLICTING'],
          [repeats.notCompared, 'not compared', 'not compared'],
          [repeats.withoutId, 'record without an id', 'records without an id'],
        ],
        'none',
      ),
    ],
    [
      'offsets',
      offsets.partitions.length === 0
        ? 'none in these records: a missing one cannot be proven'
        : `${count(offsets.partitions.length, 'partition')}: ${told(
            [
              [missing, 'MISSING', 'MISSING'],
              [offsets.conflicting, 'CONFLICTING', 'CONFLICTING'],
              [backwards, 'step backwards', 'steps backwards'],
              [offsets.without, 'record without one', 'records without one'],
            ],
            'no hole',
          )}`,
    ],
    ['silences', silencesText(silences)],
    [
      'clock',
      told(
        [
          [clocks.ahead.records, 'event dated after Kafka took it', 'events dated after Kafka took them'],
          [clocks.unusable.records, 'unusable time'],
          [clocks.without.records, 'record without a time', 'records without a time'],
        ],
        'nothing odd',
      ),
    ],
    [
      'drift',
      told(
        [
          [methods.unknown.length, 'unknown method or type', 'unknown methods or types'],
          [fields.fields.length, 'unknown field'],
        ],
        'none',
      ),
    ],
  ];
  return { name: 'checks', columns: [column('check'), column('result')], header: false, rows };
}

function told(parts: readonly (readonly [number, string, string?])[], nothing: string): string {
  const texts = parts.flatMap(([n, one, several]) => (n > 0 ? [count(n, one, several)] : []));
  return texts.length === 0 ? nothing : texts.join(', ');
}

function silencesText({ minGap, found }: Silences): string {
  if (minGap === undefined) return 'too few events to tell (--min-gap sets a length)';
  return found === 0 ? `none longer than ${spanText(minGap)}` : `${digits(found)} longer than ${spanText(minGap)}`;
}

function malformed({ sources }: Findings): Section {
  const shown = sources.flatMap(({ file, malformedLines }) => malformedLines.map((line) => ({ file, ...line })));
  const all = sources.reduce((sum, one) => sum + malformedOf(one.malformed), 0);
  return {
    name: 'malformed',
    note: shown.length < all ? `the first ${digits(shown.length)} of ${digits(all)}; all of them: --malformed-out` : '',
    columns: [column('place', 'exact'), column('reason', 'exact'), column('detail')],
    rows: shown.map(({ file, line, reason, detail }) => [`${file}:${line}`, reason, detail]),
  };
}

function duplicates({ duplicates: { identical, rewritten, conflicting, examples } }: Findings): Section {
  const counts = told(
    [
      [identical, 'identical', 'identical'],
      [rewritten, 'the same in other bytes', 'the same in other bytes'],
      [conflicting, 'conflicting', 'conflicting'],
    ],
    'no id stands there twice',
  );
  const note = identical > examples.length ? `${counts}; the first identical ones` : counts;
  return {
    name: 'duplicates',
    note,
    columns: [column('id', 'exact'), column('first'), column('again')],
    rows: examples.map(({ id, first, again }) => [id, placeText(first), placeText(again)]),
  };
}

function conflicts({ duplicates: repeats, offsets }: Findings): Section {
  const all = repeats.conflicting + offsets.conflicting;
  const shown = [...repeats.conflicts, ...offsets.conflicts];
  return {
    name: 'conflicts',
    note: shown.length < all ? `the first ${digits(shown.length)} of ${digits(all)}` : '',
    columns: [column('id', 'exact'), column('field'), column('first'), column('again')],
    rows: shown.flatMap(conflictRows),
  };
}

function conflictRows({ id, first, again, differences, more }: Conflict): (readonly Cell[])[] {
  return [
    [id, 'line', `${first.file}:${first.line}`, `${again.file}:${again.line}`],
    ...(['partition', 'offset'] as const).flatMap((name): (readonly Cell[])[] =>
      first[name] === undefined && again[name] === undefined
        ? []
        : [[id, name, numberText(first[name]), numberText(again[name])]],
    ),
    ...differences.map(({ path, a, b }): readonly Cell[] => [id, path, a, b]),
    ...(more > 0 ? [[id, `${digits(more)} more`, undefined, undefined]] : []),
  ];
}

/** Without the commas of a count. */
function numberText(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number);
}

const listedRows = 20;

function gapSections({ offsets, silences }: Findings, width: number | undefined): readonly Section[] {
  const { partitions, holes } = offsets;
  const { shown, note } = onScreen(partitions, width);
  const found = partitions.reduce((sum, one) => sum + one.holes, 0);
  const hours = silences.emptyHours;
  return [
    {
      name: 'partitions',
      note: partitions.length === 0 ? 'no record tells its offset' : note,
      columns: [
        column('partition', 'count'),
        column('records', 'count'),
        column('first', 'exact'),
        column('last', 'exact'),
        column('missing', 'count'),
        column('repeated', 'count'),
        column('backwards', 'count'),
      ],
      rows: shown.map((one) => [
        one.partition,
        one.records,
        String(one.first),
        String(one.last),
        one.missing,
        one.repeated,
        one.backwards,
      ]),
    },
    {
      name: 'holes',
      note: limitNote(found, 'offsets that no record has'),
      columns: [
        column('partition', 'count'),
        column('from', 'exact'),
        column('to', 'exact'),
        column('missing', 'count'),
        column('after'),
        column('before'),
      ],
      rows: holes
        .slice(0, listedRows)
        .map(({ partition, from, to, after, before }) => [
          partition,
          String(from),
          String(to),
          to - from + 1,
          `${after.file}:${after.line}`,
          `${before.file}:${before.line}`,
        ]),
    },
    {
      name: 'silences',
      note: [ruleText(silences, width), limitNote(silences.found, '')].filter((part) => part !== '').join('; '),
      columns: [column('from', 'time'), column('to', 'time'), column('length', 'exact')],
      rows: silences.silences
        .slice(0, listedRows)
        .map(({ from, to }) => [from, to, spanText(to.second - from.second + (to.nano - from.nano) / 1e9)]),
    },
    {
      name: 'hours',
      note:
        hours === undefined
          ? 'the events span too long a time to tell hours'
          : [
              `${digits(hours.hours)} of ${count(hours.of, 'hour')} (UTC) without an event`,
              limitNote(hours.allRuns, ''),
            ]
              .filter((part) => part !== '')
              .join('; '),
      columns: [column('from', 'time'), column('hours', 'count')],
      rows: (hours?.runs ?? []).slice(0, listedRows).map(({ from, hours: n }) => [from, n]),
    },
  ];
}

function limitNote(found: number, what: string): string {
  const limit = found > listedRows ? `the first ${digits(listedRows)} of ${digits(found)}; all: -o json` : '';
  return [found > 0 ? what : '', limit].filter((part) => part !== '').join('; ');
}

/** What counts as a silence, and how that came about. */
function ruleText(silences: Silences, width: number | undefined): string {
  const { minGap, cell } = silences;
  const blind = minGap !== undefined && cell > minGap ? `; those under ${spanText(cell)} may be overlooked` : '';
  return `${lengthText(silences, width)}${blind}`;
}

function lengthText({ minGap, rule }: Silences, width: number | undefined): string {
  if (minGap === undefined) return 'too few events to tell a silence from a pause';
  const longer = `longer than ${spanText(minGap)}`;
  if (rule.kind !== 'rhythm') return longer;
  if ((width ?? wideEnough) < wideEnough) return `${longer} (from the dump's own rhythm; --min-gap sets another)`;
  return `${longer}: five times the longest ordinary pause (${spanText(rule.longest)}; of ${digits(rule.pauses)} the ${digits(rule.leftOut)} longest left out), a minute at least; --min-gap sets another`;
}

function clock({ clock: { ahead, unusable, without } }: Findings): Section {
  return {
    name: 'clock',
    columns: [column('what'), column('records', 'count'), column('first places')],
    rows: [
      ...oddityRow('after Kafka took it', ahead),
      ...oddityRow('unusable time', unusable),
      ...oddityRow('no time', without),
    ],
  };
}

function oddityRow(what: string, { records, places }: Oddity): (readonly Cell[])[] {
  if (records === 0) return [];
  const texts = places.map(({ time, ...place }) => `${placeText(place)}${time === undefined ? '' : ` (${time})`}`);
  return [[what, records, texts.join('; ')]];
}

function drift({ methods, fields }: Findings): Section {
  const all = methods.unknown.length + fields.fields.length;
  const rows: (readonly Cell[])[] = [
    ...methods.unknown.map(({ method, type, unknown, count: n }) => [unknown, method, n, type]),
    ...fields.fields.map(({ path, records, first }) => ['field', path, records, placeText(first)]),
  ];
  return {
    name: 'drift',
    note: limitNote(all, 'not known to the catalogue or the published shape of a record'),
    columns: [column('unknown'), column('name'), column('records', 'count'), column('type or first place')],
    rows: rows.slice(0, listedRows),
  };
}

function verdict({ verdict: text }: Result, width: number | undefined): Section {
  const lines = width === undefined ? [text] : wrap(text, Math.max(width, 40), '').split('\n');
  return {
    name: 'verdict',
    columns: [column('verdict', 'exact')],
    header: false,
    rows: lines.map((line) => [line]),
  };
}
