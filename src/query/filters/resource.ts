import { foldType } from '../../record/crn.ts';
import { badValue } from '../bad-value.ts';
import { anyOf, match } from '../combine.ts';
import type { Expr, TextPattern } from '../expr.ts';
import { parseTextPattern, regexParts } from '../text-pattern.ts';
import type { Filter, FilterContext } from './filter.ts';

const examples = ['topic=orders', 'statement=*-tmp', 'env*=env-1a2b3c'];

export const resource: Filter = {
  name: 'resource',
  placeholder: 'TYPE=NAME',
  help: 'any whole segment of any CRN, cloudResources included',
  group: 'What',
  negatable: true,
  takesList: true,
  examples,
  parse: (values, context) => anyOf(values.map((value) => segmentMatch(value, context))),
};

function segmentMatch(value: string, { exact }: FilterContext): Expr {
  const equals = value.indexOf('=');
  if (!exact && regexParts(value) !== undefined)
    throw badResource(value, 'a regular expression goes on the name, as in topic=/^ord/');
  if (equals <= 0 || equals === value.length - 1) throw badResource(value, 'TYPE=NAME was expected');
  // Types are compared without case, `_` and `-`; the pattern is put into the same form.
  const type = parseTextPattern(foldType(value.slice(0, equals)), { flag: 'resource', exact, fold: false });
  const typedName = value.slice(equals + 1);
  const names = [parseTextPattern(typedName, { flag: 'resource', exact, fold: false }), ...encodedName(typedName)];
  return anyOf(names.map((name) => match({ kind: 'column', name: 'crnTexts' }, { kind: 'segment', type, name })));
}

/** A name copied out of a CRN is percent-encoded: `%2A` is a star in the name, not a wildcard. */
function encodedName(typed: string): TextPattern[] {
  if (!typed.includes('%')) return [];
  try {
    const text = decodeURIComponent(typed);
    return text === typed ? [] : [{ kind: 'exact', text, fold: false }];
  } catch (error) {
    if (error instanceof URIError) return [];
    throw error;
  }
}

function badResource(value: string, reason: string): Error {
  return badValue({ code: 'bad-resource', flag: 'resource', value, reason, examples });
}
