import { idTexts, listCell } from '../paths.ts';
import { column } from './column.ts';

export const requestIds = column({
  name: 'requestIds',
  type: 'list',
  role: 'search',
  doc: 'Every request id of the record, list or single, in both places it stands',
  spelled: 'verbatim-or-number',
  reads: {
    request: 'data.requestMetadata.requestId',
    check: 'data.authorizationInfo.requestMetadata.requestId',
  },
  derive: ({ request, check }) => listCell(idTexts([...request, ...check])),
});
