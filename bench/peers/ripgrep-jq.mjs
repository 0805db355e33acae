import { jqProgram } from './jq-program.mjs';

/** ripgrep finds lines that hold the literal, a jq keeps those that hold it in the right place. */
function searchThen(program) {
  const search = (work, literal) => [
    work,
    ({ facts }) => ({
      script: `rg --no-config -F -- '${literal(facts)}' "$FILE" | ${program} -c "$QUERY"`,
      query: jqProgram[work](facts),
    }),
  ];
  return Object.fromEntries([
    search('method', ({ rareMethod }) => rareMethod),
    search('principal', ({ principal }) => principal),
    search('crn', ({ crnPrefix }) => crnPrefix),
    search('ip', ({ networkPrefix }) => networkPrefix),
  ]);
}

const covers = 'questions with a literal in them; lines that spell it with an escape are not found';

export const ripgrepJq = {
  name: 'ripgrep + jq',
  setUp: [{ cargo: 'ripgrep' }, { apt: 'ripgrep' }],
  version: 'rg -V && jq --version',
  works: searchThen('jq'),
  covers,
};

export const ripgrepJaq = {
  name: 'ripgrep + jaq',
  setUp: [{ cargo: 'ripgrep' }, { apt: 'ripgrep' }],
  version: 'rg -V && jaq --version',
  works: searchThen('jaq'),
  covers,
};
