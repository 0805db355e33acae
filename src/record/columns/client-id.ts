import { idTexts } from '../paths.ts';
import { column } from './column.ts';

export const clientId = column({
  name: 'clientId',
  type: 'text',
  role: 'listed',
  doc: 'Client id, such as adminclient-7',
  spelled: 'verbatim-or-number',
  reads: {
    metadata: 'data.requestMetadata.clientId',
    request: 'data.request.clientId',
    checkMetadata: 'data.authorizationInfo.requestMetadata.clientId',
    check: 'data.authorizationInfo.request.clientId',
  },
  derive: ({ metadata, request, checkMetadata, check }) =>
    idTexts([...metadata, ...request, ...checkMetadata, ...check])[0],
});
