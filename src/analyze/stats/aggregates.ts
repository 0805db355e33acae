import { AuditError } from '../../diag/diagnostic.ts';
import { nearest } from '../../diag/nearest.ts';
import { badValue } from '../../query/bad-value.ts';
import { type Field, fieldFor } from '../../query/fields.ts';
import { cellOfOperand } from '../../query/operand.ts';
import type { Cell } from '../../record/record.ts';
import { Extreme, type Limit, Members, type Part, SpanEnd } from './parts.ts';

/** What is said of the records of a row. */
export interface Aggregate {
  /** As written: `distinct(ip)`. */
  readonly name: string;
  readonly field: Field | undefined;
  readonly type: 'count' | 'share' | 'text' | 'time';
  /** What has to be kept of the records besides their number; undefined for nothing. */
  readonly newPart: ((limit: Limit) => Part) | undefined;
  cellOf(counts: Counts, part: Part | undefined): Cell;
}

export interface Counts {
  readonly count: number;
  /** All records that matched. */
  readonly records: number;
}

/** A new aggregate is one row. */
const kinds: Readonly<Record<string, Kind>> = {
  count: { takesField: false, make: () => ({ type: 'count', newPart: undefined, cellOf: ({ count }) => count }) },
  share: {
    takesField: false,
    make: () => ({ type: 'share', newPart: undefined, cellOf: ({ count, records }) => count / (records || 1) }),
  },
  distinct: { takesField: true, make: (field, name) => members(field, name, 'count', (texts) => texts.size) },
  values: { takesField: true, make: (field, name) => members(field, name, 'text', (texts) => [...texts].sort()) },
  min: { takesField: true, make: (field) => extreme(field, -1) },
  max: { takesField: true, make: (field) => extreme(field, 1) },
};

interface Kind {
  readonly takesField: boolean;
  make(field: Field, name: string): Pick<Aggregate, 'type' | 'newPart' | 'cellOf'>;
}

/** `--agg` as typed: several flags, or a list; commas in parentheses are no list. One given twice is kept once. */
export function parseAggregates(given: readonly string[]): readonly Aggregate[] {
  const texts = given.flatMap(splitAggregates);
  if (texts.length === 0) throw badAggregate(given.join(','), 'an aggregate was expected, found none');
  return [...new Map(texts.map(parseAggregate).map((aggregate) => [aggregate.name, aggregate])).values()];
}

function splitAggregates(value: string): readonly string[] {
  return (value.match(/(?:[^,(]|\((?:[^")]|"(?:[^"\\]|\\.)*")*\)?)+/g) ?? [])
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function parseAggregate(text: string): Aggregate {
  const [, word = '', inner] = /^([^(]*?)\s*(?:\((.*)\))?$/s.exec(text) ?? [];
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  if (kind === undefined)
    throw badAggregate(text, `no such aggregate; there are ${listOfKinds}`, nearest(word, Object.keys(kinds), 1));
  const column = inner?.trim() ?? '';
  if (!kind.takesField) {
    if (inner !== undefined) throw badAggregate(text, `${word} is of the records and takes no column`, [word]);
    return { name: word, field: undefined, ...kind.make(noField, word) };
  }
  if (column === '') throw badAggregate(text, `${word} needs a column in parentheses`, [`${word}(ip)`]);
  const field = fieldFor('agg', column);
  if (field.name === 'time' && !isSpanEnd(word)) throw exactTime(text);
  const name = `${word}(${field.name})`;
  return { name, field, ...kind.make(field, name) };
}

const noField = fieldFor('agg', 'id');
const listOfKinds = 'count, share, distinct(f), values(f), min(f) and max(f)';

function isSpanEnd(word: string): boolean {
  return word === 'min' || word === 'max';
}

function members(
  field: Field,
  name: string,
  type: Aggregate['type'],
  cellOf: (texts: ReadonlySet<string>) => Cell,
): Pick<Aggregate, 'type' | 'newPart' | 'cellOf'> {
  const read = cellOfOperand(field.operand);
  return {
    type,
    newPart: (limit) => new Members(read, cellOf, () => limit.take(`values of ${name}`)),
    cellOf: (_, part) => part?.cell(),
  };
}

function extreme(field: Field, sign: 1 | -1): Pick<Aggregate, 'type' | 'newPart' | 'cellOf'> {
  const isTime = field.name === 'time' && field.operand.kind === 'column';
  return {
    type: field.type === 'time' ? 'time' : 'text',
    newPart: () => (isTime ? new SpanEnd(sign) : new Extreme(field, sign)),
    cellOf: (_, part) => part?.cell(),
  };
}

function badAggregate(value: string, reason: string, near: readonly string[] = []): AuditError {
  const examples = ['--agg count', "--agg 'count,distinct(ip)'"];
  return badValue({
    code: 'bad-value',
    flag: 'agg',
    value,
    reason,
    near: near.map((one) => `--agg '${one}'`),
    examples,
  });
}

function exactTime(text: string): AuditError {
  return new AuditError({
    code: 'bad-value',
    message: `--agg "${text}": nearly every record has a time of its own`,
    hint: "try --agg 'min(time),max(time)' or --agg 'distinct(id)'",
  });
}
