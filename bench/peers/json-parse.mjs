/** What a script of a dozen lines does: the package `ndjson`, or node:readline and JSON.parse. */
function worksOf(reader) {
  const script = (work, value) => ({
    script: `exec "$NODE" bench/peers/node/query.mjs ${reader} ${work} "$FILE" ${value}`.trimEnd(),
  });
  return {
    method: ({ facts }) => script('method', facts.rareMethod),
    principal: ({ facts }) => script('principal', facts.principal),
    summary: () => script('summary', ''),
    csv: () => script('csv', ''),
  };
}

const covers = 'filter by method and principal, summary and CSV, for the record shapes of the corpus';

export const ndjson = {
  name: 'ndjson',
  setUp: [],
  version: `"$NODE" -p "'ndjson ' + require('ndjson/package.json').version"`,
  works: worksOf('ndjson'),
  sliceMiB: 128,
  covers,
};

export const readlineJsonParse = {
  name: 'readline + JSON.parse',
  setUp: [],
  version: '"$NODE" --version',
  works: worksOf('readline'),
  sliceMiB: 128,
  covers,
};
