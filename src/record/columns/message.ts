import { firstText, isObject, valuesAt } from '../paths.ts';
import { column } from './column.ts';

export const message = column({
  name: 'message',
  type: 'text',
  role: 'listed',
  doc: 'Why it failed or was refused, in the words of the record',
  reads: {
    result: 'data.result.message',
    signIn: 'data.authenticationInfo.errorMessage',
    service: 'data.result.data.errorMessage',
    errors: 'data.result.data.errors',
    errorType: 'data.result.data.errorType',
  },
  derive: ({ result, signIn, service, errors, errorType }) =>
    firstText([...result, ...signIn, ...service, errorDetails(errors), ...errorType]),
});

/** `errors[]{status, detail}` of refused sign-ins (record-shapes §10). */
function errorDetails(errors: readonly unknown[]): string {
  const members = errors.flatMap((value) => (Array.isArray(value) ? value : [value]));
  const details = members.map((error) =>
    isObject(error) ? firstText(valuesAt(error, [['detail']])) : firstText([error]),
  );
  return details.filter((detail) => detail !== undefined).join('; ');
}
