/** Of a cache of several stretches no changed byte is believed: neither one of a section nor one of what is said of it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CacheFile } from '../../src/cache/cache-file.ts';
import { type Section, trailerBytes } from '../../src/cache/format.ts';
import { version } from '../../src/cli/version.ts';
import { ordinaryDump } from '../helpers/dumps.ts';
import { type InProcessResult, runInProcess } from '../helpers/in-process.ts';
import { randomOf } from '../helpers/random.ts';
import { withSandbox } from '../helpers/sandbox.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';
import { withoutVolatile } from '../helpers/volatile.ts';
import { open } from './helpers/answers.ts';

/** Looks at all that a cache holds. */
const seen = ['type', 'credential', 'originalPrincipal', 'email', 'ips', 'crns', 'resourceType', 'region'];
const question = ['summary', '-o', 'json', '--where', `not (${seen.map((name) => `${name} exists`).join(' and ')})`];

const damageNote = /^audit-cli: note: dump: its cache is not used and built anew: .*\n {2}audit-cli cache clear .*\n/m;

test('the answer is the same with any of them changed, and a note tells of it', async () => {
  await withSandbox(async (folder) => {
    const dump = join(folder, 'dump');
    const odd = dumpOfSeeds(
      Array.from({ length: 80 }, (_, n) => n),
      styles.hard,
    );
    writeFileSync(dump, Buffer.concat([Buffer.from(ordinaryDump(2000)), odd, Buffer.from(ordinaryDump(1500))]));
    const ask = async (env: Readonly<Record<string, string>>): Promise<InProcessResult> => {
      const { stdout, stderr, exit } = await runInProcess([...question, dump], { env });
      const told = withoutVolatile(Buffer.from(stderr, 'latin1').toString()).replaceAll(dump, 'dump');
      return { stdout: withoutVolatile(stdout), stderr: told, exit };
    };
    const truth = await ask({ AUDIT_CLI_SCAN: 'truth' });
    const cached = { XDG_CACHE_HOME: folder, AUDIT_CLI_CACHE: '1,least=0,rows=1000' };
    expect(await ask(cached)).toEqual(truth);
    const caches = join(folder, 'audit-cli', 'columns');
    const cache = join(caches, readdirSync(caches)[0] ?? '');
    const whole = readFileSync(cache);
    const trailer = Array.from({ length: trailerBytes }, (_, i) => whole.length - 1 - i);
    const flips = [...trailer, ...bytesOfSections(cache, whole), ...someBytes(whole, 300)];

    for (const [i, at] of flips.entries()) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(cache, damaged);
      const opened = await open(dump, caches, { tool: version() }, { signal: AbortSignal.abort() });
      opened.dump?.close();
      expect([opened.dump, opened.notes.map(({ code }) => code)], `byte ${at}`).toEqual([undefined, ['cache-damaged']]);
      // Each of these builds the cache anew.
      if (i % 10 !== 0) continue;

      const { stdout, stderr, exit } = await ask(cached);

      expect(stderr, `byte ${at}`).toMatch(damageNote);
      expect({ stdout, stderr: stderr.replace(damageNote, ''), exit }, `byte ${at}`).toEqual(truth);
    }
  });
}, 180_000);

/** A byte of each section, and one of each number that the index has of it: the digit stays one. */
function bytesOfSections(cache: string, whole: Buffer): readonly number[] {
  const file = new CacheFile(cache);
  file.close();
  const random = randomOf(1);
  return sectionsIn(file.index).flatMap((section) => {
    const entry = JSON.stringify(section);
    const at = whole.lastIndexOf(entry, -trailerBytes);
    const numbers = [...entry.matchAll(/\d(?!\d)/g)].map(({ index }) => at + index);
    return section.length === 0 ? numbers : [section.offset + random.below(section.length), ...numbers];
  });
}

function sectionsIn(value: unknown): readonly Section[] {
  if (typeof value !== 'object' || value === null) return [];
  return isSection(value) ? [value] : Object.values(value).flatMap(sectionsIn);
}

function isSection(value: object): value is Section {
  return 'offset' in value && 'length' in value && 'crc' in value;
}

function someBytes(whole: Buffer, count: number): readonly number[] {
  const random = randomOf(2);
  return Array.from({ length: count }, () => random.below(whole.length));
}
