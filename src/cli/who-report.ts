import type { Answer, AtAddress, Identity, Known } from '../analyze/identities.ts';
import { instantText } from '../output/cell-text.ts';
import { escapeControls } from '../output/escape.ts';
import { type Labels, withLabel } from '../output/labels.ts';
import type { ReportColumn, Section } from '../output/report.ts';
import { cutEnd } from '../output/width.ts';
import type { Cell } from '../record/record.ts';
import type { Zone } from '../record/zone.ts';
import { count } from './render.ts';
import type { ReportContent } from './report-command.ts';

export type Found = ({ readonly kind: 'name' } & Answer) | ({ readonly kind: 'address' } & AtAddress);

export function isFound(found: Found): boolean {
  return found.kind === 'name' ? found.identities.length > 0 : found.principals.length + found.tried.length > 0;
}

/** Sections of the object, and what their members are called for people. */
const parts = {
  names: 'name',
  emails: 'e-mail',
  crns: 'identity CRN',
  keys: 'key',
  addresses: 'address',
  actedAs: 'acted as',
  actedFor: 'acted for',
  tried: 'tried',
  triedFrom: 'tried from',
} as const;

type Part = keyof typeof parts;

const partNames = Object.keys(parts) as readonly Part[];

export interface Shown {
  readonly zone: Zone;
  readonly labels: Labels | undefined;
}

/** Whether the values of a part are addresses; all others are names of principals. */
function columnOf(part: string): 'ip' | 'principal' {
  return part === 'addresses' || part === 'triedFrom' ? 'ip' : 'principal';
}

/** A value with the part it stands in and, of a name, whose it is. */
interface Line {
  readonly part: string;
  readonly identity: string | undefined;
  readonly known: Known;
}

export function whoReport(name: string, { identities, as }: Answer, { zone, labels }: Shown): ReportContent {
  const linesOf = (part: Part): readonly Line[] =>
    identities.flatMap((identity) => identity[part].map((known) => ({ part, identity: identity.id, known })));
  return {
    object: {
      name,
      as,
      identities: identities.map((identity) => identityObject(identity, { zone, labels })),
      ...Object.fromEntries(
        partNames.map((part) => [part, linesOf(part).map((line) => lineObject(line, { zone, labels }))]),
      ),
    },
    rows: machineSection(partNames.flatMap(linesOf), labels),
    withoutRows: true,
    sections: (width) =>
      identities.length === 0
        ? [{ name, note: 'nobody is called so', columns: [], rows: [] }]
        : identities.map((identity) => identitySection(identity, { zone, labels }, width)),
  };
}

export function addressReport(name: string, { principals, tried }: AtAddress, { zone, labels }: Shown): ReportContent {
  const lines = (part: string, all: readonly Known[]): Line[] =>
    all.map((known) => ({ part, identity: undefined, known }));
  const principalLines = lines('principals', principals);
  const triedLines = lines('tried', tried);
  return {
    object: {
      name,
      as: ['address'],
      principals: principalLines.map((line) => lineObject(line, { zone, labels })),
      tried: triedLines.map((line) => lineObject(line, { zone, labels })),
    },
    rows: machineSection([...principalLines, ...triedLines], labels),
    withoutRows: true,
    sections: (width) => [
      {
        name: withLabel(labels, 'ip', name),
        note: `${count(principals.length, 'principal')} seen from there, each its own`,
        ...peopleTable(
          [
            ...principals.map(named('principal', 'principal', labels)),
            ...tried.map(named('tried', 'principal', labels)),
          ],
          width,
        ),
      },
    ],
  };
}

function identityObject({ id, kind, acted }: Identity, { zone, labels }: Shown): object {
  return {
    id,
    ...(labels !== undefined && { name: labels.of('principal', id) ?? null }),
    kind,
    records: acted?.count ?? 0,
    first: acted?.span === undefined ? null : instantText(acted.span.first.time, zone),
    last: acted?.span === undefined ? null : instantText(acted.span.last.time, zone),
  };
}

const machineColumns = [
  { name: 'section', type: 'text' },
  { name: 'identity', type: 'text' },
  { name: 'value', type: 'text' },
  { name: 'count', type: 'count' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'id', type: 'text' },
  { name: 'file', type: 'text' },
  { name: 'line', type: 'text' },
  { name: 'alsoOf', type: 'text' },
] as const satisfies readonly ReportColumn[];

function machineSection(lines: readonly Line[], labels: Labels | undefined): Section {
  const [section, owner, value, ...others] = machineColumns;
  const label = { name: 'label', type: 'text' } as const;
  return {
    name: '',
    columns: labels === undefined ? machineColumns : [section, owner, value, label, ...others],
    rows: lines.map(({ part, identity, known: { value, seen, alsoOf } }) => [
      part,
      identity,
      value,
      ...(labels === undefined ? [] : [labels.of(columnOf(part), value)]),
      seen.count,
      seen.span?.first.time,
      seen.span?.last.time,
      seen.witness?.id,
      seen.witness?.at.file,
      seen.witness?.at.line,
      alsoOf,
    ]),
  };
}

function lineObject({ part, identity, known: { value, seen, alsoOf } }: Line, { zone, labels }: Shown): object {
  const { witness, span } = seen;
  return {
    ...(identity !== undefined && { identity }),
    value,
    ...(labels !== undefined && { label: labels.of(columnOf(part), value) ?? null }),
    count: seen.count,
    first: span === undefined ? null : instantText(span.first.time, zone),
    last: span === undefined ? null : instantText(span.last.time, zone),
    id: witness?.id ?? null,
    file: witness?.at.file ?? null,
    line: witness?.at.line ?? null,
    ...(identity !== undefined && { alsoOf }),
  };
}

function identitySection(identity: Identity, { zone, labels }: Shown, width: number | undefined): Section {
  const { id, kind, acted } = identity;
  const times =
    acted?.span === undefined
      ? ''
      : `, ${instantText(acted.span.first.time, zone)} to ${instantText(acted.span.last.time, zone)}`;
  const lines = partNames.flatMap((part) => identity[part].map(named(parts[part], columnOf(part), labels)));
  const acting = acted === undefined ? 'never signed in, only tried' : `${count(acted.count, 'record')}${times}`;
  return { name: withLabel(labels, 'principal', id), note: `${kind}, ${acting}`, ...peopleTable(lines, width) };
}

type NamedKnown = readonly [what: string, known: Known];

function named(what: string, column: string, labels: Labels | undefined): (known: Known) => NamedKnown {
  return (known) => [what, { ...known, value: withLabel(labels, column, known.value) }];
}

/** Where there is room, the whole proof; in narrow places the id is worth more than the file, and its beginning tells it. */
const roomForPlaces = 150;
const roomForIds = 110;
const shortId = 9;

function peopleTable(lines: readonly NamedKnown[], width: number | undefined): Pick<Section, 'columns' | 'rows'> {
  const hasPlaces = width === undefined || width >= roomForPlaces;
  const hasIds = width === undefined || width >= roomForIds;
  const idText = (id: string | undefined): Cell =>
    hasIds || id === undefined ? id : cutEnd(escapeControls(id), shortId);
  const hasOthers = lines.some(([, { alsoOf }]) => alsoOf.length > 0);
  const shown: readonly (readonly [ReportColumn, (line: NamedKnown) => Cell])[] = [
    [{ name: 'what', type: 'exact' }, ([what]) => what],
    [{ name: 'value', type: 'text' }, ([, { value }]) => value],
    ...(hasOthers ? [[{ name: 'also of', type: 'text' }, ([, { alsoOf }]: NamedKnown) => alsoOf] as const] : []),
    [{ name: 'records', type: 'count' }, ([, { seen }]) => seen.count],
    [{ name: 'first seen', type: 'time' }, ([, { seen }]) => seen.span?.first.time],
    [{ name: 'in record', type: 'text' }, ([, { seen }]) => idText(seen.witness?.id)],
    ...(hasPlaces
      ? [
          [
            { name: 'at', type: 'text' },
            ([, { seen }]: NamedKnown) => seen.witness && `${seen.witness.at.file}:${seen.witness.at.line}`,
          ] as const,
        ]
      : []),
  ];
  return {
    columns: shown.map(([column]) => column),
    rows: lines.map((line) => shown.map(([, cellIn]) => cellIn(line))),
  };
}
