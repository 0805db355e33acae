import { firstText } from '../paths.ts';
import { column } from './column.ts';

export const id = column({
  name: 'id',
  type: 'text',
  role: 'listed',
  doc: 'CloudEvents id, unique per event',
  spelled: 'verbatim',
  copied: true,
  reads: { id: 'id' },
  derive: ({ id }) => firstText(id),
});
