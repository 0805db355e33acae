import { type Result, results } from '../../record/outcome.ts';
import { anyOf, match } from '../combine.ts';
import type { Expr } from '../expr.ts';
import { fold } from '../fold.ts';
import { parseTextPattern } from '../text-pattern.ts';
import type { Filter, FilterContext } from './filter.ts';

export const result: Filter = {
  name: 'result',
  placeholder: 'WORD',
  help: 'SUCCESS, FAILURE, ALLOW, DENY, UNKNOWN or the raw word',
  group: 'Result',
  negatable: true,
  takesList: true,
  examples: ['DENY', 'FAILURE', 'UNAUTHENTICATED'],
  parse: (values, context) => anyOf(values.map((value) => wordMatch(value, context))),
};

export const ok: Filter = {
  name: 'ok',
  help: 'what worked: SUCCESS or ALLOW',
  group: 'Result',
  negatable: true,
  takesList: false,
  examples: ['--ok', '--not-ok'],
  parse: () => oneOf(['SUCCESS', 'ALLOW']),
};

export const failed: Filter = {
  name: 'failed',
  help: 'what did not work: FAILURE or DENY',
  group: 'Result',
  negatable: true,
  takesList: false,
  examples: ['--failed', '--not-failed'],
  parse: () => oneOf(['FAILURE', 'DENY']),
};

const unified: ReadonlySet<string> = new Set(results.map(fold));

/**
 * One of the five words means the result, so that SUCCESS does not find the sign-in of a refused
 * request. Any other pattern looks at the result and at the raw words that are none of the five.
 */
function wordMatch(value: string, { exact }: FilterContext): Expr {
  const pattern = parseTextPattern(value, { flag: 'result', exact, fold: true });
  const onResult = match({ kind: 'column', name: 'result' }, { kind: 'text', pattern });
  if (pattern.kind === 'exact' && unified.has(fold(pattern.text))) return onResult;
  const onRaw = match({ kind: 'column', name: 'resultWords' }, { kind: 'text', pattern, except: results });
  return pattern.kind === 'exact' ? onRaw : anyOf([onResult, onRaw]);
}

function oneOf(words: readonly Result[]): Expr {
  return match({ kind: 'column', name: 'result' }, { kind: 'among', values: new Set(words), fold: false });
}
