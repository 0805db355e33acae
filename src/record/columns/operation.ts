import { firstText } from '../paths.ts';
import { column } from './column.ts';

export const operation = column({
  name: 'operation',
  type: 'text',
  role: 'search',
  doc: 'What a permission check asked for, such as Describe or Alter',
  spelled: 'verbatim',
  reads: { asked: 'data.authorizationInfo.operation' },
  derive: ({ asked }) => firstText(asked),
});
