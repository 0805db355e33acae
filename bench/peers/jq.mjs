import { jqWorks } from './jq-program.mjs';

export const jq = {
  name: 'jq',
  setUp: [{ apt: 'jq' }],
  version: 'jq --version',
  works: jqWorks('jq'),
  sliceMiB: 128,
  covers: 'every work, for the record shapes of the corpus',
};
