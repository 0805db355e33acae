import { existsSync } from 'node:fs';
import { AuditError } from '../../diag/diagnostic.ts';
import type { ExitCode } from '../../diag/exit-codes.ts';
import { nearest } from '../../diag/nearest.ts';
import type { CommandInfo, Invocation, RunCommand } from '../command.ts';
import { expandRecipe } from '../expand-recipe.ts';
import type { Flag } from '../flags.ts';
import { flagsOf } from '../flags-of.ts';
import { switched, textFlag } from '../options.ts';
import { parseArguments } from '../program.ts';
import { recipes } from '../recipes/index.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { stderrStyles } from '../render.ts';
import { reportOnItself } from '../report-command.ts';
import { flagWords, operandWords } from '../reproducing.ts';
import type { Terminal } from '../terminal.ts';

/** Arguments come as they were typed: which flags there are hangs on which of the commands the recipe stands for. */
export function recipeAmong(commands: readonly CommandInfo[]): RunCommand {
  return (typed, terminal) => run(typed, terminal, commands);
}

async function run(typed: Invocation, terminal: Terminal, commands: readonly CommandInfo[]): Promise<ExitCode> {
  const [name, ...args] = typed.operands;
  if (name === undefined || name.startsWith('-')) return list(typed, terminal);
  const recipe = recipes.find((one) => one.name === name);
  if (recipe === undefined) throw noSuchRecipe(name);
  const command = commands.find((one) => one.name === recipe.command);
  if (command === undefined) throw new Error(`the recipe ${name} stands for no command`);
  const ownFlags = (recipe.ownFlags ?? []).map((flag): Flag => ({ ...flag, group: 'own' }));
  const asked = parseArguments(command, [...ownFlags, ...flagsOf(command)], args);
  if (recipe.operand !== undefined) checkOperand(recipe, recipe.operand, asked);
  const plain = await expandRecipe(recipe, asked, terminal);
  if (!switched(plain, 'quiet')) sayPlain(plain, terminal);
  const { run: runPlain } = await command.load();
  return runPlain(plain, terminal);
}

/** On stderr, so that the answer can be piped on. */
function sayPlain(plain: Invocation, terminal: Terminal): void {
  const flags = [...plain.flags].flatMap(([name, values]) => flagWords({ name, negated: false, values }));
  const line = ['= audit-cli', plain.command.name, ...flags, ...operandWords(plain.operands)].join(' ');
  terminal.stderr.write(`${stderrStyles(textFlag(plain, 'color'), terminal).dim(line)}\n`);
}

function list({ command, operands: args }: Invocation, terminal: Terminal): Promise<ExitCode> {
  const output = flagsOf(command).filter(({ group }) => group === 'output');
  const invocation = parseArguments(command, output, args);
  const [operand] = invocation.operands;
  if (operand !== undefined) throw nameFirst(operand);
  return reportOnItself(invocation, terminal, {
    object: { recipes: recipes.map(({ name, summary, operand: takes }) => ({ name, summary, takes: takes ?? null })) },
    sections: () => [
      {
        name: '',
        columns: [
          { name: 'recipe', type: 'exact' },
          { name: 'answers', type: 'text' },
        ],
        rows: recipes.map(({ name, summary, operand: takes }) => [[name, takes].filter(Boolean).join(' '), summary]),
      },
    ],
  });
}

/** A file in the place of the operand is a forgotten operand sooner than a name. */
function checkOperand(recipe: Recipe, takes: string, { operands: [operand, ...files] }: Invocation): void {
  if (operand !== undefined && operand !== '-' && (files.length > 0 || !existsSync(operand))) return;
  throw new AuditError({
    code: 'missing-operand',
    message: `${recipe.name} needs ${takes} before the files`,
    hint: `audit-cli recipe ${recipe.name} ${recipe.example ?? takes} ${operand ?? 'dump.ndjson'}`,
  });
}

function nameFirst(operand: string): AuditError {
  return new AuditError({
    code: 'usage',
    message: `the name of the recipe comes first, found ${operand} behind a flag`,
    hint: 'audit-cli recipe who-deleted orders dump.ndjson -o csv',
  });
}

function noSuchRecipe(name: string): AuditError {
  const names = recipes.map((recipe) => recipe.name);
  const [near] = nearest(name, names, 1);
  return new AuditError({
    code: 'unknown-recipe',
    message: `unknown recipe ${name}; there are ${names.join(', ')}`,
    hint: near === undefined ? 'audit-cli recipe lists them' : `did you mean audit-cli recipe ${near}?`,
  });
}
