import { listed } from './bad-value.ts';
import type { Comparand, Expr, HoursTest, Operand, PlainTest, Test, TextPattern } from './expr.ts';
import { dayNames } from './office-hours.ts';
import { operandText } from './operand.ts';

/** An expression in words, for people: what a run will look for. Not meant to be parsed again. */
export function explain(expr: Expr): string {
  switch (expr.kind) {
    case 'all':
      return 'every record';
    case 'and':
      return expr.of.map(inner).join(' and ') || 'every record';
    case 'or':
      return expr.of.map(inner).join(' or ') || 'no record';
    case 'not':
      return `not ${inner(expr.of)}`;
    case 'match':
      return `${operandName(expr.on)} ${explainTest(expr.test)}`;
  }
}

function inner(expr: Expr): string {
  return expr.kind === 'match' || expr.kind === 'not' ? explain(expr) : `(${explain(expr)})`;
}

/** The search columns under names that read. */
const plainNames: ReadonlyMap<string, string> = new Map([
  ['methodNames', 'method'],
  ['principalNames', 'principal'],
  ['requestIds', 'request id'],
  ['resultWords', 'verdict word'],
  ['crnTexts', 'any CRN'],
  ['strings', 'any text'],
  ['ips', 'any address'],
]);

function operandName(operand: Operand): string {
  const name = operandText(operand);
  return operand.kind === 'column' ? (plainNames.get(name) ?? name) : name;
}

function explainTest(test: Test): string {
  switch (test.kind) {
    case 'text':
      return `${explainPattern(test.pattern)}${test.except === undefined ? '' : `, other than ${listed(test.except)}`}`;
    case 'among':
      return `is ${listed([...test.values].map(quoted))}${anyCase(test.fold)}`;
    case 'contains':
      return `holds ${quoted(test.text)} in any case`;
    case 'window':
      return explainWindow(test);
    case 'hours':
      return explainHours(test);
    case 'address':
      return `is in ${test.range.bytes.join(test.range.family === 4 ? '.' : ',')}/${test.range.prefixLength}`;
    case 'crn-prefix':
      return `starts with ${quoted(test.prefix)}`;
    case 'segment':
      return `has a segment whose type ${explainPattern(test.type)} and whose name ${explainPattern(test.name)}`;
    case 'exists':
      return 'exists';
    case 'compare':
      return `${test.op} ${explainComparand(test.to)}`;
  }
}

function explainWindow({ from, until }: Extract<PlainTest, { kind: 'window' }>): string {
  const parts = [from && `at or after ${from.text}`, until && `before ${until.text}`];
  return parts.filter((part) => part !== undefined).join(' and ') || 'exists';
}

function explainHours({ zone, hours, days, outside }: HoursTest): string {
  const ranges = hours?.map((range) => range.map(clockText).join(' to '));
  const parts = [days && `on ${listed(days.map((day) => dayNames[day] ?? ''))}`, ranges && `from ${listed(ranges)}`];
  const said = parts.filter((part) => part !== undefined).join(' ');
  return `is ${outside ? 'not ' : ''}${said} in ${zone}`;
}

function clockText(secondOfDay: number): string {
  const twoDigits = (n: number): string => String(n).padStart(2, '0');
  return `${twoDigits(Math.floor(secondOfDay / 3600))}:${twoDigits(Math.floor((secondOfDay % 3600) / 60))}`;
}

function explainComparand(to: Comparand): string {
  switch (to.kind) {
    case 'scalar':
      return typeof to.value === 'string' ? quoted(to.value) : String(to.value);
    case 'instant':
      return to.at.text;
    case 'column':
    case 'path':
      return operandName(to);
  }
}

function explainPattern(pattern: TextPattern): string {
  switch (pattern.kind) {
    case 'exact':
      return `is ${quoted(pattern.text)}${anyCase(pattern.fold)}`;
    case 'glob':
      return `is like ${quoted(pattern.glob)}${anyCase(pattern.fold)}`;
    case 'regex':
      return `matches /${pattern.source}/${pattern.flags}`;
  }
}

function anyCase(fold: boolean): string {
  return fold ? ' in any case' : '';
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
