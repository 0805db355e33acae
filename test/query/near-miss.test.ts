import { describe, expect, it } from 'vitest';
import { watchNames } from '../../src/query/near-miss.ts';
import type { FilterArgument } from '../../src/query/question.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';
import { context, given } from './ask.ts';

function byMethod(methodName: string): JsonObject {
  return { data: { methodName } };
}

function byUser(id: string): JsonObject {
  return { data: { authenticationInfo: { principal: `User:${id}` } } };
}

function notesOn(args: readonly FilterArgument[], values: readonly JsonObject[], more = {}): string[] {
  const watcher = watchNames(args, { ...context, ...more });
  for (const value of values) watcher?.see(recordOf(value), false);
  return (watcher?.end() ?? []).map(({ message, hint }) => (hint === undefined ? message : `${message} | ${hint}`));
}

describe('names no record has', () => {
  const statements = [
    ...Array.from({ length: 12 }, () => byMethod('DeleteStatement')),
    byMethod('CreateStatement'),
    byMethod('X'),
  ];

  it('bring up the nearest ones seen, with counts', () => {
    expect(notesOn([given('method', 'DeleteStatment')], statements)).toEqual([
      '--method DeleteStatment: no record has it; nearest seen: DeleteStatement (12)',
    ]);
  });

  it('are looked for with and without prefix, and counted once a record', () => {
    const topics = [byMethod('kafka.DeleteTopics'), byMethod('kafka.DeleteTopics'), byMethod('DeleteTopics')];

    expect(notesOn([given('method', 'DeleteTopcs')], topics)).toEqual([
      '--method DeleteTopcs: no record has it; nearest seen: DeleteTopics (3)',
    ]);
    expect(notesOn([given('method', 'DeleteTopic')], topics)).toEqual([
      '--method DeleteTopic: no record has it; nearest seen: DeleteTopics (1) or kafka.DeleteTopics (2)',
    ]);
    expect(notesOn([given('method', 'kafka.DeleteTopcs')], topics)).toEqual([
      '--method kafka.DeleteTopcs: no record has it; nearest seen: kafka.DeleteTopics (2)',
    ]);
  });

  it('bring up the catalogue when nothing near was seen and the name is unknown', () => {
    expect(notesOn([given('method', 'CreateTopicz')], [byMethod('ListStatements')])).toEqual([
      '--method CreateTopicz: no record has it | The catalogue knows CreateTopics',
    ]);
  });

  it('are only named when the catalogue knows them or nothing is near', () => {
    expect(notesOn([given('method', 'CreateTopics,Qwertzuiop')], [byMethod('ListStatements')])).toEqual([
      '--method CreateTopics: no record has it',
      '--method Qwertzuiop: no record has it',
    ]);
  });

  it('are watched for principals too', () => {
    expect(
      notesOn([given('principal', 'User:u-abc12')], [byUser('u-abc123'), byUser('sa-9'), byUser('u-abc123')]),
    ).toEqual(['--principal User:u-abc12: no record has it; nearest seen: u-abc123 (2)']);
  });

  it('are no matter when the value occurs in any record, by alias or prefix too', () => {
    const args = [given('method', 'listworkspaces,DeleteTopics'), given('principal', 'User:u-1')];

    expect(notesOn(args, [byMethod('ListWorkspace'), byMethod('kafka.DeleteTopics'), byUser('u-1')])).toEqual([]);
  });

  it.each([
    ['globs', [given('method', 'Nope*')]],
    ['regexes', [given('method', '/nope/')]],
    ['names to leave out', [given('not-method', 'Nope')]],
    ['other flags', [given('env', 'env-1')]],
    ['lists nobody typed', [given('principal', Array.from({ length: 21 }, (_, i) => `u-${i}`).join(','))]],
  ])('are not watched for %s', (_, args) => {
    expect(watchNames(args, context)).toBe(undefined);
  });

  it('are shown five at most', () => {
    expect(notesOn([given('principal', 'a1,a2,a3,a4,a5,a6,a7')], [{ data: {} }])).toEqual([
      ...['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => `--principal ${name}: no record has it`),
      '2 more names given are in no record',
    ]);
  });

  it('are not remarked on when there is no record at all', () => {
    expect(notesOn([given('principal', 'a1')], [])).toEqual([]);
  });

  it('take a literal star with --exact', () => {
    expect(notesOn([given('method', 'DeleteStatement*')], statements, { exact: true })).toEqual([
      '--method DeleteStatement*: no record has it; nearest seen: DeleteStatement (12) or CreateStatement (1)',
    ]);
  });

  it('stay cheap however many different names the records hold', () => {
    const watcher = watchNames([given('principal', 'u-000.0000')], context);
    for (let i = 0; i < 30_000; i++) watcher?.see(recordOf(byUser(`u-${i.toString(36).padStart(8, '0')}`)), false);
    watcher?.see(recordOf(byUser('x'.repeat(1_000_000))), false);

    expect(watcher?.end().map((note) => note.message)).toEqual([
      '--principal u-000.0000: no record has it; nearest seen: u-00000000 (1), u-00000001 (1) or u-00000002 (1)',
    ]);
  });
});
