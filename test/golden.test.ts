/**
 * Golden cases: `cases/<area>/<name>/` holds `cmd` (a line of shell), what it must print in `stdout` and `stderr`, and its
 * `exit` code when that is not 0. `env` adds KEY=VALUE lines; every other file is an input, found by its name.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodingOf, projectRoot, type RunResult, runShell, textOf } from './helpers/run-cli.ts';
import { copyInto, withSandbox } from './helpers/sandbox.ts';
import { withoutVolatile } from './helpers/volatile.ts';

const casesFolder = join(projectRoot, 'test', 'cases');
const update = process.env.UPDATE_GOLDEN === '1';
const controlFiles = new Set(['cmd', 'stdout', 'stderr', 'exit', 'env']);

const cases = existsSync(casesFolder) ? folders(casesFolder).flatMap((area) => caseNames(area)) : [];

test('there are golden cases, each with a cmd file', () => {
  expect(cases).not.toEqual([]);
  expect(cases.filter((name) => !existsSync(join(casesFolder, name, 'cmd')))).toEqual([]);
});

test.concurrent.for(cases)('%s', async (name) => {
  const folder = join(casesFolder, name);

  const result = await runCase(folder);

  const actual = { exit: result.exit, stderr: withoutVolatile(result.stderr), stdout: withoutVolatile(result.stdout) };
  if (update) writeExpectation(folder, actual, result);
  expect(actual).toEqual(readExpectation(folder));
});

async function runCase(folder: string): Promise<RunResult> {
  const inputs = readdirSync(folder).filter((name) => !controlFiles.has(name));
  const env = existsSync(join(folder, 'env')) ? parseEnv(readFileSync(join(folder, 'env'), 'utf8')) : {};
  return withSandbox(async (cwd) => {
    await copyInto(cwd, folder, inputs);
    return runShell(readFileSync(join(folder, 'cmd'), 'utf8'), { cwd, env });
  });
}

interface Expectation {
  readonly exit: number;
  readonly stderr: string;
  readonly stdout: string;
}

function readExpectation(folder: string): Expectation {
  const missing = ['stdout', 'stderr'].filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) {
    throw new Error(
      `${folder.slice(projectRoot.length)} has no ${missing.join(' and no ')}: write it with UPDATE_GOLDEN=1 npm run test:golden`,
    );
  }
  const exitFile = join(folder, 'exit');
  return {
    exit: existsSync(exitFile) ? Number(readFileSync(exitFile, 'utf8')) : 0,
    stderr: withoutVolatile(textOf(readFileSync(join(folder, 'stderr')))),
    stdout: withoutVolatile(textOf(readFileSync(join(folder, 'stdout')))),
  };
}

function writeExpectation(folder: string, actual: Expectation, { stdoutBytes, stderrBytes }: RunResult): void {
  writeFileSync(join(folder, 'stdout'), actual.stdout, encodingOf(stdoutBytes));
  writeFileSync(join(folder, 'stderr'), actual.stderr, encodingOf(stderrBytes));
  if (actual.exit === 0) rmSync(join(folder, 'exit'), { force: true });
  else writeFileSync(join(folder, 'exit'), `${actual.exit}\n`);
}

function parseEnv(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('=') && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function caseNames(area: string): string[] {
  return folders(join(casesFolder, area)).map((name) => `${area}/${name}`);
}

function folders(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}
