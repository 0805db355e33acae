import type { Diagnostic } from '../diag/diagnostic.ts';

/** Ids are often copied in part, from a table that cut them or a chat. `isAlone`: nothing else was asked for. */
export function noSuchId(ids: readonly string[], isAlone: boolean): Diagnostic {
  const [only = ''] = ids;
  // A whole UUID has 36 characters.
  const isPart = isAlone && ids.length === 1 && /^[\w-]{1,35}$/.test(only);
  return {
    code: 'no-such-id',
    severity: 'note',
    message: `no record matches --id ${ids.join(' --id ')}${isAlone ? '' : ' and the other filters'}`,
    ...(isPart && { hint: `if that is only the beginning of the id: --id '${only}*'` }),
  };
}
