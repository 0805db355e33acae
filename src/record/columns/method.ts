import { firstText } from '../paths.ts';
import { column } from './column.ts';

export const method = column({
  name: 'method',
  type: 'text',
  role: 'listed',
  doc: 'Method as recorded, such as DeleteStatement or kafka.CreateTopics',
  spelled: 'verbatim',
  copied: true,
  reads: { method: 'data.methodName' },
  derive: ({ method }) => firstText(method),
});
