import { column } from './column.ts';

export const file = column({
  name: 'file',
  type: 'text',
  role: 'listed',
  doc: 'File as named on the command line, - for stdin',
  reads: {},
  placed: true,
  derive: (_, at) => at.file,
});
