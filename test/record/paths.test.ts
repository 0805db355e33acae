import { describe, expect, it } from 'vitest';
import {
  firstOf,
  firstText,
  idTexts,
  isAbsent,
  isObject,
  listCell,
  stepsOf,
  stepsWithin,
  valuesAt,
  wholeNumber,
} from '../../src/record/paths.ts';

const bare: unknown = Object.assign(Object.create(null), { a: 1 });

describe('stepsOf', () => {
  it.each<readonly [string | readonly string[], readonly (readonly string[])[]]>([
    ['', []],
    ['type', [['type']]],
    ['dataSchema', [['dataSchema']]],
    ['data.methodName', [['data'], ['methodName', 'method_name']]],
    ['data.requestMetadata.callerIp', [['data'], ['requestMetadata', 'request_metadata'], ['callerIp', 'caller_ip']]],
    ['data.request.data.statementName', [['data'], ['request'], ['data'], ['statementName']]],
    ['data.result.data.methodName', [['data'], ['result'], ['data'], ['methodName']]],
    [
      'data.authorizationInfo.data.aB',
      [['data'], ['authorizationInfo', 'authorization_info'], ['data'], ['aB', 'a_b']],
    ],
    [['@timestamp'], [['@timestamp']]],
    [
      ['data', 'a.b', 'methodName'],
      [['data'], ['a.b'], ['methodName']],
    ],
  ])('%j', (path, steps) => {
    expect(stepsOf(path)).toEqual(steps);
  });

  it('inside a subtree of data every key has both spellings', () => {
    expect(stepsWithin('confluentUser.resourceId')).toEqual([
      ['confluentUser', 'confluent_user'],
      ['resourceId', 'resource_id'],
    ]);
  });
});

describe('valuesAt', () => {
  it.each<readonly [string, unknown, string | readonly string[], readonly unknown[]]>([
    ['the camelCase spelling first', { data: { method_name: 'b', methodName: 'a' } }, 'data.methodName', ['a', 'b']],
    ['one spelling', { data: { method_name: 'b' } }, 'data.methodName', ['b']],
    [
      'every way down',
      { data: { requestMetadata: { caller_ip: 'a' }, request_metadata: { callerIp: 'b' } } },
      'data.requestMetadata.callerIp',
      ['a', 'b'],
    ],
    ['the whole record', { a: 1 }, '', [{ a: 1 }]],
    ['false and 0', { a: { b: false, c: 0 } }, 'a.b', [false]],
    ['an empty spelling left out', { data: { methodName: '', method_name: 'b' } }, 'data.methodName', ['b']],
    ['null, empty text, object and list', { data: { resourceName: {}, resource_name: [] } }, 'data.resourceName', []],
    ['a list on the way', { data: [{ methodName: 'a' }] }, 'data.methodName', []],
    ['text on the way', { data: 'text' }, 'data.length', []],
    ['an inherited key', {}, 'constructor', []],
    ['an own key of an odd name', JSON.parse('{"__proto__":{"a":1}}'), '__proto__.a', [1]],
    ['a record without prototype', bare, 'a', [1]],
    ['no record', null, 'a', []],
  ])('%s', (_, record, path, values) => {
    expect(valuesAt(record, stepsOf(path))).toEqual(values);
  });
});

it('null, empty and absent are alike, zero and false are not', () => {
  const absent = [undefined, null, '', {}, []];
  const present = [0, false, ' ', [null], { a: undefined }, bare, Number.NaN];

  expect([absent.map(isAbsent), present.map(isAbsent)]).toEqual([absent.map(() => true), present.map(() => false)]);
});

it('lists and null are no objects', () => {
  expect([{}, bare, [], null, undefined, 'text', 1].map(isObject)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

it('the first text passes over other types and empty text', () => {
  expect([firstText([null, 1, '', ['a'], 'b', 'c']), firstText([1, '']), firstText([])]).toEqual([
    'b',
    undefined,
    undefined,
  ]);
});

it('ids are texts or numbers, alone or in a list', () => {
  expect(idTexts(['a', ['b', 7, '', null, ['c']], 8, true, { id: 'd' }])).toEqual(['a', 'b', '7', '8']);
});

it.each([
  [[7], 7],
  [['7'], 7],
  [['', null, 1.5, '1.5', 'x', 0], 0],
  [['9007199254740993'], undefined],
  [[1e300], undefined],
  [[[7]], undefined],
  [[], undefined],
])('the first whole number of %j is %j', (values, expected) => {
  expect(wholeNumber(values)).toBe(expected);
});

it('a list cell has no repeats and is absent when empty; its singular is the first', () => {
  expect(listCell(['b', 'a', 'b'])).toEqual(['b', 'a']);
  expect(listCell([])).toBeUndefined();
  expect([firstOf(['b', 'a']), firstOf(undefined), firstOf('text')]).toEqual(['b', undefined, undefined]);
});
