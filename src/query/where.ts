import { columnNamed } from '../record/columns/index.ts';
import { allOf, anyOf, match, not } from './combine.ts';
import type { Comparand, CompareOp, Expr, Operand } from './expr.ts';
import { columnHint, operandOf, operandText } from './operand.ts';
import { type RegexParts, regexParts, regexTrouble } from './text-pattern.ts';
import type { TimeContext } from './time-value.ts';
import { fail } from './where-errors.ts';
import { isKeyword, isReserved, isSymbol, patternTokenAt, shown, type Token, tokenAt } from './where-tokens.ts';
import { comparandOf } from './where-values.ts';

export { whereExamples } from './where-errors.ts';

/**
 * Parses `--where`:
 *
 *     expression := conjunction { "or" conjunction }
 *     conjunction := negation { "and" negation }
 *     negation := { "not" } ( "(" expression ")" | comparison )
 *     comparison := name ( op value | "~" regex | "in" "(" value { "," value } ")" | "exists" )
 *     op := = != < <= > >=        value := "text" | number | true | false | name
 *
 * Keywords are known in any case. A name is a column or a raw path; on the right, where text without
 * quotes is the usual slip, a path has to start with `data`, another attribute that is no service's
 * word, or a bracket. Equality counts case, but for `resourceType`, which is compared as types are;
 * see `compare.ts` for numbers and times. Throws an AuditError that points into the expression.
 */
export function parseWhere(text: string, context: TimeContext): Expr {
  const first = tokenAt(text, 0);
  if (first.kind === 'end') throw fail(text, 0, 'an expression was expected, found nothing');
  const parser: Parser = { text, context, token: first, depth: 0 };
  const expr = expression(parser);
  if (parser.token.kind === 'end') return expr;
  throw fail(text, parser.token.at, `expected and, or, or the end, found ${parser.token.text}`);
}

/** `token` is the one to be looked at next. */
interface Parser {
  readonly text: string;
  readonly context: TimeContext;
  token: Token;
  depth: number;
}

function advance(parser: Parser, next: (text: string, from: number) => Token = tokenAt): Token {
  const { token } = parser;
  parser.token = next(parser.text, token.end);
  return token;
}

/** Parsing, compiling and explaining recurse as deep as the expression nests. */
const deepest = 500;

function expression(parser: Parser): Expr {
  const parts = [conjunction(parser)];
  while (isKeyword(parser.token, 'or')) {
    advance(parser);
    parts.push(conjunction(parser));
  }
  return anyOf(parts);
}

function conjunction(parser: Parser): Expr {
  const parts = [negation(parser)];
  while (isKeyword(parser.token, 'and')) {
    advance(parser);
    parts.push(negation(parser));
  }
  return allOf(parts);
}

function negation(parser: Parser): Expr {
  let negated = false;
  while (isKeyword(parser.token, 'not')) {
    advance(parser);
    negated = !negated;
  }
  const expr = isSymbol(parser.token, '(') ? parenthesis(parser) : comparison(parser);
  return negated ? not(expr) : expr;
}

function parenthesis(parser: Parser): Expr {
  const open = advance(parser);
  parser.depth++;
  if (parser.depth > deepest) throw fail(parser.text, open.at, `more than ${deepest} parentheses are open here`);
  const expr = expression(parser);
  if (!isSymbol(parser.token, ')')) {
    const found = shown(parser.token);
    throw fail(parser.text, open.at, `the parenthesis that opens here is not closed: expected ), found ${found}`);
  }
  advance(parser);
  parser.depth--;
  return expr;
}

function comparison(parser: Parser): Expr {
  const left = leftName(parser);
  const { token } = parser;
  if (isKeyword(token, 'exists')) {
    advance(parser);
    return match(left, { kind: 'exists' });
  }
  if (isKeyword(token, 'in')) return membership(parser, left);
  if (isSymbol(token, '~')) return search(parser, left);
  const op = comparisonOp(token);
  if (op === undefined) throw noOperator(parser, left);
  advance(parser);
  return match(left, { kind: 'compare', op, to: rightValue(parser, left, `after ${op}`) });
}

function leftName(parser: Parser): Operand {
  const { token, text } = parser;
  if (token.kind !== 'word' || isReserved(token)) {
    const isValue = token.kind === 'string' || token.kind === 'number';
    const advice = isValue ? '; the name stands on the left' : '';
    throw fail(text, token.at, `expected a column or path, found ${shown(token)}${advice}`);
  }
  const operand = operandOf(token.steps, token.text);
  if (operand === undefined) {
    throw fail(text, token.at, `no column is called ${token.text}`, {
      code: 'unknown-column',
      hint: columnHint(token.text),
    });
  }
  advance(parser);
  return operand;
}

function membership(parser: Parser, left: Operand): Expr {
  advance(parser);
  if (!isSymbol(parser.token, '(')) {
    throw fail(parser.text, parser.token.at, `expected ( after in, found ${shown(parser.token)}`);
  }
  const parts: Expr[] = [];
  do {
    advance(parser);
    const to = rightValue(parser, left, 'in the list');
    parts.push(match(left, { kind: 'compare', op: '=', to }));
  } while (isSymbol(parser.token, ','));
  if (!isSymbol(parser.token, ')')) {
    throw fail(parser.text, parser.token.at, `expected , or ) in the list, found ${shown(parser.token)}`);
  }
  advance(parser);
  return anyOf(parts);
}

function search(parser: Parser, left: Operand): Expr {
  advance(parser, patternTokenAt);
  const { token, text } = parser;
  const regex = regexOf(token);
  if (regex === undefined) {
    const expected = 'expected a regular expression in double quotes after ~';
    throw fail(text, token.at, `${expected}, found ${shown(token)}`);
  }
  const trouble = regexTrouble(regex);
  if (trouble !== undefined) {
    throw fail(text, token.at, trouble, { code: 'bad-regex', hint: 'try "^Delete" or /topics?$/i after the ~' });
  }
  advance(parser);
  return match(left, { kind: 'text', pattern: { kind: 'regex', ...regex } });
}

/** Slashes inside quotes are part of the regex. */
function regexOf(token: Token): RegexParts | undefined {
  if (token.kind === 'string') return { source: token.value, flags: '' };
  return token.kind === 'regex' ? regexParts(token.text) : undefined;
}

function rightValue(parser: Parser, left: Operand, place: string): Comparand {
  const comparand = comparandOf(parser.token, left, parser);
  if (comparand === undefined) {
    throw fail(parser.text, parser.token.at, `expected a value ${place}, found ${shown(parser.token)}`);
  }
  advance(parser);
  return comparand;
}

function noOperator(parser: Parser, left: Operand): Error {
  const { token, text } = parser;
  const name = operandText(left);
  if (isKeyword(token, 'not')) return fail(text, token.at, `not stands before the comparison: not ${name} …`);
  const isFlag = left.kind === 'column' && columnNamed(left.name).type === 'flag';
  const advice = isFlag ? { hint: `try ${name} = true, or ${name} = false` } : {};
  const expected = `expected =, !=, <, <=, >, >=, ~, in or exists after ${name}`;
  return fail(text, token.at, `${expected}, found ${shown(token)}`, advice);
}

function comparisonOp(token: Token): CompareOp | undefined {
  if (token.kind !== 'symbol') return undefined;
  switch (token.text) {
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return token.text;
    case '~':
    case '(':
    case ')':
    case ',':
      return undefined;
  }
}
