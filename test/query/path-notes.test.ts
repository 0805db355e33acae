import { describe, expect, it } from 'vitest';
import { watchPaths } from '../../src/query/path-notes.ts';
import { parseWhere } from '../../src/query/where.ts';
import { recordOf } from '../helpers/records.ts';
import { context } from './ask.ts';

describe('raw paths that lead nowhere', () => {
  it('are named with the number of records', () => {
    const watcher = watchPaths(parseWhere('not data.gone = 1 or (data.x = data["odd key"] and method = "X")', context));
    watcher?.see(recordOf({ data: { x: 1 } }), false);
    watcher?.see(recordOf({ data: {} }), true);

    expect(watcher?.end()).toEqual([
      { code: 'path-never-present', severity: 'note', message: 'data.gone: not present in any of 2 records' },
      { code: 'path-never-present', severity: 'note', message: 'data["odd key"]: not present in any of 2 records' },
    ]);
  });

  it('are not mentioned when there was no record to hold them', () => {
    expect(watchPaths(parseWhere('data.gone = 1', context))?.end()).toEqual([]);
  });

  it('are not looked for in an expression without paths', () => {
    expect(watchPaths(parseWhere('method = "X"', context))).toBe(undefined);
  });
});
