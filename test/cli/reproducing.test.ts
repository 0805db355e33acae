import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { reproducing, shellWord } from '../../src/cli/reproducing.ts';
import type { FilterArgument } from '../../src/query/question.ts';
import { parseInstant } from '../../src/record/time.ts';
import { utc } from '../../src/record/zone.ts';
import { hostileTexts, unsafeCharacter } from '../helpers/hostile.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const now = parseInstant('2026-05-06T12:00:00Z') ?? expect.fail();

function inquiryOf(asked: readonly FilterArgument[], operands: readonly string[], flags: [string, string[]][] = []) {
  const command = commands.find(({ name }) => name === 'filter') ?? expect.fail();
  return {
    invocation: { command, operands, flags: new Map(flags) },
    asked,
    context: { exact: false, readFile: () => '', now, zone: utc },
  };
}

function typed(name: string, ...values: string[]): FilterArgument {
  return { name, negated: false, values };
}

/** As a real shell splits it. */
function shellWords(line: string): string[] {
  const text = execFileSync('sh', ['-c', `set -- ${line}; printf '%s\\0' "$@"`], { encoding: 'utf8' });
  return text.split('\0').slice(0, -1);
}

test('the filters typed come first, then what the row has in common', () => {
  const asked = [typed('method', 'Delete*,Create*', 'x'), { name: 'ip', negated: true, values: ['10.0.0.0/8'] }];
  expect(
    reproducing(inquiryOf(asked, ['dumps/', 'a b.gz']), [
      ['principal', 'u-1'],
      ['ip', undefined],
    ]),
  ).toBe(
    `audit-cli filter --method 'Delete*,Create*' --method x --not-ip 10.0.0.0/8 ` +
      `--where 'principal = "u-1" and not ip exists' dumps/ 'a b.gz'`,
  );
});

test('an expression that was typed is narrowed, not widened', () => {
  expect(reproducing(inquiryOf([typed('where', 'ok = true', 'ip exists')], []), [['env', 'e']], ['line > 4'])).toBe(
    `audit-cli filter --where '((ok = true) or (ip exists)) and env = "e" and line > 4'`,
  );
});

test('relative times are resolved, because the command is run later', () => {
  expect(reproducing(inquiryOf([typed('since', '2h', '2026-05-06'), typed('until', 'now')], ['f']), [])).toBe(
    'audit-cli filter --since 2026-05-06T10:00:00Z --since 2026-05-06 --until 2026-05-06T12:00:00Z f',
  );
  expect(reproducing(inquiryOf([typed('where', 'time > "2h"')], ['f']), [])).toBe(
    `audit-cli filter --where '(time > "2h")' --now 2026-05-06T12:00:00Z f`,
  );
});

test('what else decides about the records is kept', () => {
  const flags: [string, string[]][] = [
    ['tz', ['local']],
    ['exact', []],
    ['dedupe', []],
    ['format', ['kcat']],
    ['output', ['csv']],
    ['top', ['5']],
  ];
  expect(reproducing(inquiryOf([typed('failed')], ['-odd', '-'], flags), [])).toBe(
    'audit-cli filter --failed --exact --dedupe --format kcat --tz UTC -- -odd -',
  );
});

test('types and numbers that only look equal are told apart', () => {
  expect(
    reproducing(inquiryOf([], []), [
      ['resourceType', 'FLINK.X'],
      ['data.a', '1.0'],
      ['data.b', '1'],
    ]),
  ).toBe(`audit-cli filter --where 'resourceType ~ "^FLINK\\\\.X$" and data.a ~ "^1\\\\.0$" and data.b = "1"'`);
});

/** A number that JSON can write and no double can hold. */
const tooLarge = Number.POSITIVE_INFINITY;

const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts.map(([, text]) => text), "it's", '$(id)', '`id`', '!!', '%s', '\\', '1e3', '-0', '~'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

test('a word is for the shell what it was', () => {
  fc.assert(
    fc.property(
      fc.array(
        hostile.filter((text) => !/[\0\ud800-\udfff]|\n$/.test(text)),
        { minLength: 1, maxLength: 20 },
      ),
      (texts) => {
        const line = texts.map(shellWord).join(' ');
        expect(line).not.toMatch(unsafeCharacter);
        expect(shellWords(line)).toEqual(texts);
      },
    ),
    propertyRuns(50),
  );
});

test('the command finds exactly the records of the group', async () => {
  const path = join(makeFolder().path, 'dump.ndjson');
  const keys = ['data.a', 'data.list', 'data["odd\u202e key"]', 'resourceType'] as const;
  const scalar = fc.oneof(
    hostile,
    fc.constantFrom('1', '1.0', '01', '1e0', 'Infinity', 1, 10, -0, tooLarge, true, 'true', null, undefined),
  );
  const record = fc.record({ a: scalar, list: fc.array(scalar, { maxLength: 2 }), odd: scalar, type: hostile });
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), async (made) => {
      const values = made.map(({ a, list, odd, type }, i) => ({
        id: String(i),
        type: 'io.confluent.cloud/request',
        data: { a, list, 'odd\u202e key': odd, cloudResources: [{ resource: { type } }] },
      }));
      writeFileSync(path, values.map(lineOf).join(''));
      for (const key of keys) {
        const groups = await groupsBy(key, path);
        for (const [value, ids] of groups) {
          const line = reproducing(inquiryOf([], [path]), [[key, value]]);
          expect(line).not.toMatch(unsafeCharacter);
          expect(line).not.toContain('"$(printf');
          const { stdout, stderr } = await runInProcess(shellWords(line).slice(1));
          const found = stdout
            .split('\n')
            .filter(Boolean)
            .map((text) => JSON.parse(text).id);
          expect(found, `${line}\n${stderr}`).toEqual(ids);
        }
      }
    }),
    propertyRuns(15),
  );
});

function lineOf(value: object): string {
  const text = JSON.stringify(value, (_, member: unknown) => (member === tooLarge ? '\u0001' : member));
  return `${text.replaceAll('"\\u0001"', '1e400')}\n`;
}

/** Ids by the value of an operand, each member of a list apart, as the program itself shows them. */
async function groupsBy(operand: string, path: string): Promise<Map<string | undefined, string[]>> {
  const { stdout, stderr } = await runInProcess(['filter', '-o', 'ndjson', '-F', `id,${operand}`, path]);
  const groups = new Map<string | undefined, string[]>();
  for (const line of stdout.split('\n').filter(Boolean)) {
    const [id, cell] = Object.values<unknown>(JSON.parse(Buffer.from(line, 'latin1').toString()));
    const members = Array.isArray(cell) ? (cell.length === 0 ? [null] : cell) : [cell];
    for (const member of new Set(members.map((one) => (one === null ? undefined : String(one))))) {
      groups.set(member, [...(groups.get(member) ?? []), String(id)]);
    }
  }
  expect(groups.size, stderr).toBeGreaterThan(0);
  return groups;
}
