export const angleGrinder = {
  name: 'angle-grinder',
  setUp: [{ cargo: 'ag' }],
  version: 'agrind --version',
  works: {
    method: ({ facts }) => ({
      script: 'agrind "$QUERY" -f "$FILE" -o json',
      query: `"${facts.rareMethod}" | json | where data.methodName == "${facts.rareMethod}"`,
    }),
    summary: () => ({
      script: `agrind "$QUERY" -f "$FILE" -o "format=method\t{data.methodName}\t{_count}"`,
      query: '* | json | count by data.methodName',
    }),
  },
  sliceMiB: 64,
  covers: 'filter by method, keys in another order; summary: counts by method alone',
};
