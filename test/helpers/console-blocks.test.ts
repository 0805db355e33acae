import { expect, test } from 'vitest';
import { documentedCommands, matchesShown, withOutputs } from './console-blocks.ts';

const fence = '```';
const document = `# Title
${fence}console
$ npm ci
added 3 packages
$ audit-cli summary a.ndjson
one

two

$ cat a.ndjson | audit-cli filter \\
    --failed
${fence}
${fence}sh
$ audit-cli in another kind of block
${fence}
`;

test('commands of console blocks are found with the output shown below them', () => {
  expect(documentedCommands(document)).toEqual([
    { line: 5, command: 'audit-cli summary a.ndjson', shown: ['one', '', 'two'], start: 5, end: 8 },
    { line: 10, command: 'cat a.ndjson | audit-cli filter \\\n    --failed', shown: [], start: 11, end: 11 },
  ]);
});

test('new outputs replace the shown ones and leave the rest of the document alone', () => {
  const [first, second] = documentedCommands(document);
  if (first === undefined || second === undefined) throw new Error('the document has two commands');

  const written = withOutputs(
    document,
    new Map([
      [first, ['1']],
      [second, ['2', '3']],
    ]),
  );

  const expected = document.replace('one\n\ntwo\n', '1\n').replace('--failed\n', '--failed\n2\n3\n');
  expect(written).toBe(expected);
});

test.each([
  { shown: ['a', 'b'], output: ['a', 'b'], matches: true },
  { shown: ['a'], output: ['a', 'b'], matches: false },
  { shown: ['a', 'b'], output: ['a'], matches: false },
  { shown: [], output: [], matches: true },
  { shown: [], output: ['a'], matches: false },
  { shown: ['…'], output: [], matches: true },
  { shown: ['a', '…'], output: ['a', 'b', 'c'], matches: true },
  { shown: ['…', 'c'], output: ['a', 'b', 'c'], matches: true },
  { shown: ['…', 'b'], output: ['a', 'b', 'c'], matches: false },
  { shown: ['a', '…', 'c'], output: ['a', 'c'], matches: true },
  { shown: ['a', '…', 'a'], output: ['a'], matches: false },
  { shown: ['a', '…', 'b', '…', 'd'], output: ['a', 'b', 'c', 'd'], matches: true },
  { shown: ['a', '…', 'x', '…', 'd'], output: ['a', 'b', 'c', 'd'], matches: false },
])('$shown shown for $output: $matches', ({ shown, output, matches }) => {
  expect(matchesShown(shown, output)).toBe(matches);
});
