import { addressTexts } from '../address.ts';
import { listCell } from '../paths.ts';
import { column } from './column.ts';

export const ips = column({
  name: 'ips',
  type: 'list',
  role: 'listed',
  doc: 'Every client address of the record',
  spelled: 'verbatim',
  // The five places a client address stands, in the order of record-shapes §13.9.
  reads: {
    request: 'data.requestMetadata.clientAddress',
    event: 'data.clientAddress',
    check: 'data.authorizationInfo.requestMetadata.clientAddress',
    caller: 'data.requestMetadata.callerIp',
    filter: 'data.authorizationInfo.ipfilterAuthorization.clientIp',
  },
  derive: ({ request, event, check, caller, filter }) =>
    listCell([...request, ...event, ...check, ...caller, ...filter].flatMap(addressTexts)),
});
