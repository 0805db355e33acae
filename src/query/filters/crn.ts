import { badValue } from '../bad-value.ts';
import { anyOf, match } from '../combine.ts';
import type { Filter } from './filter.ts';

const scheme = 'crn://';

export const crn: Filter = {
  name: 'crn',
  placeholder: 'PREFIX',
  help: 'any CRN starts with PREFIX; end it with / for whole names',
  group: 'What',
  negatable: true,
  takesList: true,
  examples: ['crn://confluent.cloud/organization=o-1/', 'crn:///kafka=lkc-1/topic=orders'],
  parse: (values) => anyOf(values.map((value) => match({ kind: 'column', name: 'crnTexts' }, prefixTest(value)))),
};

function prefixTest(prefix: string): { kind: 'crn-prefix'; prefix: string } {
  if (prefix.startsWith(scheme) || scheme.startsWith(prefix)) return { kind: 'crn-prefix', prefix };
  const resource = prefix.includes('=') ? prefix : 'topic=orders';
  throw badValue({
    code: 'bad-crn',
    flag: 'crn',
    value: prefix,
    reason: `the beginning of a CRN was expected, which starts with ${scheme}`,
    examples: ['crn://confluent.cloud/organization=o-1/', `--resource ${resource} for a name anywhere in a CRN`],
  });
}
