import { expect, it } from 'vitest';
import { accessOf } from '../../src/record/access.ts';

const request = ['io.confluent.cloud/request'];

it.each([
  ['as recorded', { recorded: ['READ_ONLY'], type: request, method: ['DeleteUser'] }, 'READ_ONLY', false],
  ['the first usable spelling', { recorded: [7, 'MODIFICATION'], type: [], method: ['Get'] }, 'MODIFICATION', false],
  ['recorded on a check', { recorded: ['READ_ONLY'], type: ['a/authorization'], method: [] }, 'READ_ONLY', false],
  ['UNKNOWN is no answer', { recorded: ['UNKNOWN'], type: request, method: ['GetUser'] }, 'READ_ONLY', true],
  ['other case is no answer', { recorded: ['read_only'], type: request, method: ['DeleteUser'] }, 'MODIFICATION', true],
  ['by the verb', { recorded: [], type: request, method: ['kafka.DescribeNothing'] }, 'READ_ONLY', true],
  ['by no known verb', { recorded: [], type: request, method: ['Frobnicate'] }, undefined, true],
  ['without type', { recorded: [], type: [], method: ['ListUsers'] }, 'READ_ONLY', true],
  ['of a sign-in', { recorded: [], type: ['a/authentication'], method: ['GetToken'] }, undefined, false],
  ['of a check', { recorded: [], type: ['a/authorization'], method: ['DeleteTopics'] }, undefined, false],
  ['without method', { recorded: [], type: request, method: [] }, undefined, false],
])('access %s', (_, found, access, derived) => {
  expect(accessOf(found)).toEqual({ access, derived });
});
