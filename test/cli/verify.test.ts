import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { evidenceDump } from '../helpers/evidence.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const dump = evidenceDump({ records: 600, damaged: true });
/** A record written anew: other bytes, the same content. */
const rewritten = dump.split('\n').slice(0, 5).map(rewrittenLine).join('\n');
const text = `${rewritten}\n${dump}`;

function rewrittenLine(line: string): string {
  const at = line.indexOf('{');
  const { data, ...rest } = JSON.parse(line.slice(at)) as { data: object };
  return `${line.slice(0, at)}${JSON.stringify({ data, ...rest })}`;
}

interface Report {
  readonly sources: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[];
  readonly accounting: { readonly diagnostics: unknown };
}

/** Without what is named after the input. */
function unnamed(stdout: string): unknown {
  const { sources, accounting, ...rest } = JSON.parse(stdout) as Report;
  const facts = sources.map(({ file: _, bytes: __, sha256: ___, ...facts }) => facts);
  const named = JSON.stringify({ ...rest, sources: facts, accounting: { ...accounting, diagnostics: [] } });
  return JSON.parse(named.replaceAll(/"file":"[^"]*"/g, '"file":"x"'));
}

describe('the same dump gives the same report', () => {
  test.each(['truth', 'js', 'kernel', 'kernel,block=4096'])('read by %s', async (scan) => {
    await withSandbox(async (folder) => {
      const plain = join(folder, 'dump.txt');
      const packed = join(folder, 'dump.txt.gz');
      writeFileSync(plain, text);
      writeFileSync(packed, gzipSync(text));
      const env = { AUDIT_CLI_SCAN: scan };

      const expected = await runInProcess(['verify', '-o', 'json', plain], { env: { AUDIT_CLI_SCAN: 'truth' } });
      const others = [
        await runInProcess(['verify', '-o', 'json', plain], { env }),
        await runInProcess(['verify', '-o', 'json', packed], { env }),
        await runInProcess(['verify', '-o', 'json', '-'], { env, stdin: { chunks: [Buffer.from(text)] } }),
      ];

      expect(unnamed(expected.stdout)).toMatchObject({
        records: 604,
        duplicates: { identical: 0, rewritten: 5, conflicting: 1, notCompared: 0 },
        silences: { found: 1 },
        findings: ['gaps', 'duplicates', 'conflicts', 'malformed'],
      });
      for (const other of others) expect(unnamed(other.stdout)).toEqual(unnamed(expected.stdout));
    });
  });
});

test('the sum is that of the stored bytes, compressed ones included', async () => {
  await withSandbox(async (folder) => {
    const file = join(folder, 'dump.gz');
    const bytes = gzipSync(text);
    // What stands behind the end of the data belongs to the file too.
    for (const stored of [bytes, bytes.subarray(0, 4000), Buffer.concat([bytes, Buffer.from('trailer')])]) {
      writeFileSync(file, stored);
      const { stdout } = await runInProcess(['verify', '-o', 'json', file]);
      const { sources } = JSON.parse(stdout) as Report;
      expect(sources).toMatchObject([
        { bytes: stored.length, sha256: createHash('sha256').update(stored).digest('hex') },
      ]);
    }
  });
});

test.each([
  ['conflicts', 10],
  ['gaps', 10],
  ['malformed', 10],
  ['duplicates', 10],
  ['any', 10],
  ['clock', 0],
  ['drift', 0],
  ['clock,drift', 0],
  ['clock,gaps', 10],
])('--fail-on %s on a damaged dump is exit %i, and 0 on a sound one', async (what, exit) => {
  await withSandbox(async (folder) => {
    const damaged = join(folder, 'damaged.txt');
    const sound = join(folder, 'sound.txt');
    writeFileSync(damaged, dump);
    writeFileSync(sound, evidenceDump({ records: 100, damaged: false }));

    expect((await runInProcess(['verify', '-q', '--fail-on', what, damaged])).exit).toBe(exit);
    expect((await runInProcess(['verify', '-q', '--fail-on', what, sound])).exit).toBe(0);
  });
});
