import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuditError } from '../../src/diag/diagnostic.ts';
import { parseWhere } from '../../src/query/where.ts';
import { context, errorOf } from './ask.ts';

function refusal(text: string): string {
  return errorOf(() => parseWhere(text, context));
}

const tryThese = 'try result in ("DENY", "FAILURE"), or method = "DeleteTopics" and not email exists';

type Case = [text: string, code: string, message: string, caret: string, hint?: string];

/** Code and message, the line, the caret, what to type. */
const cases: Case[] = [
  ['', 'bad-expression', 'an expression was expected, found nothing', '^'],
  ['   ', 'bad-expression', 'an expression was expected, found nothing', '^'],
  ['method', 'bad-expression', 'expected =, !=, <, <=, >, >=, ~, in or exists after method, found the end', '      ^'],
  ['method "x"', 'bad-expression', 'expected =, !=, <, <=, >, >=, ~, in or exists after method, found "x"', '       ^'],
  [
    'ok',
    'bad-expression',
    'expected =, !=, <, <=, >, >=, ~, in or exists after ok, found the end',
    '  ^',
    'try ok = true, or ok = false',
  ],
  ['method =', 'bad-expression', 'expected a value after =, found the end', '        ^'],
  ['method = = "x"', 'bad-expression', 'expected a value after =, found =', '         ^'],
  ['method = )', 'bad-expression', 'expected a value after =, found )', '         ^'],
  ['= "x"', 'bad-expression', 'expected a column or path, found =', '^'],
  ['"x" = method', 'bad-expression', 'expected a column or path, found "x"; the name stands on the left', '^'],
  ['404 = line', 'bad-expression', 'expected a column or path, found 404; the name stands on the left', '^'],
  ['ok = true and', 'bad-expression', 'expected a column or path, found the end', '             ^'],
  ['ok = true or and ok = false', 'bad-expression', 'expected a column or path, found and', '             ^'],
  ['method == "x"', 'bad-expression', '== is not used here: equality is written =', '       ^'],
  ['method === "x"', 'bad-expression', '=== is not used here: equality is written =', '       ^'],
  ['method <> "x"', 'bad-expression', '<> is not used here: inequality is written !=', '       ^'],
  ['method =~ "x"', 'bad-expression', '=~ is not used here: a regular expression is written x ~ "…"', '       ^'],
  ['method !~ "x"', 'bad-expression', '!~ is not used here: write not x ~ "…"', '       ^'],
  ['line => 4', 'bad-expression', '=> is not used here: at least is written >=', '     ^'],
  ["method = 'x'", 'bad-expression', "' is not used here: text stands in double quotes", '         ^'],
  ['ok = true && line = 1', 'bad-expression', '&& is not used here: write and', '          ^'],
  ['ok = true || line = 1', 'bad-expression', '|| is not used here: write or', '          ^'],
  ['! ok = true', 'bad-expression', '! is not used here: write not', '^'],
  ['method not in ("x")', 'bad-expression', 'not stands before the comparison: not method …', '       ^'],
  ['method not exists', 'bad-expression', 'not stands before the comparison: not method …', '       ^'],
  ['method = "x', 'bad-expression', 'the text that starts here has no closing "', '         ^'],
  ['method = "a\\d"', 'bad-expression', '\\d is no JSON escape: write \\\\ for a backslash', '           ^'],
  ['method = "a\\\\\\u12"', 'bad-expression', '\\u is no JSON escape: write \\\\ for a backslash', '             ^'],
  [
    'method = "a\tb"',
    'bad-expression',
    'a text holds no line breaks or other control characters: write \\n',
    '         ^',
  ],
  ['(ok = true', 'bad-expression', 'the parenthesis that opens here is not closed: expected ), found the end', '^'],
  [
    'ok = true and (line = 1 line = 2',
    'bad-expression',
    'the parenthesis that opens here is not closed: expected ), found line',
    '              ^',
  ],
  ['ok = true)', 'bad-expression', 'expected and, or, or the end, found )', '         ^'],
  ['ok = true line = 1', 'bad-expression', 'expected and, or, or the end, found line', '          ^'],
  ['()', 'bad-expression', 'expected a column or path, found )', ' ^'],
  ['method in "x"', 'bad-expression', 'expected ( after in, found "x"', '          ^'],
  ['method in ()', 'bad-expression', 'expected a value in the list, found )', '           ^'],
  ['method in ("x",)', 'bad-expression', 'expected a value in the list, found )', '               ^'],
  ['method in ("x" "y")', 'bad-expression', 'expected , or ) in the list, found "y"', '               ^'],
  ['method in ("x"', 'bad-expression', 'expected , or ) in the list, found the end', '              ^'],
  ['method ~ x', 'bad-expression', 'expected a regular expression in double quotes after ~, found x', '         ^'],
  ['method ~', 'bad-expression', 'expected a regular expression in double quotes after ~, found the end', '        ^'],
  ['method ~ /x', 'bad-expression', 'the regular expression that starts here has no closing /', '         ^'],
  [
    'method ~ "Del("',
    'bad-regex',
    'not a regular expression: unterminated group',
    '         ^',
    'try "^Delete" or /topics?$/i after the ~',
  ],
  ['method ~ ""', 'bad-regex', 'an empty regular expression', '         ^', 'try "^Delete" or /topics?$/i after the ~'],
  [
    'method ~ /x/g',
    'bad-regex',
    'not a regular expression: flag g is none of i, m, s, u, v',
    '         ^',
    'try "^Delete" or /topics?$/i after the ~',
  ],
  [
    'principl = "u-1"',
    'unknown-column',
    'no column is called principl',
    '^',
    'did you mean principal? a raw path works too: data.request.accessType',
  ],
  [
    'principal = u-123',
    'bad-expression',
    'u-123 is neither a column nor a path; text stands in double quotes',
    '            ^',
    'write "u-123"',
  ],
  [
    'service = kafka',
    'bad-expression',
    'kafka is neither a column nor a path; text stands in double quotes',
    '          ^',
    'write "kafka"',
  ],
  [
    'method = kafka.CreateTopics',
    'bad-expression',
    'kafka.CreateTopics is neither a column nor a path; text stands in double quotes',
    '         ^',
    'write "kafka.CreateTopics", or ["kafka"].CreateTopics for a path outside data',
  ],
  [
    'ip = 10.0.0.1',
    'bad-expression',
    '10.0.0.1 is neither a column nor a path; text stands in double quotes',
    '     ^',
    'write "10.0.0.1"',
  ],
  [
    'time > 2h',
    'bad-expression',
    '2h is neither a column nor a path; text stands in double quotes',
    '       ^',
    'write "2h"',
  ],
  [
    'email = null',
    'bad-expression',
    'null is no value here: a missing value is asked for with exists',
    '        ^',
    'try not email exists, or email exists',
  ],
  [
    'time > "yesturday"',
    'bad-time',
    '"yesturday" is not a time',
    '       ^',
    'try "2h", "2026-05-01" or "2026-05-01T10:00Z"',
  ],
  ['time > 5', 'bad-time', '5 is not a time', '       ^', 'try "2h", "2026-05-01" or "2026-05-01T10:00Z"'],
  ['time = true', 'bad-time', 'true is not a time', '       ^', 'try "2h", "2026-05-01" or "2026-05-01T10:00Z"'],
  ['data. = 1', 'bad-expression', 'a key was expected after the dot', '     ^'],
  ['data["x = 1', 'bad-expression', 'the key that starts here has no closing double quote', '     ^'],
  ["data['x'] = 1", 'bad-expression', 'a key in brackets stands in double quotes, found a single quote', '     ^'],
  ['data[x] = 1', 'bad-expression', 'a number or a key in double quotes was expected in brackets, found x', '     ^'],
  ['ok = true] ', 'bad-expression', '] is not used here: no bracket is open', '         ^'],
];

describe('a --where that cannot be read', () => {
  it.each<Case>(cases)('%j', (text, code, message, caret, hint = tryThese) => {
    const line = text.replaceAll('\t', ' ');
    expect(refusal(text)).toBe(`${code}: --where: ${message}\n  ${line}\n  ${caret}\n${hint}`);
  });

  it('is shown by the line in question only', () => {
    expect(refusal('ok = true\nand\tmethd = "x"\nand line = 1')).toBe(
      'unknown-column: --where: no column is called methd\n' +
        '  and methd = "x"\n' +
        '      ^\n' +
        'did you mean method? a raw path works too: data.request.accessType',
    );
  });

  it('is shown in part when the line is long', () => {
    const before = 'ok = true and '.repeat(20);
    const after = ' and ok = true'.repeat(20);

    expect(refusal(`${before}ok!${after}`)).toBe(
      'bad-expression: --where: ! is not used here: write not\n' +
        '  … ok = true and ok = true and ok = true and ok! and ok = true and ok = true and ok = true a…\n' +
        '                                                ^\n' +
        tryThese,
    );
  });

  it('counts characters, not code units, up to the caret', () => {
    expect(refusal('method = "😀😀" oder')).toBe(
      'bad-expression: --where: expected and, or, or the end, found oder\n' +
        `  method = "😀😀" oder\n                ^\n${tryThese}`,
    );
  });

  it.each(['('.repeat(1000), `${'('.repeat(1000)}ok = true${')'.repeat(1000)}`, 'not ('.repeat(100_000)])(
    'because it nests too deep ends cleanly',
    (text) => {
      expect(refusal(text)).toContain('more than 500 parentheses are open here');
    },
  );

  it('always ends in an AuditError, whatever was typed', () => {
    const piece = fc.constantFrom(
      'method',
      'data.x',
      'data["a',
      '"]',
      '[0]',
      '=',
      '!=',
      '<',
      '~',
      '(',
      ')',
      ',',
      'in',
      'and',
      'or',
      'not',
      'exists',
      '"x"',
      '"',
      '404',
      '-1',
      'true',
      '/',
      '/x/',
      '\\',
      "'",
      '.',
      ' ',
      '\n',
      '😀',
      '\ud800',
      'time',
      '"2h"',
    );
    const typed = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(' ')),
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        try {
          parseWhere(text, context);
        } catch (error) {
          expect(error).toBeInstanceOf(AuditError);
        }
      }),
      { seed: 8, numRuns: 1500 },
    );
  });

  it.each([
    '"'.repeat(50_000),
    'data['.repeat(20_000),
    'a.'.repeat(50_000),
    `method ~ /${'['.repeat(50_000)}`,
    `method = "${'\\\\'.repeat(50_000)}`,
  ])('is refused quickly however long it is', (text) => {
    const started = performance.now();

    expect(() => parseWhere(text, context)).toThrow(AuditError);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
