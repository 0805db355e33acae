import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type CorpusOptions,
  corpusBlocks,
  corpusFacts,
  corpusLines,
  profileNames,
  spellingNames,
} from '../../bench/corpus/corpus.ts';
import { hardRules } from '../../bench/corpus/hard.ts';
import { malformedRules } from '../../bench/corpus/malformed.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { matchesOf } from '../helpers/pipeline.ts';

const everyCombination = profileNames.flatMap((profile) => spellingNames.map((spelling) => ({ profile, spelling })));

describe('corpus', () => {
  it.each(everyCombination)('$profile $spelling: only records to our reader', async ({ profile, spelling }) => {
    const { lines, blank, malformed } = await read({ profile, spelling, size: { lines: 600 } });

    expect({ lines, blank, malformed }).toEqual({ lines: 600, blank: 0, malformed: [] });
  });

  it.each(everyCombination)('$profile $spelling: every line counts as what it was made to be', async (shape) => {
    const options: CorpusOptions = { ...shape, hard: 0.6, malformed: 0.2, size: { lines: 2000 } };
    const made = [...corpusLines(options)];
    const broken = made.flatMap(({ kind }, i) => (kind === 'malformed' ? [i + 1] : []));

    const { lines, blank, malformed } = await read(options);

    expect(lines).toBe(2000);
    expect(blank).toBe(made.filter(({ kind }) => kind === 'blank').length);
    expect(malformed).toEqual(broken);
    expect(new Set(made.map(({ rule }) => rule))).toEqual(
      new Set([undefined, ...[...hardRules, ...malformedRules].map(({ name }) => name)]),
    );
  });

  it('gives the same bytes for the same seed, on every runtime', () => {
    const options: CorpusOptions = { hard: 0.05, malformed: 0.05, size: { bytes: 2 ** 20 } };
    const digest = (more: Partial<CorpusOptions>): string => {
      const hash = createHash('sha256');
      for (const block of corpusBlocks({ ...options, ...more })) hash.update(block);
      return hash.digest('hex').slice(0, 16);
    };

    expect(spellingNames.map((spelling) => digest({ spelling }))).toEqual([
      'efd65db44973b18c',
      '94a303d82ad2cd40',
      'fe15f4f62db3ae61',
    ]);
    expect(digest({ seed: 2 })).not.toBe(digest({ seed: 1 }));
  });

  it('gives in blocks what it gives in lines, and stops with the line that reaches the size', () => {
    const options: CorpusOptions = { hard: 0.1, malformed: 0.1, size: { bytes: 10 * 2 ** 20 } };

    const blocks = Buffer.concat([...corpusBlocks(options)]);
    const lines = [...corpusLines(options)].map(({ bytes }) => bytes);

    expect(blocks.equals(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])))).toBe(true);
    expect(blocks.length).toBeGreaterThanOrEqual(10 * 2 ** 20);
    expect(blocks.length - (lines.at(-1)?.length ?? 0) - 1).toBeLessThan(10 * 2 ** 20);
  });

  it('keeps the rates it is asked for', () => {
    const lines = [...corpusLines({ hard: 0.1, malformed: 0.02, size: { lines: 20_000 } })];
    const share = (kinds: readonly string[]): number =>
      lines.filter(({ kind }) => kinds.includes(kind)).length / 20_000;

    expect(share(['hard'])).toBeCloseTo(0.098, 2);
    expect(share(['malformed', 'blank'])).toBeCloseTo(0.02, 2);
  });

  it('has the means its profiles promise', () => {
    const meanLength = (profile: CorpusOptions['profile']): number => {
      const lines = [...corpusLines({ ...(profile && { profile }), size: { lines: 10_000 } })];
      return Math.round(lines.reduce((sum, { bytes }) => sum + bytes.length + 1, 0) / lines.length / 100) / 10;
    };

    expect(profileNames.map((name) => [name, meanLength(name)])).toEqual([
      ['mixed', 1.7],
      ['checks', 1.2],
      ['flink', 1.8],
    ]);
  });

  it('answers the questions of the bench with the shares they are meant to have', async () => {
    const count = 40_000;
    const { rareMethod, principal, crnPrefix, since, until, network } = corpusFacts({});
    const source = memorySource('corpus', Buffer.concat([...corpusBlocks({ size: { lines: count } })]));
    const percent = async (filters: Record<string, readonly string[]>): Promise<number> => {
      const typed = Object.entries(filters).map(([name, values]) => ({ name, negated: false, values }));
      return ((await matchesOf([source], typed)).places.length / count) * 100;
    };

    expect(await percent({ method: [rareMethod] })).toBe(0.1);
    expect(await percent({ principal: [principal] })).toBeCloseTo(3, 0);
    expect(await percent({ crn: [crnPrefix] })).toBeCloseTo(5, 0);
    expect(await percent({ since: [since], until: [until] })).toBeCloseTo(1, 1);
    expect(await percent({ ip: [network] })).toBeCloseTo(3, 0);
    expect(await percent({ failed: [] })).toBeCloseTo(4, 0);
  });
});

/** What our reader makes of a corpus; `malformed` are line numbers. */
async function read(options: CorpusOptions): Promise<{ lines: number; blank: number; malformed: number[] }> {
  const source = memorySource('corpus', Buffer.concat([...corpusBlocks(options)]));
  const counted = { lines: 0, blank: 0, malformed: [] as number[] };
  for await (const batch of readRecords(source, new AbortController().signal)) {
    counted.lines += batch.lines;
    counted.blank += batch.blank;
    counted.malformed.push(...batch.malformed.map(({ at }) => at.line));
  }
  return counted;
}
