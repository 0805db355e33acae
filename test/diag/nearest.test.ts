import { expect, it } from 'vitest';
import { nearest } from '../../src/diag/nearest.ts';

const columns = ['method', 'methodNames', 'principal', 'principalKind', 'result', 'resource', 'resources', 'region'];

it.each([
  ['metod', ['method']],
  ['methdo', ['method']],
  ['METHOD', ['method', 'methodNames']],
  ['resorce', ['resource', 'resources']],
  ['principl', ['principal']],
  ['Kind', ['principalKind']],
  ['theprincipal', ['principal']],
  ['regoin', ['region']],
  ['x', []],
  ['', []],
  ['somethingelse', []],
])('%j is near %j', (typed, names) => {
  expect(nearest(typed, columns)).toEqual(names);
});

it.each([
  ['a slip in a short name', 'id', ['ip', 'org'], ['ip']],
  ['two slips in a short name', 'id', ['xy'], []],
  ['one slip in three letters', 'csv', ['tsv', 'md', 'json'], ['tsv']],
  ['two letters changing places', 'lsit', ['list', 'show'], ['list']],
  ['three slips in four letters', 'list', ['lxyz'], []],
  ['a third of the letters', 'abcdefghi', ['abcdefxyz', 'abcdewxyz'], ['abcdefxyz']],
  ['three letters within a name', 'met', ['method'], []],
  ['a short name within the typed one', 'ipaddress', ['ip'], []],
  ['an empty name', 'a', ['', 'b'], ['b']],
])('%s', (_, typed, known, names) => {
  expect(nearest(typed, known)).toEqual(names);
});

it('puts fewer edits first, then the order of the alphabet, each name once, at most three', () => {
  const known = ['listb', 'lista', 'list', 'lisxx', 'listd', 'listc', 'list', 'lista'];

  expect(nearest('list', known)).toEqual(['list', 'lista', 'listb']);
  expect(nearest('list', new Set(known), 1)).toEqual(['list']);
  expect(nearest('list', known.toReversed())).toEqual(nearest('list', known));
});
