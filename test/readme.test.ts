/** Every `$ audit-cli …` example of the documents is run, in order, and must print what the document shows. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  anyLines,
  type DocumentedCommand,
  documentedCommands,
  matchesShown,
  withOutputs,
} from './helpers/console-blocks.ts';
import { projectRoot, runShell } from './helpers/run-cli.ts';
import { withSandbox } from './helpers/sandbox.ts';
import { withoutVolatile } from './helpers/volatile.ts';

const update = process.env.UPDATE_GOLDEN === '1';

describe('examples in documents print what is shown', () => {
  test.for(documents())('%s', async (name) => {
    const path = join(projectRoot, name);
    const markdown = readFileSync(path, 'utf8');
    const commands = documentedCommands(markdown);

    const outputs = new Map<DocumentedCommand, string[]>();
    await withSandbox(async (cwd) => {
      for (const command of commands) outputs.set(command, await outputOf(command.command, cwd, answersOnly.has(name)));
    });

    const outdated = [...outputs].filter(([command, output]) => !isCurrent(command, output));
    if (update) writeFileSync(path, withOutputs(markdown, new Map(outdated)));
    for (const [command, output] of outdated) {
      if (update && !command.shown.includes(anyLines)) continue;
      expect(comparable(output), `${name}:${command.line} $ ${command.command}`).toEqual(comparable(command.shown));
    }
  });
});

test('the forty questions have numbers, and each has a command or says what will answer it', () => {
  const markdown = readFileSync(join(projectRoot, 'docs/questions.md'), 'utf8');
  const sections = markdown.split(/^(?=### )/m).slice(1);

  expect(sections.map((section) => Number(/^### (\d+)\. /.exec(section)?.[1]))).toEqual(
    Array.from({ length: 40 }, (_, i) => i + 1),
  );
  for (const section of sections) expect(documentedCommands(section)).not.toEqual([]);
});

test('the README shows examples', () => {
  expect(documentedCommands(readFileSync(join(projectRoot, 'README.md'), 'utf8'))).not.toEqual([]);
});

function documents(): string[] {
  const docs = readdirSync(join(projectRoot, 'docs')).filter((name) => name.endsWith('.md'));
  const all = ['README.md', 'samples/README.md', ...docs.map((name) => `docs/${name}`)];
  return all.filter((name) => existsSync(join(projectRoot, name)));
}

function isCurrent(command: DocumentedCommand, output: readonly string[]): boolean {
  return matchesShown(comparable(command.shown), comparable(output));
}

function comparable(output: readonly string[]): string[] {
  return lines(withoutVolatile(output.join('\n')));
}

/** Documents that leave out what goes to stderr. */
const answersOnly: ReadonlySet<string> = new Set(['docs/questions.md']);

async function outputOf(command: string, cwd: string, answerOnly: boolean): Promise<string[]> {
  // Merged in the order of writing, as on a terminal.
  const { stdout } = await runShell(answerOnly ? command : `exec 2>&1; ${command}`, { cwd });
  return lines(stdout);
}

function lines(text: string): string[] {
  const trimmed = text.replace(/\n+$/, '');
  return trimmed === '' ? [] : trimmed.split('\n');
}
