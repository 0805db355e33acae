import { describe, expect, it } from 'vitest';
import { cellOfOperand, operandText, parseOperand, someValueOf } from '../../src/query/operand.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';
import { errorOf } from './ask.ts';

describe('a column or path as typed', () => {
  it.each([
    ['method', { kind: 'column', name: 'method' }],
    ['time', { kind: 'column', name: 'time' }],
    ['subject', { kind: 'path', path: ['subject'] }],
    ['@timestamp', { kind: 'path', path: ['@timestamp'] }],
    ['data.request.data.spec.principal', { kind: 'path', path: ['data', 'request', 'data', 'spec', 'principal'] }],
    ['data.request.data["odd key"]', { kind: 'path', path: ['data', 'request', 'data', 'odd key'] }],
    ['data["a.b"].c', { kind: 'path', path: ['data', 'a.b', 'c'] }],
    ['data["q\\"\\u0041"]', { kind: 'path', path: ['data', 'q"A'] }],
    ['data.cloudResources[0].resource.type', { kind: 'path', path: ['data', 'cloudResources', 0, 'resource', 'type'] }],
    ['data.list[0][1]', { kind: 'path', path: ['data', 'list', 0, 1] }],
    ['["method"]', { kind: 'path', path: ['method'] }],
    ['["odd top"].x', { kind: 'path', path: ['odd top', 'x'] }],
    ['kafka.partition', { kind: 'path', path: ['kafka', 'partition'] }],
    ['data.user-agent', { kind: 'path', path: ['data', 'user-agent'] }],
    ['data.labels.app.kubernetes.io/name', { kind: 'path', path: ['data', 'labels', 'app', 'kubernetes', 'io/name'] }],
    ['data[""]', { kind: 'path', path: ['data', ''] }],
  ])('%s', (typed, expected) => {
    expect(parseOperand(typed, 'fields')).toEqual(expected);
    expect(parseOperand(operandText(parseOperand(typed, 'fields')), 'fields')).toEqual(expected);
  });

  it.each([
    [
      'principl',
      'unknown-column: --fields "principl": no such column\n' +
        'did you mean principal? a raw path works too: data.request.accessType',
    ],
    [
      'xyzzy',
      'unknown-column: --fields "xyzzy": no such column\ntry time, method or a raw path such as data.request.accessType',
    ],
    [
      '__proto__',
      'unknown-column: --fields "__proto__": no such column\ntry time, method or a raw path such as data.request.accessType',
    ],
  ])('%s is no column', (typed, expected) => {
    expect(errorOf(() => parseOperand(typed, 'fields'))).toBe(expected);
  });

  it.each([
    ['', 'a key was expected here'],
    ['data.', 'a key was expected after the dot'],
    ['data..x', 'a key was expected after the dot'],
    ['.data', 'a key was expected here'],
    ['data[0', 'the bracket that opens here is never closed'],
    ['data[]', 'a number or a key in double quotes was expected in brackets, found nothing'],
    ['data[-1]', 'a number or a key in double quotes was expected in brackets, found -1'],
    ["data['x']", 'a key in brackets stands in double quotes, found a single quote'],
    ['data["x', 'the key that starts here has no closing double quote'],
    ['data["\\q"]', 'not a JSON string: write \\\\ for a backslash and \\" for a quote'],
    ['data["x"', 'a closing bracket was expected after the key'],
    ['data.x y', 'unexpected  '],
    ['data.x=1', 'unexpected ='],
  ])('%j is no path', (typed, reason) => {
    expect(errorOf(() => parseOperand(typed, 'sort'))).toBe(
      `bad-path: --sort "${typed}": ${reason}\n` +
        'try data.request.accessType, data.request.data["odd key"] or data.cloudResources[0].resource.type',
    );
  });
});

it('a cell that is known already is not looked for in the record', () => {
  const record = { ...recordOf({}), known: () => ['crn://a', 'crn://b'] };
  const some = someValueOf({ kind: 'column', name: 'crnTexts' });

  expect(some(record, (text) => text === 'crn://b')).toBe(true);
  expect(some(record, (text) => text === 'crn://c')).toBe(false);
});

describe('the cell at a path', () => {
  const value: JsonObject = {
    data: {
      text: 'x',
      empty: '',
      number: 404,
      flag: false,
      none: null,
      object: { b: 1, a: [true, null] },
      nothing: {},
      list: ['a', 'b'],
      numbers: [1, '2', null, [3, [4]]],
      things: [{ id: 'i1', tags: ['t1', 't2'] }, { id: 'i2' }, 'no object', { id: null, tags: [] }],
      'a.b': { c: 'dotted inside' },
      x: { 'y.z': 'dotted end' },
      y: { z: 'plain wins' },
      'y.z': 'dotted loses',
    },
    'kafka.partition': '7',
    '0': 'zero',
  };
  const record = recordOf(JSON.parse(JSON.stringify(value).replace('"text"', '"__proto__":{"p":"own"},"text"')));

  it.each([
    ['data.text', 'x'],
    ['data.empty', ''],
    ['data.number', 404],
    ['data.flag', false],
    ['data.none', undefined],
    ['data.gone.further', undefined],
    ['data.text.length', undefined],
    ['data.list.length', undefined],
    ['data.object', '{"b":1,"a":[true,null]}'],
    ['data.nothing', '{}'],
    ['data.list', ['a', 'b']],
    ['data.list[1]', 'b'],
    ['data.list[2]', undefined],
    ['data.text[0]', undefined],
    ['data.object[0]', undefined],
    ['data.numbers', ['1', '2', '3', '4']],
    ['data.numbers[3]', ['3', '4']],
    ['data.things.id', ['i1', 'i2']],
    ['data.things.tags', ['t1', 't2']],
    ['data.things[0].tags[1]', 't2'],
    ['data.things.tags[0]', ['t1']],
    ['data.things.gone', undefined],
    ['data.things[1]', '{"id":"i2"}'],
    ['data["a.b"].c', 'dotted inside'],
    ['data.x.y.z', 'dotted end'],
    ['data.y.z', 'plain wins'],
    ['data["y.z"]', 'dotted loses'],
    ['kafka.partition', '7'],
    ['["0"]', 'zero'],
    ['data.__proto__.p', 'own'],
    ['data.text.__proto__', undefined],
    ['data.constructor', undefined],
    ['data.toString', undefined],
  ])('%s is %j', (path, expected) => {
    expect(cellOfOperand(parseOperand(path, 'fields'))(record)).toEqual(expected);
  });

  it('is found however deep the record nests', () => {
    const depth = 100_000;
    const nested: unknown = JSON.parse(`${'['.repeat(depth)}"x"${']'.repeat(depth)}`);
    const deep = { ...record, value: { data: { deep: nested, id: 1 } } };

    expect(cellOfOperand(parseOperand('data.deep', 'fields'))(deep)).toEqual(['x']);
    expect(cellOfOperand(parseOperand('data.deep.id', 'fields'))(deep)).toBe(undefined);
  });
});
