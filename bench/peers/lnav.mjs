export const lnav = {
  name: 'lnav',
  setUp: [{ apt: 'lnav' }],
  version: 'lnav --version',
  works: {
    method: ({ facts }) => ({
      script: 'lnav -n -c "$QUERY" "$FILE"',
      query: `:filter-in "methodName":\\s*"${facts.rareMethod}"`,
    }),
  },
  sliceMiB: 64,
  covers: 'filter by method as a pattern over text: the key may stand anywhere, no JSON is read',
};
