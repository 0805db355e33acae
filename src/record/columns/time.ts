import { parseInstant } from '../time.ts';
import { column } from './column.ts';

export const time = column({
  name: 'time',
  type: 'time',
  role: 'listed',
  doc: 'When it happened: RFC 3339 in UTC with the digits recorded; empty for a sentinel',
  reads: { time: 'time', shipped: ['@timestamp'] },
  derive: ({ time, shipped }) => {
    // A time that is present but unusable never falls back to the shipper's clock (record-shapes §13.1).
    const text = time.length > 0 ? time[0] : shipped[0];
    return typeof text === 'string' ? parseInstant(text) : undefined;
  },
});
