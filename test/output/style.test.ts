import { expect, test } from 'vitest';
import { resultStyle, styles } from '../../src/output/style.ts';

test('without colour every role gives the text back', () => {
  for (const paint of Object.values(styles(false))) expect(paint('text')).toBe('text');
});

test('with colour every role uses one of the 16 colours and ends what it starts', () => {
  for (const paint of Object.values(styles(true))) {
    expect(paint('text')).toMatch(/^(?:\u001b\[(?:[1-9]|[39][0-7])m)+text(?:\u001b\[\d+m)+$/);
    expect(paint('')).toBe('');
  }
});

test('both refusals look different from success, and other words stay plain', () => {
  const of = styles(true);

  expect(
    ['SUCCESS', 'ALLOW', 'FAILURE', 'DENY', 'UNKNOWN', 'constructor'].map((word) => resultStyle(of, word)),
  ).toEqual([of.ok, of.ok, of.failed, of.denied, of.dim, undefined]);
});
