import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { runCli } from '../../src/cli/cli.ts';
import { isObject } from '../../src/record/paths.ts';
import type { AuditRecord, JsonObject } from '../../src/record/record.ts';
import { makeFolder } from '../input/helpers/folder.ts';
import { bundledCli } from './bundled-cli.ts';
import { runInProcess } from './in-process.ts';
import { dumpOfSeeds, type Style } from './spellings.ts';

/** Every way to read lines: each has to give what JSON.parse gives. */
export const engines = ['truth', 'js', 'kernel,block=4096', 'kernel,block=65536,threads=2'] as const;

/** Nothing in them is damaged, so that a line that JSON.parse takes is all there is to know. */
export const readableStyles = {
  plain: { order: 'alternating', blanks: 'after', odd: 0, damaged: 0 },
  odd: { order: 'shuffled', blanks: 'any', odd: 6, damaged: 0 },
} as const satisfies Readonly<Record<string, Style>>;

export interface EngineRuns {
  /** The records of two files of random lines, by nothing but JSON.parse. */
  readonly records: readonly AuditRecord[];
  /** The JSON that a command line prints about them. */
  json(engine: string, args: readonly string[]): Promise<JsonObject>;
  remove(): void;
}

export async function engineRuns(style: Style, firstSeed: number): Promise<EngineRuns> {
  const folder = makeFolder();
  const cli: typeof runCli = await bundledCli(join(folder.path, 'cli'));
  const files = [0, 1].map((n) => {
    const path = join(folder.path, `${n}.ndjson`);
    const seeds = Array.from({ length: 120 }, (_, i) => firstSeed + 1000 * n + i);
    const dump = dumpOfSeeds(seeds, style);
    writeFileSync(path, dump);
    return { path, dump };
  });
  return {
    records: files.flatMap(({ path, dump }) => recordsIn(dump, path)),
    async json(engine, args) {
      const paths = files.map(({ path }) => path);
      const { stdout } = await runInProcess([...args, '-o', 'json', ...paths], {
        env: { AUDIT_CLI_SCAN: engine },
        cli,
      });
      return JSON.parse(Buffer.from(stdout, 'latin1').toString()) as JsonObject;
    },
    remove: folder.remove,
  };
}

function recordsIn(dump: Buffer, file: string): AuditRecord[] {
  return dump
    .toString()
    .split('\n')
    .flatMap((line, i) => {
      const value = parsed(line);
      return isObject(value) && isRecord(value) ? [{ raw: Buffer.from(line), at: { file, line: i + 1 }, value }] : [];
    });
}

function isRecord({ type, specversion, data }: JsonObject): boolean {
  return (typeof type === 'string' || typeof specversion === 'string') && isObject(data);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
