import { AuditError } from '../diag/diagnostic.ts';
import { parseNow, type TimeContext, usesNow } from '../query/time-value.ts';
import { instantOf } from '../record/time.ts';
import type { Invocation } from './command.ts';
import { textFlag, zoneFlag } from './options.ts';
import type { Recipe } from './recipes/recipe.ts';
import type { Terminal } from './terminal.ts';

/** The plain command line that a recipe stands for, as if it had been typed. What was typed takes the place of what is usual. */
export async function expandRecipe(
  recipe: Recipe,
  asked: Invocation,
  terminal: Pick<Terminal, 'now'>,
): Promise<Invocation> {
  const [operand = '', ...files] = recipe.operand === undefined ? ['', ...asked.operands] : asked.operands;
  const context = await contextOf(recipe, operand, asked, terminal);
  const {
    operands = [],
    fixed = {},
    usual = {},
  } = recipe.expand({
    operand,
    typed: (long) => textFlag(asked, long),
    context,
  });
  const own = new Set(recipe.ownFlags?.map(({ long }) => long));
  const typed = [...asked.flags].filter(([long]) => !own.has(long));
  const twice = typed.find(([long]) => Object.hasOwn(fixed, long));
  if (twice !== undefined) throw isFixed(recipe, twice[0]);
  return {
    command: asked.command,
    operands: [...operands, ...files],
    flags: new Map([...Object.entries(fixed), ...Object.entries(usual), ...typed]),
  };
}

async function contextOf(
  recipe: Recipe,
  operand: string,
  asked: Invocation,
  terminal: Pick<Terminal, 'now'>,
): Promise<TimeContext> {
  const zone = await zoneFlag(asked);
  const milliseconds = terminal.now();
  const second = Math.floor(milliseconds / 1000);
  const clock = instantOf(second, (milliseconds - second * 1000) * 1_000_000);
  const text = textFlag(asked, 'now');
  const now = text === undefined ? clock : parseNow(text, { now: clock, zone });
  if (now === 'last' && recipe.operand === 'TIME' && recipe.ownFlags !== undefined && usesNow(operand))
    throw newestIsNotKnown(operand);
  return { now: now === 'last' ? clock : now, zone };
}

function newestIsNotKnown(operand: string): AuditError {
  return new AuditError({
    code: 'bad-time',
    message: `${JSON.stringify(operand)} cannot count from --now last here: nothing has been read yet`,
    hint: 'give the time itself: 2026-05-01T10:00Z or 2026-05-01',
  });
}

function isFixed({ name, operand, command }: Recipe, long: string): AuditError {
  return new AuditError({
    code: 'flags-conflict',
    message: `--${long} is what ${name} makes of ${operand}: give it once`,
    hint: `leave --${long} out, or ask without the recipe: audit-cli ${command} --${long} …`,
  });
}
