import { type Instant, instantOfMilliseconds } from '../../record/time.ts';
import type { KafkaPlace } from './envelope.ts';

/** Numbers as JSON.parse gives them, or as texts of digits. */
interface Told {
  readonly partition?: unknown;
  readonly offset?: unknown;
  /** Milliseconds since 1970; Kafka writes -1 for none. */
  readonly timestamp?: unknown;
}

/** What of it is a place: an offset that JavaScript cannot hold exactly is left out. */
export function kafkaPlace(told: Told): KafkaPlace {
  const partition = countOf(told.partition);
  const offset = countOf(told.offset);
  const kafkaTime = timeOf(countOf(told.timestamp));
  return {
    ...(partition !== undefined && { partition }),
    ...(offset !== undefined && { offset }),
    ...(kafkaTime !== undefined && { kafkaTime }),
  };
}

function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function timeOf(milliseconds: number | undefined): Instant | undefined {
  return milliseconds === undefined || milliseconds > lastMillisecond ? undefined : instantOfMilliseconds(milliseconds);
}

/** RFC 3339 has four digits for the year. */
const lastMillisecond = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
