import { badValue } from './bad-value.ts';
import { allOf, not } from './combine.ts';
import type { Expr } from './expr.ts';
import type { Filter, FilterContext } from './filters/filter.ts';
import { filterNamed } from './filters/index.ts';
import { checkWindow, splitWindow, type TimeWindow, windowMatch } from './time-window.ts';
import { expandValues } from './values.ts';

/** One filter flag as typed. Give the occurrences of a flag together or apart: they mean the same. */
export interface FilterArgument {
  /** The long flag without dashes and without `not-`. */
  readonly name: string;
  readonly negated: boolean;
  /** In order, not yet split; empty for a flag without values. */
  readonly values: readonly string[];
}

/** What the filter flags ask for together. */
export interface Question {
  /** All of it. */
  readonly expr: Expr;
  /** The time window demanded of every record; undefined when no time was asked for. */
  readonly window: TimeWindow | undefined;
  /** All but the time window, to tell "outside time" from "not matched". */
  readonly rest: Expr;
}

/**
 * Different flags narrow, values of one flag widen, `--not-x` keeps what no value of it matches, records
 * without such a thing included. Throws an AuditError for a value that cannot be used.
 */
export function buildQuestion(args: readonly FilterArgument[], context: FilterContext): Question {
  const { window, rest } = splitWindow(allOf(exprsOf(args, context)));
  if (window === undefined) return { expr: rest, window, rest };
  checkWindow(window);
  return { expr: allOf([windowMatch(window), rest]), window, rest };
}

/** Only what to look for, when the window does not matter apart. */
export function buildExpr(args: readonly FilterArgument[], context: FilterContext): Expr {
  return buildQuestion(args, context).expr;
}

/**
 * True when the answer depends on what "now" is: with `--now last` the newest record then has to be
 * found first. Throws like {@link buildQuestion}.
 */
export function readsNow(args: readonly FilterArgument[], context: FilterContext): boolean {
  let read = false;
  const watched: FilterContext = {
    ...context,
    get now() {
      read = true;
      return context.now;
    },
  };
  exprsOf(args, watched);
  return read;
}

/** The values of one argument, split and read from files. */
export function valuesOf({ name, negated, values }: FilterArgument, context: FilterContext): readonly string[] {
  const filter = filterNamed(name);
  if (!filter.takesList) return values;
  const flag = negated ? `not-${name}` : name;
  const { exact, readFile } = context;
  const { keepsBlanks = false, examples } = filter;
  return expandValues(values, { flag, exact, keepsBlanks, examples, readFile });
}

/** What each flag asks for. Flags that another one takes are read by that one. */
function exprsOf(args: readonly FilterArgument[], context: FilterContext): Expr[] {
  const all = grouped(args);
  const takenNames = new Set(all.flatMap(({ name }) => filterNamed(name).takes ?? []));
  const isTaken = ({ name, negated }: FilterArgument): boolean => !negated && takenNames.has(name);
  const taken = new Map(all.filter(isTaken).map((arg) => [arg.name, takenValues(arg, context)]));
  return all.filter((arg) => !isTaken(arg)).map((arg) => exprOf(arg, context, taken));
}

function exprOf(arg: FilterArgument, context: FilterContext, taken: ReadonlyMap<string, readonly string[]>): Expr {
  const filter = filterNamed(arg.name);
  const values = valuesOf(arg, context);
  if (filter.placeholder !== undefined && values.length === 0) {
    // An empty file of things to leave out leaves out nothing; one of things to find is a mistake.
    if (arg.negated) return { kind: 'all' };
    throw noValues(filter, arg);
  }
  const expr = filter.parse(values, context, taken);
  return arg.negated ? not(expr) : expr;
}

function takenValues(arg: FilterArgument, context: FilterContext): readonly string[] {
  const values = valuesOf(arg, context);
  if (values.length === 0) throw noValues(filterNamed(arg.name), arg);
  return values;
}

function noValues(filter: Filter, arg: FilterArgument): Error {
  const { name, examples } = filter;
  return badValue({
    code: 'empty-value',
    flag: name,
    value: arg.values.join(','),
    reason: 'no value in the file',
    examples,
  });
}

/** One argument for each flag and sign, in the order of first mention. */
function grouped(args: readonly FilterArgument[]): FilterArgument[] {
  const byFlag = new Map<string, FilterArgument>();
  for (const arg of args) {
    const key = `${arg.negated} ${arg.name}`;
    const before = byFlag.get(key);
    byFlag.set(key, before === undefined ? arg : { ...arg, values: [...before.values, ...arg.values] });
  }
  return [...byFlag.values()];
}
