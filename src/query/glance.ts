import type { ColumnName } from '../record/columns/index.ts';
import { crnPrefixTest } from '../record/crn.ts';
import { cellOf } from '../record/normalize.ts';
import { type AuditRecord, type Cell, notKnown } from '../record/record.ts';
import { someValueOf, textOfValue } from './operand.ts';

/**
 * What somebody looks at of a match: a column, or how a `--crn` prefix stands to the record's CRNs. The latter is true
 * when the prefix is the beginning of one and ends with a segment, else the first that it ends inside a segment of.
 * Plain data, so that it can be handed to a thread.
 */
export type Glance = ColumnName | { readonly crnPrefix: string };

/** What `known` of a record is asked for. */
export function glanceName(glance: Glance): string {
  return typeof glance === 'string' ? glance : `crn-prefix ${glance.crnPrefix}`;
}

/** The column that a glance needs. */
export function columnOfGlance(glance: Glance): ColumnName {
  return typeof glance === 'string' ? glance : 'crnTexts';
}

export function compileGlance(glance: Glance): (record: AuditRecord) => Cell {
  if (typeof glance === 'string') return (record) => cellOf(record, glance);
  const name = glanceName(glance);
  const stand = compileStand(glance.crnPrefix);
  return (record) => {
    const known = record.known === undefined ? notKnown : record.known(name);
    return known === notKnown ? stand(record) : known;
  };
}

const someCrn = someValueOf({ kind: 'column', name: 'crnTexts' });

function compileStand(prefix: string): (record: AuditRecord) => true | string | undefined {
  const startsWith = crnPrefixTest(prefix);
  const endsWithin = crnPrefixTest(`${prefix}/`);
  return (record) => {
    let first: string | undefined;
    const isWhole = someCrn(record, (value) => {
      const text = textOfValue(value);
      if (!startsWith(text)) return false;
      first ??= text;
      return endsWithin(text);
    });
    return isWhole || first;
  };
}
