import { firstOf } from '../paths.ts';
import { column } from './column.ts';
import { ips } from './ips.ts';

export const ip = column({
  name: 'ip',
  type: 'text',
  role: 'listed',
  doc: 'First client address',
  spelled: 'verbatim',
  reads: ips.reads,
  derive: (found, at) => firstOf(ips.derive(found, at)),
});
