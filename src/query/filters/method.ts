import { aliasGroup, withoutPrefix } from '../../record/catalog.ts';
import { anyOf, match } from '../combine.ts';
import type { Expr } from '../expr.ts';
import { fold } from '../fold.ts';
import { isPlainText, parseTextPattern } from '../text-pattern.ts';
import type { Filter, FilterContext } from './filter.ts';

export const method: Filter = {
  name: 'method',
  short: 'm',
  placeholder: 'NAME',
  help: 'method, any case, with or without prefix, any known alias',
  group: 'What',
  negatable: true,
  takesList: true,
  examples: ['DeleteTopics', 'Delete*', '/^(create|delete)/i'],
  namesIn: 'methodNames',
  parse: (values, context) => anyOf(values.map((value) => methodMatch(value, context))),
};

/** A plain name goes by its aliases and prefix, `--exact` or not; a glob sees both names of the record, a regex the recorded one. */
function methodMatch(value: string, { exact }: FilterContext): Expr {
  if (isPlainText(value, exact)) return nameMatch(value);
  const pattern = parseTextPattern(value, { flag: 'method', exact, fold: true });
  const name = pattern.kind === 'regex' ? 'method' : 'methodNames';
  return match({ kind: 'column', name }, { kind: 'text', pattern });
}

/**
 * A name typed without prefix fits whatever prefix was recorded. One typed with a prefix looks at the
 * recorded name only, so that it cannot fit under another prefix; an alias without prefix may then
 * carry the same one.
 */
function nameMatch(name: string): Expr {
  const spellings = [name, ...aliasGroup(name)];
  const bare = withoutPrefix(name);
  if (bare === undefined) return amongNames('methodNames', spellings);
  const prefix = name.slice(0, name.length - bare.length);
  const prefixed = spellings.filter((s) => withoutPrefix(s) === undefined).map((s) => prefix + s);
  return amongNames('method', [...spellings, ...prefixed]);
}

function amongNames(name: 'method' | 'methodNames', names: readonly string[]): Expr {
  return match({ kind: 'column', name }, { kind: 'among', values: new Set(names.map(fold)), fold: true });
}
