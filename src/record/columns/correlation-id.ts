import { idTexts } from '../paths.ts';
import { column } from './column.ts';

export const correlationId = column({
  name: 'correlationId',
  type: 'text',
  role: 'search',
  doc: 'Correlation id of the request; -1 means none',
  spelled: 'verbatim-or-number',
  reads: {
    request: 'data.request.correlationId',
    metadata: 'data.requestMetadata.correlationId',
    check: 'data.authorizationInfo.request.correlationId',
    checkMetadata: 'data.authorizationInfo.requestMetadata.correlationId',
  },
  derive: ({ request, metadata, check, checkMetadata }) =>
    idTexts([...request, ...metadata, ...check, ...checkMetadata]).find((id) => id !== '-1'),
});
