import { accessOf, accessReads } from '../record/access.ts';
import { entriesFor } from '../record/catalog.ts';
import { type AnyColumn, listedColumns } from '../record/columns/index.ts';
import { cellOf, normalize } from '../record/normalize.ts';
import { stepsOf, valuesAt } from '../record/paths.ts';
import { identifyAlone } from '../record/principal.ts';
import type { AuditRecord, Cell, Provenance } from '../record/record.ts';
import type { Zone } from '../record/zone.ts';
import { cellText } from './cell-text.ts';
import { escapeControls } from './escape.ts';
import { type Labels, labelledCell } from './labels.ts';
import { prettyJson } from './pretty-json.ts';
import type { Styles } from './style.ts';

export interface PageOptions {
  readonly zone: Zone;
  readonly styles: Styles;
  readonly labels?: Labels | undefined;
}

/** One record in full: what its method means, every column that has a value, where it stands, and the original. */
export function recordPage(record: AuditRecord, { zone, styles, labels }: PageOptions): string {
  const cells = normalize(record);
  const text = (cell: Cell): string => escapeControls(cellText(cell, zone) ?? '');
  const rows = [...listedColumns.flatMap((column) => rowOf(column, cells)), ...otherPrincipals(record)];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    styles.header(`${text(cells.method) || '(no method)'}  ${text(cells.result)}  ${text(cells.time)}`.trim()),
    ...meaning(record).map(escapeControls),
    '',
    ...rows.flatMap(([name, cell]) =>
      // Each member of a list on its own line: CRNs are long, and a comma may belong to one.
      (Array.isArray(cell) ? cell : [cell]).map(
        (member, i) =>
          `${styles.dim((i === 0 ? name : '').padEnd(width))}  ${text(labelledCell(labels, name, member))}${remarkOn(name, record)}`,
      ),
    ),
    '',
    styles.dim(escapeControls(`original record (${placeText(record.at)})`)),
    original(record, styles),
    '',
  ].join('\n');
}

function placeText({ file, line, form }: Provenance): string {
  return `${file}:${line}${form === undefined ? '' : `, wrapped as ${form}`}`;
}

type Row = readonly [name: string, cell: Cell];

/** A list that holds one value says no more than its singular. */
const pluralOf: Readonly<Record<string, string>> = { ips: 'ip', crns: 'crn', resources: 'resource' };

function rowOf(column: AnyColumn, cells: Readonly<Record<string, Cell>>): Row[] {
  const cell = cells[column.name];
  if (cell === undefined) return [];
  const singular = pluralOf[column.name];
  if (singular !== undefined && Array.isArray(cell) && cell.length === 1) return [];
  return [[column.name, cell]];
}

/** Acting and assigned principals are no columns, but they belong to the whole picture (record-shapes §13.5). */
function otherPrincipals({ value }: AuditRecord): Row[] {
  return Object.entries(otherPrincipalSteps).flatMap(([name, steps]) => {
    const found = steps.flatMap((path) => valuesAt(value, path)).flatMap((one) => (Array.isArray(one) ? one : [one]));
    const ids = found.flatMap((one) => identifyAlone([one]).id ?? []);
    return ids.length === 0 ? [] : [[name, [...new Set(ids)]] as const];
  });
}

const otherPrincipalSteps = {
  actingPrincipal: [
    stepsOf('data.authorizationInfo.rbacAuthorization.actingPrincipal'),
    stepsOf('data.authorizationInfo.aclAuthorization.actingPrincipal'),
  ],
  assignedPrincipals: [stepsOf('data.authorizationInfo.assignedPrincipals')],
};

function meaning(record: AuditRecord): string[] {
  const method = cellOf(record, 'method');
  const type = cellOf(record, 'type');
  if (typeof method !== 'string') return ['The record names no method.'];
  const [entry] = [...entriesFor(method, typeof type === 'string' ? type : undefined), ...entriesFor(method)];
  if (entry === undefined) return ['The catalogue does not know this method.'];
  const alias = entry.method === method ? '' : ` Documented as ${entry.method}.`;
  return [`${entry.description} (${entry.category}).${alias}`];
}

/** Only here is it said which values were derived rather than recorded. */
function remarkOn(name: string, { value }: AuditRecord): string {
  if (name !== 'accessType') return '';
  const found = {
    recorded: valuesAt(value, stepsOf(accessReads.recorded)),
    type: valuesAt(value, stepsOf(accessReads.type)),
    method: valuesAt(value, stepsOf(accessReads.method)),
  };
  return accessOf(found).derived ? '  (derived from the method, not recorded)' : '';
}

/** Characters that JSON leaves as they are but a terminal must not see are shown as the escapes JSON has for them. */
function original({ raw }: AuditRecord, styles: Styles): string {
  return prettyJson(new TextDecoder().decode(raw), {
    key: (token) => styles.accent(escapeControls(token)),
    value: (token) => escapeControls(token),
  });
}
