import { wholeNumber } from '../paths.ts';
import { column } from './column.ts';

export const partition = column({
  name: 'partition',
  type: 'number',
  role: 'listed',
  doc: 'Kafka partition, when the dump carries it',
  // Log shippers write it into the record under a key with a literal dot (record-shapes §2).
  reads: { shipped: ['kafka.partition'] },
  placed: true,
  derive: ({ shipped }, at) => at.partition ?? wholeNumber(shipped),
});
