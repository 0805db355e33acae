/**
 * `npm test`: every check of the project in order. Each step prints one line, a failing one also its output, and the
 * next steps still run. The last line is the total: single tests plus one for each other step.
 *
 * ALSO_NODE=26 runs the tests a second time under that Node version. CI=true counts a skipped test as failed.
 */
import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const work = await mkdtemp(join(tmpdir(), 'audit-cli-check-'));
const inCi = process.env.CI === 'true';
const alsoNode = process.env.ALSO_NODE;

/** Readers that must all give what the golden cases say; by itself the program reads small inputs by the truth. */
const engines = ['kernel,block=4096', 'js', 'truth'];

const steps = [
  ['format and lint', () => tool('@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings')],
  ['types', () => tool('typescript/bin/tsc', '--noEmit', '-p', '.')],
  ['unused code', () => tool('knip/bin/knip.js', '--no-progress')],
  ['build', () => node('scripts/build.mjs')],
  ['package', checkPackage],
  ['generated docs', () => node('scripts/docs.mjs', '--check')],
  ['tests', () => checkTests([process.execPath])],
  ...engines.map((engine) => [
    `golden cases, AUDIT_CLI_SCAN=${engine}`,
    () => checkTests([process.execPath], { only: 'test/golden.test.ts', env: { AUDIT_CLI_SCAN: engine } }),
  ]),
  ...(alsoNode ? [[`tests on Node ${alsoNode}`, () => checkTests(otherNode(alsoNode))]] : []),
];

const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, check] of steps) {
  const started = performance.now();
  const { output, counts } = await check();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.failed === 0) console.log(`ok ${name} (${seconds} s)`);
  else console.log(`FAILED ${name} (${seconds} s)\n${indent(output)}`);
}
await rm(work, { recursive: true, force: true });

const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`;
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
// Set, not called: text still on its way into a pipe would be lost.
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * The package as a user gets it: what npm would publish is linted, unpacked, and started without its dependencies.
 */
async function checkPackage() {
  const pack = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', work]);
  if (!pack.ok) return asOneCheck(pack);
  const [{ filename, files }] = JSON.parse(pack.stdout);
  const paths = new Set(files.map((file) => file.path));
  const missing = ['README.md', 'LICENSE', 'CHANGELOG.md', 'bin/audit-cli.js', 'dist/types/index.d.ts'].filter(
    (path) => !paths.has(path),
  );
  if (missing.length > 0) return asOneCheck({ ok: false, output: `the package lacks ${missing.join(', ')}` });

  const archive = join(work, filename);
  const lint = await tool('publint/src/cli.js', 'run', archive, '--strict');
  if (lint.counts.failed > 0) return lint;
  const unpack = await run('tar', ['-xzf', archive, '-C', work]);
  if (!unpack.ok) return asOneCheck(unpack);
  return asOneCheck(await run(process.execPath, [join(work, 'package', 'bin', 'audit-cli.js'), '--version']));
}

/** Counts single tests. A test file that does not load and an error outside of any test count as one failure each. */
async function checkTests([command, ...args], { only, env } = {}) {
  const reportFile = join(work, `tests-${performance.now()}.json`);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--no-color', '--reporter=default'];
  const reports = ['--reporter=json', `--outputFile.json=${reportFile}`];
  const { ok, output } = await run(command, [...args, ...vitest, ...(only ? [only] : []), ...reports], env);
  if (!(await exists(reportFile))) return { output, counts: { passed: 0, failed: 1, skipped: 0 } };

  const report = JSON.parse(await readFile(reportFile, 'utf8'));
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const skippedNames = tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName);
  let failed = tests.filter((test) => test.status === 'failed').length + brokenFiles;
  if (failed === 0 && (!ok || passed === 0)) failed = 1;

  if (!inCi) return { output, counts: { passed, failed, skipped: skippedNames.length } };
  const listed = skippedNames.map((name) => `skipped, which counts as failed here: ${name}`);
  return {
    output: [output, ...listed].join('\n'),
    counts: { passed, failed: failed + skippedNames.length, skipped: 0 },
  };
}

function otherNode(version) {
  return [process.execPath, 'scripts/with-node.mjs', version, '--', 'node'];
}

/** A program of an installed package, run by this Node. */
function tool(path, ...args) {
  return node(join('node_modules', path), ...args);
}

async function node(...args) {
  return asOneCheck(await run(process.execPath, args));
}

function asOneCheck({ ok, output }) {
  return { output, counts: { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 } };
}

/** Runs in the project folder without stdin. `output` is stdout and stderr as they came. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => resolve({ ok: false, output: `${command}: ${error.message}`, stdout }));
    child.on('close', (code) => resolve({ ok: code === 0, output, stdout }));
  });
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

function indent(text) {
  return text.trimEnd().replaceAll(/^/gm, '  ');
}
