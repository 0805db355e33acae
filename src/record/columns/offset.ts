import { wholeNumber } from '../paths.ts';
import { column } from './column.ts';

export const offset = column({
  name: 'offset',
  type: 'number',
  role: 'listed',
  doc: 'Kafka offset, when the dump carries it',
  // Log shippers write it into the record under a key with a literal dot (record-shapes §2).
  reads: { shipped: ['kafka.offset'] },
  placed: true,
  derive: ({ shipped }, at) => at.offset ?? wholeNumber(shipped),
});
