import { kindOf } from '../outcome.ts';
import { firstText } from '../paths.ts';
import { column } from './column.ts';

export const kind = column({
  name: 'kind',
  type: 'text',
  role: 'listed',
  doc: 'Kind of event: request, authentication, authorization, access-transparency …',
  spelled: 'verbatim',
  reads: { type: 'type' },
  derive: ({ type }) => kindOf(firstText(type)),
});
