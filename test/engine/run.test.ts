import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Accounting } from '../../src/engine/accounting.ts';
import { planFor } from '../../src/engine/plan.ts';
import { type Run, run } from '../../src/engine/run.ts';
import { type Source, SourceError } from '../../src/input/block.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { buildQuestion, type FilterArgument } from '../../src/query/question.ts';
import { cellOf } from '../../src/record/normalize.ts';
import { instantOf } from '../../src/record/time.ts';
import { utc } from '../../src/record/zone.ts';

const context = { exact: false, readFile: () => '', now: instantOf(0), zone: utc };

function planOf(typed: readonly FilterArgument[]) {
  return planFor(buildQuestion(typed, context));
}

async function ask(
  sources: readonly Source[],
  typed: readonly FilterArgument[],
  more: Partial<Run> = {},
): Promise<{ ids: string[]; accounting: Accounting }> {
  const ids: string[] = [];
  const accounting = await run({
    sources,
    read: readRecords,
    plan: planOf(typed),
    stage: {
      write(batch) {
        ids.push(...batch.map((record) => String(cellOf(record, 'id'))));
        return 'more';
      },
      gap: () => ids.push('--'),
      end: () => undefined,
    },
    drained: async () => undefined,
    outputClosed: () => false,
    signal: new AbortController().signal,
    ...more,
  });
  return { ids, accounting };
}

const filter = (name: string, ...values: string[]): FilterArgument => ({ name, negated: false, values });

const line = (id: string, method: string, time?: string): string =>
  JSON.stringify({ id, type: 'io.confluent.cloud/request', ...(time && { time }), data: { methodName: method } });

test('every record ends up in exactly one place of the accounting', async () => {
  const text = [
    line('a', 'DeleteStatement', '2026-01-01T00:00:01Z'),
    '',
    line('b', 'GetStatement', '2026-01-01T00:00:01Z'),
    'broken {',
    line('c', 'DeleteStatement', '2026-01-01T00:00:09Z'),
    line('a', 'DeleteStatement', '2026-01-01T00:00:01Z'),
    line('d', 'DeleteStatement'),
    '[1]',
  ].join('\n');

  const { ids, accounting } = await ask(
    [memorySource('f', `${text}\n`)],
    [
      filter('method', 'DeleteStatement'),
      filter('since', '2026-01-01T00:00:00Z'),
      filter('until', '2026-01-01T00:00:05Z'),
    ],
    { dedupe: true },
  );

  expect(ids).toEqual(['a']);
  expect(accounting).toEqual({
    sources: 1,
    unreadable: 0,
    bytes: Buffer.byteLength(text) + 1,
    lines: 8,
    blank: 1,
    noise: 0,
    noiseByKind: new Map(),
    malformed: 2,
    malformedByReason: new Map([
      ['not-json', 1],
      ['not-an-audit-record', 1],
    ]),
    records: 5,
    duplicates: 1,
    conflicting: 0,
    notMatched: 1,
    outsideWindow: 1,
    withoutTime: 1,
    matched: 1,
    afterLimit: 0,
    first: instantOf(1767225601),
    last: instantOf(1767225601),
    complete: true,
    stopped: undefined,
    diagnostics: [],
  });
});

test('a source that fails is named, what it gave counts, and the next one is read', async () => {
  const failing: Source = {
    name: 'bad.gz',
    rereadable: true,
    async *chunks() {
      yield Buffer.from(`${line('a', 'X')}\n`);
      throw new SourceError('compressed-cut-short', 'the gzip data ends early');
    },
  };

  const { ids, accounting } = await ask([failing, memorySource('good', line('b', 'X'))], []);

  expect(ids).toEqual(['a', 'b']);
  expect(accounting.complete).toBe(false);
  expect(accounting.diagnostics).toEqual([
    { code: 'compressed-cut-short', severity: 'error', message: 'the gzip data ends early', at: { file: 'bad.gz' } },
  ]);
});

test('a fault of our own is not taken for a fault of the input', async () => {
  const faulty: Source = {
    name: 'f',
    rereadable: true,
    chunks: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new TypeError('a bug')) }) }),
  };

  await expect(ask([faulty], [])).rejects.toThrow(TypeError);
});

test('reading stops at the last match that was asked for, and counts no line after it', async () => {
  const lines = ['a', 'b', 'c', 'd'].map((id) => `${line(id, 'X')}\n`).join('');

  const { ids, accounting } = await ask([memorySource('f', lines), memorySource('never', 'read')], [], { most: 2 });

  expect(ids).toEqual(['a', 'b']);
  expect(accounting).toMatchObject({ sources: 1, lines: 2, records: 2, matched: 2, afterLimit: 0, stopped: 'limit' });
});

test('with context the last match still gets its neighbours', async () => {
  const lines = ['a', 'B', 'c', 'd', 'B2'].map((id) => line(id, id.startsWith('B') ? 'Hit' : 'Miss')).join('\n');

  const { ids, accounting } = await ask([memorySource('f', lines)], [filter('method', 'Hit')], {
    most: 1,
    context: { before: 1, after: 1 },
  });

  expect(ids).toEqual(['a', 'B', 'c']);
  expect(accounting).toMatchObject({ matched: 1, stopped: 'limit' });
});

test('an output nobody reads any more ends the reading', async () => {
  const { accounting } = await ask([memorySource('f', line('a', 'X')), memorySource('g', line('b', 'X'))], [], {
    outputClosed: () => true,
  });

  expect(accounting).toMatchObject({ sources: 1, stopped: 'closed-pipe' });
});

test('an interrupted run says so, and its counts add up', async () => {
  const stop = new AbortController();
  const { accounting } = await ask([memorySource('f', `${line('a', 'X')}\n`.repeat(100_000), 4096)], [], {
    signal: stop.signal,
    onBatch: () => stop.abort(),
  });

  expect(accounting.stopped).toBe('interrupted');
  expect(accounting.records).toBeLessThan(100_000);
  expectToAddUp(accounting);
});

test('the accounting adds up whatever the lines are and however they are asked', async () => {
  const anyLine = fc.oneof(
    fc.constant(''),
    fc.string(),
    fc.json(),
    fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('X', 'Y')).map(([id, method]) => line(id, method)),
    fc.constantFrom(line('t', 'X', '2026-01-01T00:00:01Z'), line('t', 'X', '2027-01-01T00:00:01Z')),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyLine, { maxLength: 20 }), { maxLength: 3 }),
      fc.boolean(),
      fc.option(fc.nat(5), { nil: undefined }),
      fc.subarray([filter('method', 'X'), filter('since', '2026-06-01')]),
      async (files, dedupe, most, typed) => {
        const sources = files.map((lines, i) => memorySource(`f${i}`, lines.join('\n'), 7));
        const { ids, accounting } = await ask(sources, typed, { dedupe, most });

        expectToAddUp(accounting);
        expect(ids).toHaveLength(accounting.matched);
      },
    ),
    { seed: 11, numRuns: 200 },
  );
});

function expectToAddUp(a: Accounting): void {
  expect(a.blank + a.noise + a.malformed + a.records).toBe(a.lines);
  expect(a.duplicates + a.notMatched + a.outsideWindow + a.withoutTime + a.matched + a.afterLimit).toBe(a.records);
  expect([...a.noiseByKind.values()].reduce((sum, n) => sum + n, 0)).toBe(a.noise);
  expect([...a.malformedByReason.values()].reduce((sum, n) => sum + n, 0)).toBe(a.malformed);
}
