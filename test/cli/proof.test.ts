import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { proofSections, proofsOf, withProof } from '../../src/cli/proof.ts';
import { planFor } from '../../src/engine/plan.ts';
import { buildQuestion } from '../../src/query/question.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';
import { context, given } from '../query/ask.ts';

function inquiryOf(flags: readonly string[] = []): Parameters<typeof proofsOf>[0] {
  const command = commands[0] ?? expect.fail();
  return {
    invocation: { command, operands: [], flags: new Map(flags.map((flag) => [flag, []])) },
    plan: planFor(buildQuestion([given('method', 'Get*')], context)),
  };
}

const records = [
  ['a', 'GetX'],
  ['a', 'GetX'],
  ['b', 'PutX'],
  [undefined, 'GetY'],
  ['c', 'GetX'],
].map(([id, methodName], i) =>
  recordOf({ ...(id !== undefined && { id }), type: 't', data: { methodName } }, { file: 'f', line: i + 1 }),
);

async function again(see: (record: AuditRecord) => unknown): Promise<void> {
  for (const record of records) see(record);
}

function methodOf(record: AuditRecord): string[] {
  return [String(cellOf(record, 'method'))];
}

describe('proofs', () => {
  test('are the matching records behind the keys that are wanted, in input order', async () => {
    expect(await proofsOf(inquiryOf(), again, new Set(['GetX', 'PutX', 'none']), methodOf)).toEqual(
      new Map([
        [
          'GetX',
          [
            { id: 'a', file: 'f', line: 1 },
            { id: 'a', file: 'f', line: 2 },
            { id: 'c', file: 'f', line: 5 },
          ],
        ],
      ]),
    );
    expect(await proofsOf(inquiryOf(), again, new Set(['GetY']), methodOf)).toEqual(
      new Map([['GetY', [{ id: undefined, file: 'f', line: 4 }]]]),
    );
  });

  test('leave out what --dedupe leaves out', async () => {
    const proofs = await proofsOf(inquiryOf(['dedupe']), again, new Set(['GetX']), methodOf);

    expect(proofs.get('GetX')?.map(({ line }) => line)).toEqual([1, 5]);
  });

  test('name a record once for a key, however often it has it', async () => {
    const proofs = await proofsOf(inquiryOf(), again, new Set(['k']), () => ['k', 'k']);

    expect(proofs.get('k')?.map(({ line }) => line)).toEqual([1, 2, 4, 5]);
  });

  test('that are too many are refused, not cut', async () => {
    await expect(proofsOf(inquiryOf(), again, new Set(['GetX']), methodOf, 2)).rejects.toThrow(
      '--proof: more than 2 records stand behind these rows; they do not fit in memory',
    );
  });
});

const some = (count: number): { id: string; file: string; line: number }[] =>
  Array.from({ length: count }, (_, i) => ({ id: `e-${i}`, file: 'f', line: i + 1 }));

test('people see the first five records of a row and the command that finds all', () => {
  const [five, six] = proofSections([
    { title: 'x', filter: 'audit-cli filter f', records: some(5) },
    { title: 'y', filter: 'audit-cli filter g', records: some(1006) },
  ]);

  expect(five?.lines).toEqual([
    'e-0  f:1',
    'e-1  f:2',
    'e-2  f:3',
    'e-3  f:4',
    'e-4  f:5',
    'found by: audit-cli filter f',
  ]);
  expect(six?.lines?.slice(4)).toEqual(['e-4  f:5', '… and 1,001 more: audit-cli filter g']);
});

test('programs get all of them, in three more columns', () => {
  const report = withProof({ columns: [{ name: 'n', type: 'count' }], rows: [[2]] }, [
    { title: 'x', filter: 'audit-cli filter f', records: [...some(1), { id: undefined, file: 'g', line: 7 }] },
  ]);

  expect(report.columns.map(({ name }) => name)).toEqual(['n', 'ids', 'places', 'filter']);
  expect(report.rows).toEqual([[2, ['e-0', ''], ['f:1', 'g:7'], 'audit-cli filter f']]);
  expect(report.sections?.(undefined).map(({ name }) => name)).toEqual(['', 'Proof of x']);
});
