import { describe, expect, it } from 'vitest';
import { parseFields } from '../../src/query/fields.ts';
import { errorOf } from './ask.ts';

const defaults = ['time', 'principal', 'method'];

function names(...given: string[]): string[] {
  return parseFields(given, defaults).map((field) => field.name);
}

describe('--fields', () => {
  it.each([
    [['method,time'], ['method', 'time']],
    [
      ['method', 'time'],
      ['method', 'time'],
    ],
    [['method , time,'], ['method', 'time']],
    [['method,time,method'], ['method', 'time']],
    [['data["a,b"],time'], ['data["a,b"]', 'time']],
    [['data["a\\",b"],time'], ['data["a\\",b"]', 'time']],
    [['data["x"].y'], ['data.x.y']],
    [['data.x,data["x"]'], ['data.x']],
    [['+ip'], ['time', 'principal', 'method', 'ip']],
    [['-principal,+ip'], ['time', 'method', 'ip']],
    [
      ['+ip', '-time'],
      ['principal', 'method', 'ip'],
    ],
    [['+method'], ['time', 'principal', 'method']],
    [['-ip'], ['time', 'principal', 'method']],
    [['-time,+time'], ['principal', 'method', 'time']],
    [['+data.request.data["odd key"]'], ['time', 'principal', 'method', 'data.request.data["odd key"]']],
  ])('%j gives %j', (given, expected) => {
    expect(names(...given)).toEqual(expected);
  });

  it('knows the operand and type of every field', () => {
    expect(parseFields(['time,ips,ok,line,data.x'], defaults)).toEqual([
      { name: 'time', operand: { kind: 'column', name: 'time' }, type: 'time' },
      { name: 'ips', operand: { kind: 'column', name: 'ips' }, type: 'list' },
      { name: 'ok', operand: { kind: 'column', name: 'ok' }, type: 'flag' },
      { name: 'line', operand: { kind: 'column', name: 'line' }, type: 'number' },
      { name: 'data.x', operand: { kind: 'path', path: ['data', 'x'] }, type: 'text' },
    ]);
  });

  const hint = 'try --fields time,principal,method or --fields +ip,-type';

  it.each([
    [
      'time,+ip',
      `bad-fields: --fields "time,+ip": names choose the columns, +name and -name edit the usual ones; the two do not mix\n${hint}`,
    ],
    ['', `bad-fields: --fields "": a column was expected, found none\n${hint}`],
    ['-time,-principal,-method', `bad-fields: --fields "-time,-principal,-method": no column is left\n${hint}`],
    [
      '+methd',
      'unknown-column: --fields "methd": no such column\ndid you mean method? a raw path works too: data.request.accessType',
    ],
  ])('%j is refused', (given, expected) => {
    expect(errorOf(() => names(given))).toBe(expected);
  });
});
