import type { Diagnostic } from '../diag/diagnostic.ts';
import { nearest } from '../diag/nearest.ts';
import { catalog, withoutPrefix } from '../record/catalog.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import { withoutWord } from '../record/principal.ts';
import type { AuditRecord } from '../record/record.ts';
import { listed } from './bad-value.ts';
import type { FilterContext } from './filters/filter.ts';
import { filterNamed } from './filters/index.ts';
import { compilePredicate, type Predicate } from './predicate.ts';
import { type FilterArgument, valuesOf } from './question.ts';
import { isPlainText } from './text-pattern.ts';
import type { Watcher } from './watcher.ts';

/**
 * Watches whether each plain `--method` and `--principal` value stands in any record at all, whatever
 * the other filters say; one that does not is usually a slip, and gets the nearest names there are.
 * Costs nothing once every value has been seen. Undefined when there is nothing to watch.
 */
export function watchNames(args: readonly FilterArgument[], context: FilterContext): Watcher | undefined {
  let missing = args.flatMap((arg) => wantedNames(arg, context));
  if (missing.length === 0) return undefined;
  const reads = [...new Set(missing.flatMap(({ columns }) => columns))];
  let isEmpty = true;
  return {
    see: (record) => {
      isEmpty = false;
      if (missing.length === 0) return;
      missing = missing.filter((wanted) => !wanted.occursIn(record));
      for (const wanted of missing) wanted.near.see(record);
    },
    reads,
    settled: () => missing.length === 0,
    // Of an input without records it says nothing that this or that name is missing.
    end: () => (isEmpty ? [] : notes(missing)),
  };
}

interface Wanted {
  readonly flag: string;
  readonly value: string;
  readonly occursIn: Predicate;
  readonly near: NearNames;
  /** What the value is looked for in. */
  readonly columns: readonly ColumnName[];
}

/** Left out names are not watched: leaving out what never occurs is usual in scripts. */
function wantedNames(arg: FilterArgument, context: FilterContext): Wanted[] {
  const { name: flag, namesIn, parse } = filterNamed(arg.name);
  if (namesIn === undefined || arg.negated) return [];
  const plain = valuesOf(arg, context).filter((value) => isPlainText(value, context.exact));
  if (plain.length > mostWatched) return [];
  return plain.map((value) => ({
    flag,
    value,
    occursIn: compilePredicate(parse([value], context)),
    near: new NearNames(value, namesIn),
    // A method with its prefix is held against the recorded name alone.
    columns: flag === 'method' ? [namesIn, 'method'] : [namesIn],
  }));
}

/** A longer list was not typed by hand, and each value costs a test a record until it is seen. */
const mostWatched = 20;

/** How many names are kept for a value, and how many rejected ones are remembered to save the comparison. */
const mostNear = 50;
const mostFar = 1000;
/** Longer ones are not what anyone meant to type. */
const longestName = 200;

/** Counts the names in the records that are close to one value. */
class NearNames {
  readonly #value: string;
  readonly #column: ColumnName;
  readonly #counts = new Map<string, number>();
  readonly #far = new Set<string>();

  constructor(value: string, column: ColumnName) {
    this.#value = withoutWord(value);
    this.#column = column;
  }

  see(record: AuditRecord): void {
    const names = cellOf(record, this.#column);
    if (!Array.isArray(names)) return;
    // One record counts once: its first name that is near, the recorded one before the one without prefix.
    for (const name of names) if (this.#count(name)) return;
  }

  /** Best first, with counts: `DeleteStatement (12)`. */
  best(): string[] {
    return nearest(this.#value, this.#counts.keys()).map((name) => `${name} (${this.#counts.get(name)})`);
  }

  #count(name: string): boolean {
    const before = this.#counts.get(name);
    if (before !== undefined) {
      this.#counts.set(name, before + 1);
      return true;
    }
    if (name.length > longestName || this.#counts.size >= mostNear || this.#far.has(name)) return false;
    if (nearest(this.#value, [name]).length > 0) {
      this.#counts.set(name, 1);
      return true;
    }
    if (this.#far.size >= mostFar) this.#far.clear();
    this.#far.add(name);
    return false;
  }
}

const mostNotes = 5;

function notes(missing: readonly Wanted[]): Diagnostic[] {
  const shown = missing.slice(0, mostNotes).map(noteOn);
  const more = missing.length - shown.length;
  if (more === 0) return shown;
  return [...shown, { code: 'never-seen', severity: 'note', message: `${more} more names given are in no record` }];
}

function noteOn({ flag, value, near }: Wanted): Diagnostic {
  const seen = near.best();
  const message = `--${flag} ${value}: no record has it${seen.length === 0 ? '' : `; nearest seen: ${listed(seen)}`}`;
  const known = seen.length > 0 || flag !== 'method' ? [] : unknownMethodSuggestions(value);
  const hint = known.length === 0 ? {} : { hint: `The catalogue knows ${listed(known)}` };
  return { code: 'never-seen', severity: 'note', message, ...hint };
}

/** Catalogue names close to a method it does not know, with or without their prefix. */
function unknownMethodSuggestions(value: string): string[] {
  const names = catalog.methods.flatMap(({ method, aliases }) => [method, ...aliases]);
  const bare = names.flatMap((name) => withoutPrefix(name) ?? []);
  const all = [...names, ...bare];
  const typed = value.toLowerCase();
  return all.some((name) => name.toLowerCase() === typed) ? [] : nearest(value, all);
}
