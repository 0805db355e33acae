import { idTexts } from '../paths.ts';
import { column } from './column.ts';

export const connectionId = column({
  name: 'connectionId',
  type: 'text',
  role: 'listed',
  doc: 'Connection id of the Kafka plane',
  spelled: 'verbatim-or-number',
  reads: {
    request: 'data.requestMetadata.connectionId',
    check: 'data.authorizationInfo.requestMetadata.connectionId',
  },
  derive: ({ request, check }) => idTexts([...request, ...check])[0],
});
