import { firstOf } from '../paths.ts';
import { column } from './column.ts';
import { requestIds } from './request-ids.ts';

export const requestId = column({
  name: 'requestId',
  type: 'text',
  role: 'listed',
  doc: 'First request id',
  spelled: 'verbatim-or-number',
  reads: requestIds.reads,
  derive: (found, at) => firstOf(requestIds.derive(found, at)),
});
