import { column } from './column.ts';

export const line = column({
  name: 'line',
  type: 'number',
  role: 'listed',
  doc: 'Line in the decompressed file, from 1',
  reads: {},
  placed: true,
  derive: (_, at) => at.line,
});
