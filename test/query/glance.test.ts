import { expect, test } from 'vitest';
import { compileGlance } from '../../src/query/glance.ts';
import { recordOf } from '../helpers/records.ts';

const whole = 'crn:///environment=env-1';

test.each([
  ['crn:///environment=env-1', ['crn:///environment=env-12'], 'crn:///environment=env-12'],
  ['crn:///environment=env-1', [whole], true],
  ['crn:///environment=env-1', ['crn:///environment=env-1/kafka=lkc-1'], true],
  ['crn:///environment=env-1', ['crn:///environment=env-12', whole], true],
  ['crn:///environment=env-1', ['crn:///environment=env-13', 'crn:///environment=env-12'], 'crn:///environment=env-13'],
  ['crn:///environment=env-1', ['crn:///environment=env-2'], undefined],
  ['crn:///topic=a/b', ['crn:///topic=a%2Fbc'], 'crn:///topic=a%2Fbc'],
  ['crn:///topic=a/b', ['crn:///topic=a%2Fb'], true],
])('%s among %j stands so: %j', (crnPrefix, [resourceName, subject], expected) => {
  expect(compileGlance({ crnPrefix })(recordOf({ subject, data: { resourceName } }))).toBe(expected);
});
