import { columnNamed } from '../record/columns/index.ts';
import { listed } from './bad-value.ts';
import type { Comparand, Operand } from './expr.ts';
import { operandOf, operandText } from './operand.ts';
import { pathText } from './path-syntax.ts';
import { parseTime, type TimeContext, timeExamples } from './time-value.ts';
import { fail } from './where-errors.ts';
import { isReserved, type Token, type WordToken } from './where-tokens.ts';

/** What expressions are read against, and the whole text for errors to point into. */
interface Reading {
  readonly text: string;
  readonly context: TimeContext;
}

/** The right side of a comparison with `left`; undefined for a token that is no value. Fails, pointing, on a wrong one. */
export function comparandOf(token: Token, left: Operand, reading: Reading): Comparand | undefined {
  const value = readValue(token, left, reading);
  return value !== undefined && isTimeColumn(left) ? timeValue(value, token, reading) : value;
}

function readValue(token: Token, left: Operand, { text }: Reading): Comparand | undefined {
  switch (token.kind) {
    case 'string':
      return { kind: 'scalar', value: token.value };
    case 'number':
      return { kind: 'scalar', value: numberValue(token.text) };
    case 'word':
      return wordValue(token, left, text);
    case 'symbol':
    case 'regex':
    case 'end':
      return undefined;
  }
}

/** A number that a double cannot hold stays text: long ids must not become equal by rounding. */
function numberValue(text: string): number | string {
  const mantissa = text.replace(/[eE].*$/, '').replace(/\D/g, '');
  return mantissa.replace(/^0+/, '').length > 15 ? text : Number(text);
}

function wordValue(token: WordToken, left: Operand, text: string): Comparand {
  const word = token.text.toLowerCase();
  if (word === 'true' || word === 'false') return { kind: 'scalar', value: word === 'true' };
  if (word === 'null') {
    const name = operandText(left);
    const hint = `try not ${name} exists, or ${name} exists`;
    throw fail(text, token.at, 'null is no value here: a missing value is asked for with exists', { hint });
  }
  const operand = isReserved(token) ? undefined : operandOf(token.steps, token.text);
  if (operand !== undefined && isSurelyName(operand, token.text)) return operand;
  throw fail(text, token.at, `${token.text} is neither a column nor a path; text stands in double quotes`, {
    hint: `write ${JSON.stringify(token.text)}${asPath(operand)}`,
  });
}

/**
 * `kafka.CreateTopics` and `10.0.0.1` have the form of paths, but nobody who types them bare means one: they
 * would silently never be equal to anything.
 */
function isSurelyName(operand: Operand, typed: string): boolean {
  if (operand.kind === 'column' || operand.path.length === 1 || typed.startsWith('[')) return true;
  return pathRoots.has(String(operand.path[0])) || shipperPaths.has(typed);
}

/** Attributes of the envelope that hold objects. */
const pathRoots: ReadonlySet<string> = new Set(['data', 'confluentRouting']);

/** Added by log shippers, with the dot in the key (record-shapes §2). */
const shipperPaths: ReadonlySet<string> = new Set(['kafka.partition', 'kafka.offset']);

function asPath(operand: Operand | undefined): string {
  if (operand?.kind !== 'path' || !operand.path.every((step) => /^[A-Za-z_]/.test(String(step)))) return '';
  const [first = '', ...rest] = operand.path;
  return `, or [${JSON.stringify(String(first))}]${pathText(['', ...rest]).slice('[""]'.length)} for a path outside data`;
}

/** Beside the time column a literal is a time as `--since` takes it. */
function timeValue(value: Comparand, token: Token, { text, context }: Reading): Comparand {
  if (value.kind !== 'scalar') return value;
  const at = parseTime(token.kind === 'string' ? token.value : token.text, context);
  if (at !== undefined) return { kind: 'instant', at };
  const hint = `try ${listed(timeExamples.map((example) => `"${example}"`))}`;
  throw fail(text, token.at, `${token.text} is not a time`, { code: 'bad-time', hint });
}

function isTimeColumn(operand: Operand): boolean {
  return operand.kind === 'column' && columnNamed(operand.name).type === 'time';
}
