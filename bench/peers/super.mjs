/** In none of the package managers this bench may use, so no query could be tried, and none is written. */
export const superDb = {
  name: 'super (SuperDB)',
  setUp: [{ go: 'github.com/brimdata/super/cmd/super@latest' }],
  version: 'super --version',
  works: {},
  covers: 'nothing yet',
};
