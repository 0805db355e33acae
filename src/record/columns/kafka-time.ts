import { column } from './column.ts';

export const kafkaTime = column({
  name: 'kafkaTime',
  type: 'time',
  role: 'listed',
  doc: 'When Kafka took the record, when the dump carries it',
  reads: {},
  placed: true,
  derive: (_, at) => at.kafkaTime,
});
