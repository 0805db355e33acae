import { jqWorks } from './jq-program.mjs';

export const gojq = {
  name: 'gojq',
  setUp: [{ go: 'github.com/itchyny/gojq/cmd/gojq@latest' }, { apt: 'gojq' }],
  version: 'gojq --version',
  works: jqWorks('gojq'),
  sliceMiB: 128,
  covers: 'every work, for the record shapes of the corpus',
};
