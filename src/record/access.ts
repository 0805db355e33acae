import { derivedAccess } from './catalog.ts';
import { kindOf } from './outcome.ts';
import { firstText } from './paths.ts';

export type Access = 'READ_ONLY' | 'MODIFICATION';

export const accessReads = {
  recorded: 'data.request.accessType',
  type: 'type',
  method: 'data.methodName',
} as const;

export interface AccessFound {
  readonly recorded: readonly unknown[];
  readonly type: readonly unknown[];
  readonly method: readonly unknown[];
}

/**
 * Whether the event read or changed something: as recorded, else derived from the method's verb
 * (`derived` is then true). Sign-ins and permission checks have none. record-shapes §13.8.
 */
export function accessOf(found: AccessFound): { readonly access: Access | undefined; readonly derived: boolean } {
  for (const word of found.recorded) {
    if (word === 'READ_ONLY' || word === 'MODIFICATION') return { access: word, derived: false };
  }
  const type = firstText(found.type);
  const kind = kindOf(type);
  const method = firstText(found.method);
  if (method === undefined || kind === 'authentication' || kind === 'authorization')
    return { access: undefined, derived: false };
  return { access: derivedAccess(method, type), derived: true };
}
