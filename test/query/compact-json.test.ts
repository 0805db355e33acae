import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactJson } from '../../src/query/compact-json.ts';

describe('compactJson', () => {
  it('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'medium' }), (text) => {
        const value: unknown = JSON.parse(text);
        expect(compactJson(value)).toBe(JSON.stringify(value));
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  it.each([
    ['{"__proto__":{"a":1},"toString":2}'],
    ['{"":[],"b":{},"c":[[],[{}]]}'],
    ['[null,true,-0.5,1e+21,"\\u2028\\ud800\\u0001"]'],
  ])('writes %s back', (text) => {
    expect(compactJson(JSON.parse(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('keeps a number beyond every double a number', () => {
    expect(compactJson(JSON.parse('[1e400,-1e400]'))).toBe('[1e999,-1e999]');
  });

  it('writes nesting deeper than the stack', () => {
    const depth = 200_000;
    const text = `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;

    expect(compactJson(JSON.parse(text))).toBe(text);
  });
});
