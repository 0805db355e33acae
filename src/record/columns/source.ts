import { firstText } from '../paths.ts';
import { column } from './column.ts';

export const source = column({
  name: 'source',
  type: 'text',
  role: 'listed',
  doc: 'CloudEvents source: the CRN of the service that wrote the record',
  spelled: 'verbatim',
  copied: true,
  reads: { source: 'source' },
  derive: ({ source }) => firstText(source),
});
