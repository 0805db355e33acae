import { jqWorks } from './jq-program.mjs';

export const jaq = {
  name: 'jaq',
  setUp: [{ cargo: 'jaq' }],
  version: 'jaq --version',
  works: jqWorks('jaq'),
  sliceMiB: 128,
  covers: 'every work, for the record shapes of the corpus',
};
