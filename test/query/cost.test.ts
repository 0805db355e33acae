import { expect, it } from 'vitest';
import { cheapestFirst } from '../../src/query/cost.ts';
import { explain } from '../../src/query/explain.ts';
import { exprOf } from './ask.ts';

it('tests what is quick to read before what is slow, and keeps the given order otherwise', () => {
  const asked = [
    exprOf('text', 'x'),
    exprOf('not-env', 'e'),
    exprOf('where', 'data.x exists'),
    exprOf('id', 'b'),
    exprOf('type', 't'),
  ];

  expect(cheapestFirst(asked).map(explain)).toEqual([
    'id is "b"',
    'type is "t" in any case',
    'data.x exists',
    'not env is "e"',
    'any text holds "x" in any case',
  ]);
});
