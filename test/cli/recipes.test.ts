import { describe, expect, it } from 'vitest';
import type { CommandInfo, Invocation } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { expandRecipe } from '../../src/cli/expand-recipe.ts';
import { recipes } from '../../src/cli/recipes/index.ts';
import { flagWords, operandWords } from '../../src/cli/reproducing.ts';
import { runInProcess } from '../helpers/in-process.ts';

describe('a recipe stands for a plain command line', () => {
  it.each([
    [
      'who-deleted orders/eu a.ndjson b.ndjson',
      "filter --resource '*=orders/eu' --method '*Delete*,Unbind*,Revoke*' --type request --sort time a.ndjson b.ndjson",
    ],
    ['what-did u-1', 'timeline --principal u-1'],
    [
      'what-changed-before 2026-03-18T02:10:00.5Z dumps',
      'timeline --until 2026-03-18T02:10:00.5Z --since 2026-03-17T02:10:00.500Z --access modification dumps',
    ],
    ['compromised-key ABCD', 'timeline --credential ABCD'],
    ['why-denied sa-1 a.ndjson', 'denials --principal sa-1 a.ndjson'],
    ['new-since 7d a.ndjson', 'first-seen --baseline-until 7d --key principal,ip a.ndjson'],
    [
      'off-hours a.ndjson b.ndjson',
      'timeline --outside-hours --hours 08:00-18:00 --days mon-fri --access modification a.ndjson b.ndjson',
    ],
    ['who-is alice@example.com a.ndjson', 'who alice@example.com a.ndjson'],
  ])('%s', async (typed, plain) => {
    expect(await expanded(typed.split(' '))).toBe(plain);
  });

  it('has an example for each, and no recipe twice', () => {
    const lines = commands.find(({ name }) => name === 'recipe')?.examples.map(({ line }) => line.split(' ')[2]);

    expect(lines).toEqual(recipes.map(({ name }) => name));
    for (const { name, operand, example, summary } of recipes) {
      expect([name, operand === undefined]).toEqual([name, example === undefined]);
      expect(summary).toMatch(/^[A-Z].{10,70}[^.]$/);
    }
  });
});

describe('what is typed besides', () => {
  it('is passed on, and takes the place of what is usual', async () => {
    expect(await expanded(['off-hours', 'a.ndjson'], { hours: ['7-20'], tz: ['Europe/Berlin'], output: ['csv'] })).toBe(
      'timeline --outside-hours --hours 7-20 --days mon-fri --access modification --tz Europe/Berlin --output csv a.ndjson',
    );
    expect(await expanded(['new-since', '7d'], { key: ['method'] })).toBe(
      'first-seen --baseline-until 7d --key method',
    );
  });

  it('may not be what the operand stands for', async () => {
    await expect(expanded(['what-did', 'u-1'], { principal: ['u-2'] })).rejects.toThrow(
      '--principal is what what-did makes of WHO: give it once',
    );
  });

  it('a window is that before the time, on the calendar of the zone', async () => {
    const asked = ['what-changed-before', '2026-03-30'];

    expect(await expanded(asked, { window: ['1mo'], tz: ['Europe/Berlin'] })).toBe(
      'timeline --until 2026-03-30T00:00:00+02:00 --since 2026-02-28T00:00:00+01:00 --access modification --tz Europe/Berlin',
    );
    expect(await expanded(asked, { since: ['2026-03-01'] })).toBe(
      'timeline --until 2026-03-30T00:00:00Z --since 2026-03-01 --access modification',
    );
  });

  it('a relative time counts from now, or from --now, but not from a record that nobody has read', async () => {
    const asked = ['what-changed-before', '2h'];
    const plain = (until: string, since: string, now = ''): string =>
      `timeline --until ${until} --since ${since} --access modification${now}`;

    expect(await expanded(asked)).toBe(plain('2026-05-05T22:00:00Z', '2026-05-04T22:00:00Z'));
    expect(await expanded(asked, { now: ['2026-01-02'] })).toBe(
      plain('2026-01-01T22:00:00Z', '2025-12-31T22:00:00Z', ' --now 2026-01-02'),
    );
    await expect(expanded(asked, { now: ['last'] })).rejects.toThrow('cannot count from --now last here');
    expect(await expanded(['new-since', '2h'], { now: ['last'] })).toBe(
      'first-seen --baseline-until 2h --key principal,ip --now last',
    );
  });

  it.each([['nonsense'], ['0s'], ['-2h']])('a window %s is refused', async (window) => {
    await expect(expanded(['what-changed-before', '2026-05-01'], { window: [window] })).rejects.toThrow(
      'expected a length of time above zero',
    );
  });
});

describe('an operand', () => {
  it('is one name of a resource, and of people and keys all that their flags take', async () => {
    expect(await expanded(['who-deleted', "it's, @home"])).toBe(
      "filter --resource '*=it'\\''s\\, @home' --method '*Delete*,Unbind*,Revoke*' --type request --sort time",
    );
    expect(await expanded(['what-did', 'u-1,u-2'])).toBe('timeline --principal u-1,u-2');
    expect(await expanded(['compromised-key', '@keys.txt'])).toBe('timeline --credential @keys.txt');
  });

  it('has to be there, before the files', async () => {
    for (const args of [['who-deleted'], ['who-deleted', 'package.json'], ['who-deleted', '-']]) {
      const { stderr, exit } = await runInProcess(['recipe', ...args]);

      expect(exit).toBe(2);
      expect(stderr).toMatch(
        /^audit-cli: who-deleted needs NAME before the files\n {2}audit-cli recipe who-deleted orders/,
      );
    }
  });
});

async function expanded(
  [name = '', ...operands]: readonly string[],
  flags: Record<string, string[]> = {},
): Promise<string> {
  const recipe = recipes.find((one) => one.name === name);
  if (recipe === undefined) throw new Error(name);
  const asked: Invocation = { command: commandOf(recipe.command), operands, flags: new Map(Object.entries(flags)) };
  const plain = await expandRecipe(recipe, asked, { now: () => Date.UTC(2026, 4, 6) });
  const words = [...plain.flags].flatMap(([long, values]) => flagWords({ name: long, negated: false, values }));
  return [plain.command.name, ...words, ...operandWords(plain.operands)].join(' ');
}

function commandOf(name: string): CommandInfo {
  const row = { name, summary: '', operands: '', groups: [], ownFlags: [], examples: [] };
  return { ...row, load: () => Promise.reject(new Error('not run')) };
}
