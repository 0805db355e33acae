import { AuditError } from '../diag/diagnostic.ts';
import { nearest } from '../diag/nearest.ts';
import { columns, isColumnName } from '../record/columns/index.ts';
import { cellOf, someOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { type Instant, isInstant } from '../record/time.ts';
import { listed } from './bad-value.ts';
import { compactJson } from './compact-json.ts';
import type { Operand, PathOperand, Scalar } from './expr.ts';
import { pathText, scanPath } from './path-syntax.ts';

/** A column name or raw path as typed; the error names what is close. `flag` is the long flag without dashes. */
export function parseOperand(text: string, flag: string): Operand {
  const scanned = scanPath(text, 0);
  if (scanned.kind === 'path' && scanned.end === text.length) {
    const operand = operandOf(scanned.steps, text);
    if (operand !== undefined) return operand;
    throw new AuditError({
      code: 'unknown-column',
      message: `--${flag} "${text}": no such column`,
      hint: columnHint(text),
    });
  }
  const reason = scanned.kind === 'trouble' ? scanned.message : `unexpected ${text[scanned.end]}`;
  throw new AuditError({ code: 'bad-path', message: `--${flag} "${text}": ${reason}`, hint: pathExamples });
}

/**
 * The operand a scanned path names. A word without dots or brackets must be a column or one of the
 * CloudEvents attributes that are none; undefined when it is neither.
 */
export function operandOf(steps: readonly (string | number)[], typed: string): Operand | undefined {
  const [only] = steps;
  if (steps.length > 1 || typed.startsWith('[') || typeof only !== 'string') return { kind: 'path', path: steps };
  if (isColumnName(only)) return { kind: 'column', name: only };
  return plainAttributes.has(only) ? { kind: 'path', path: steps } : undefined;
}

/** What to type instead of an unknown column. */
export function columnHint(typed: string): string {
  const near = nearest(typed, [...columns.map((column) => column.name), ...plainAttributes]);
  return near.length === 0
    ? `try time, method or a raw path such as ${examplePath}`
    : `did you mean ${listed(near)}? a raw path works too: ${examplePath}`;
}

/** As typed: the column's name or the path in its plainest spelling. */
export function operandText(operand: Operand): string {
  if (operand.kind === 'column') return operand.name;
  const [only] = operand.path;
  const inBrackets = operand.path.length === 1 && typeof only === 'string' && !plainAttributes.has(only);
  return inBrackets ? `[${JSON.stringify(only)}]` : pathText(operand.path);
}

/** Compiled access to the operand's cell. A list holds its members as text; objects are compact JSON. Never throws. */
export function cellOfOperand(operand: Operand): (record: AuditRecord) => Cell {
  if (operand.kind === 'column') return (record) => cellOf(record, operand.name);
  const read = valuesAtPath(operand);
  return (record) => {
    const value = read(record);
    return typeof value === 'object' ? value.map(String) : value;
  };
}

/** One value, or the members of a list; `undefined` when absent. Unlike a cell, list members keep their type. */
export type Values = undefined | Scalar | Instant | readonly Scalar[];

/** Like {@link cellOfOperand}, for comparing: `404` and `"404"` in an array stay apart. */
export function valuesOfOperand(operand: Operand): (record: AuditRecord) => Values {
  return operand.kind === 'column' ? (record) => cellOf(record, operand.name) : valuesAtPath(operand);
}

/** Whether the operand's value, or any member of its list, passes. Some lists are made only as far as that takes. */
export function someValueOf(operand: Operand): (record: AuditRecord, test: ValuePasses) => boolean {
  const read = valuesOfOperand(operand);
  if (operand.kind === 'path') return (record, test) => anyValue(read(record), test);
  return (record, test) => someOf(record, operand.name, test) ?? anyValue(read(record), test);
}

type ValuePasses = (value: Scalar | Instant) => boolean;

/** Calls `test` on the value or on each member until one passes. */
export function anyValue(values: Values, test: ValuePasses): boolean {
  if (values === undefined) return false;
  if (typeof values !== 'object' || isInstant(values)) return test(values);
  for (const member of values) if (test(member)) return true;
  return false;
}

/** A value as the text that patterns look at; a time is RFC 3339 in UTC. */
export function textOfValue(value: Scalar | Instant): string {
  return typeof value === 'object' ? value.text : String(value);
}

/** Attributes of the envelope that can be named without brackets although they are no columns. */
const plainAttributes: ReadonlySet<string> = new Set([
  'subject',
  'specversion',
  'datacontenttype',
  'dataschema',
  '@timestamp',
  '@version',
]);

const examplePath = 'data.request.accessType';

const pathExamples = `try ${examplePath}, data.request.data["odd key"] or data.cloudResources[0].resource.type`;

/**
 * Own keys only. At every step the key itself is tried first, else all steps that are left joined by
 * dots as one key: shippers write `"kafka.partition"`. A key step on an array goes into every member.
 */
function valuesAtPath({ path }: PathOperand): (record: AuditRecord) => undefined | Scalar | readonly Scalar[] {
  const joinedRest = path.map((_, i) => joinedFrom(path.slice(i)));
  return (record) => {
    const found: Scalar[] = [];
    let isList = false;
    // A list of what is still to visit instead of recursion: records nest deeper than the stack.
    const pending: Visit[] = [{ value: record.value, depth: 0 }];
    for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
      const { value, depth } = visit;
      const step = path[depth];
      if (Array.isArray(value)) {
        if (typeof step === 'number') {
          pending.push({ value: value[step], depth: depth + 1 });
        } else {
          isList = true;
          for (let i = value.length - 1; i >= 0; i--) pending.push({ value: value[i], depth });
        }
      } else if (step === undefined) {
        const scalar = scalarOf(value);
        if (scalar !== undefined) found.push(scalar);
      } else if (isKeyed(value) && typeof step === 'string') {
        const rest = joinedRest[depth];
        if (Object.hasOwn(value, step)) pending.push({ value: value[step], depth: depth + 1 });
        else if (rest !== undefined && Object.hasOwn(value, rest))
          pending.push({ value: value[rest], depth: path.length });
      }
    }
    if (isList) return found.length === 0 ? undefined : found;
    return found[0];
  };
}

interface Visit {
  readonly value: unknown;
  /** How many steps of the path are done. */
  readonly depth: number;
}

function joinedFrom(steps: readonly (string | number)[]): string | undefined {
  return steps.length > 1 && steps.every((step) => typeof step === 'string') ? steps.join('.') : undefined;
}

function isKeyed(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function scalarOf(value: unknown): Scalar | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return compactJson(value);
}
