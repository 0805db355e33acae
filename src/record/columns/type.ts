import { firstText } from '../paths.ts';
import { column } from './column.ts';

export const type = column({
  name: 'type',
  type: 'text',
  role: 'listed',
  doc: 'Event type as recorded, such as io.confluent.cloud/request',
  spelled: 'verbatim',
  copied: true,
  reads: { type: 'type' },
  derive: ({ type }) => firstText(type),
});
