import type { Drift } from '../analyze/drift.ts';
import type { Section } from '../output/report.ts';
import type { CatalogEntry } from '../record/catalog.ts';
import { crnType } from '../record/crn.ts';
import type { Cell } from '../record/record.ts';
import { parseInstant } from '../record/time.ts';
import { count } from './render.ts';

/**
 * Without a name the section is nothing but rows in csv and tsv. On a line of limited width only
 * what a method is and means has room.
 */
export function catalogSection(
  entries: readonly CatalogEntry[],
  { name = '', width }: { readonly name?: string; readonly width: number | undefined },
): Section {
  const shown = catalogColumns.filter(({ isExtra }) => width === undefined || !isExtra);
  return {
    name,
    note: count(entries.length, 'entry', 'entries'),
    columns: shown.map((column) => ({ name: column.name, type: 'text' })),
    rows: entries.map((entry) => shown.map(({ cellOf }) => cellOf(entry))),
  };
}

interface CatalogColumn {
  readonly name: string;
  readonly isExtra: boolean;
  readonly cellOf: (entry: CatalogEntry) => Cell;
}

const catalogColumns: readonly CatalogColumn[] = [
  { name: 'method', isExtra: false, cellOf: ({ method }) => method },
  { name: 'kind', isExtra: false, cellOf: ({ eventType }) => eventType.slice(eventType.lastIndexOf('/') + 1) },
  { name: 'resource type', isExtra: true, cellOf: ({ resourceType }) => resourceTypeText(resourceType) },
  { name: 'access', isExtra: true, cellOf: ({ accessType }) => accessType ?? undefined },
  { name: 'meaning', isExtra: false, cellOf: ({ description }) => description },
  { name: 'also written', isExtra: true, cellOf: ({ aliases }) => (aliases.length === 0 ? undefined : aliases) },
];

export function driftSection({ unknown, records, overflow }: Drift): Section {
  const notes = [
    count(records, 'record'),
    unknown.length === 0
      ? 'every method and event type is known'
      : `${count(unknown.length, 'unknown method or event type', 'unknown methods or event types')}`,
    overflow > 0 && `too many distinct methods: ${overflow} more were not told apart`,
  ];
  return {
    name: 'not in the catalogue',
    note: notes.filter((note) => typeof note === 'string').join(', '),
    columns: [
      { name: 'method', type: 'text' },
      { name: 'event type', type: 'text' },
      { name: 'unknown', type: 'text' },
      { name: 'count', type: 'count' },
      { name: 'first', type: 'time' },
      { name: 'last', type: 'time' },
    ],
    rows: unknown.map((one) => [
      one.method,
      one.type,
      one.unknown,
      one.count,
      one.first === undefined ? undefined : parseInstant(one.first),
      one.last === undefined ? undefined : parseInstant(one.last),
    ]),
  };
}

/** As the column resourceType shows it: the vendor's tables spell one type in several ways. */
function resourceTypeText(resourceType: string | null): string | undefined {
  return resourceType === null ? undefined : crnType(resourceType);
}

const evidenceWords: Readonly<Record<CatalogEntry['evidence'], string>> = {
  seed: 'seen in a record published by the vendor',
  docs: "in the vendor's method tables",
  'public-report': 'named in public reports of real dumps',
  inferred: 'a guess from the naming of its neighbours',
};

/** One catalogue entry for reading. */
export function entryText({
  method,
  eventType,
  category,
  resourceType,
  description,
  accessType,
  aliases,
  evidence,
}: CatalogEntry): string {
  const rows: (readonly [string, string])[] = [
    ['event type', eventType],
    ['category', category],
    ['resource type', resourceTypeText(resourceType) ?? '-'],
    ['access', accessType ?? '-'],
    ['also written', aliases.length === 0 ? '-' : aliases.join(', ')],
    ['known from', evidenceWords[evidence]],
  ];
  return [method, `  ${description}`, ...rows.map(([name, value]) => `  ${name.padEnd(14)} ${value}`), ''].join('\n');
}
