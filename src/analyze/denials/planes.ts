import { compilePredicate } from '../../query/predicate.ts';
import { parseWhere } from '../../query/where.ts';
import type { AuditRecord } from '../../record/record.ts';
import { instantOf } from '../../record/time.ts';
import { utc } from '../../record/zone.ts';

/**
 * Where somebody can be refused. Each plane has its own verdict, and asking only one misses the others. What one is, is
 * said in the language of `--where`, so that the records can be found by it too; all of it holds only of records that
 * failed. A failure in none of the planes is no refusal: something was permitted and did not work.
 */
export const planes = ['authentication', 'authorization', 'request'] as const;

export type Plane = (typeof planes)[number];

/** `SignIn`, to the console, is recorded as a request. */
const atSignIn = '(kind = "authentication" or method = "SignIn")';

/** A request that failed for want of a right says so in one of these. */
const forWantOfRights = [
  'data.authorizationInfo.result = "DENY"',
  'data.authorizationInfo.granted = false',
  'rawResult ~ /^(40[13]\\b|UNAUTH|FORBIDDEN|PERMISSION_DENIED|ACCESS_DENIED)/i',
  'data.result.data.errorType ~ /(AUTHORIZATION|AUTHENTICATION)_FAILED$/',
  'data.result.data.errorCode ~ "^40[13]"',
  'data.result.data.errors.status in ("401", "403")',
].join(' or ');

export const planeWheres: Readonly<Record<Plane, string>> = {
  authentication: atSignIn,
  authorization: `(result = "DENY" and not ${atSignIn})`,
  request: `(result = "FAILURE" and not ${atSignIn} and (${forWantOfRights}))`,
};

/** Of a record that failed; undefined when it is no refusal. Compile once. */
export function planeFinder(): (record: AuditRecord) => Plane | undefined {
  const context = { now: instantOf(0), zone: utc };
  const tests = planes.map((plane) => ({ plane, holds: compilePredicate(parseWhere(planeWheres[plane], context)) }));
  return (record) => tests.find(({ holds }) => holds(record))?.plane;
}
