import { AuditError } from '../diag/diagnostic.ts';
import { type ColumnType, columnNamed } from '../record/columns/index.ts';
import type { Operand } from './expr.ts';
import { operandText, parseOperand } from './operand.ts';
import { endOfJsonString } from './path-syntax.ts';

/** One column of the output. A raw path is text: what stands there may be anything. */
export interface Field {
  /** The heading: the column's name, or the path in its plainest spelling. */
  readonly name: string;
  readonly operand: Operand;
  readonly type: ColumnType;
}

/**
 * `--fields a,b,c` chooses; `+x` and `-x` add to and take from the defaults. A name given twice is
 * kept once, where it first stood; taking away what is not there changes nothing.
 */
export function parseFields(given: readonly string[], defaults: readonly string[]): readonly Field[] {
  const names = given.flatMap((value) => splitFields(value));
  const edits = names.filter((name) => /^[+-]/.test(name));
  if (names.length === 0) throw noFields(given);
  if (edits.length > 0 && edits.length < names.length) throw mixedFields(given);
  if (edits.length === 0) return distinct(names.map(fieldOf));
  return editDefaults(edits, defaults.map(fieldOf));
}

export function fieldOf(name: string): Field {
  return fieldFor('fields', name);
}

/** The same for another flag (long, without dashes), which errors then name. */
export function fieldFor(flag: string, name: string): Field {
  const operand = parseOperand(name, flag);
  const type = operand.kind === 'column' ? columnNamed(operand.name).type : 'text';
  return { name: operandText(operand), operand, type };
}

function editDefaults(edits: readonly string[], defaults: readonly Field[]): readonly Field[] {
  let fields = defaults;
  for (const edit of edits) {
    const field = fieldOf(edit.slice(1).trim());
    if (edit.startsWith('+')) fields = distinct([...fields, field]);
    else fields = fields.filter((f) => f.name !== field.name);
  }
  if (fields.length > 0) return fields;
  throw new AuditError({
    code: 'bad-fields',
    message: `--fields "${edits.join(',')}": no column is left`,
    hint: fieldsHint,
  });
}

function distinct(fields: readonly Field[]): Field[] {
  return [...new Map(fields.map((field) => [field.name, field])).values()];
}

/** Names of a list. What parts them belongs to a key inside brackets and quotes. Blanks round a name do not count. */
export function splitFields(value: string, delimiter = ','): string[] {
  const names: string[] = [];
  let from = 0;
  for (let i = 0; i < value.length; i++) {
    if (value[i] === delimiter) {
      names.push(value.slice(from, i));
      from = i + 1;
    } else if (value[i] === '[' && value[i + 1] === '"') {
      i = (endOfJsonString(value, i + 1) ?? value.length) - 1;
    }
  }
  names.push(value.slice(from));
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

const fieldsHint = 'try --fields time,principal,method or --fields +ip,-type';

function noFields(given: readonly string[]): AuditError {
  return new AuditError({
    code: 'bad-fields',
    message: `--fields "${given.join(',')}": a column was expected, found none`,
    hint: fieldsHint,
  });
}

function mixedFields(given: readonly string[]): AuditError {
  return new AuditError({
    code: 'bad-fields',
    message: `--fields "${given.join(',')}": names choose the columns, +name and -name edit the usual ones; the two do not mix`,
    hint: fieldsHint,
  });
}
