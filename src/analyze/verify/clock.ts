import type { AuditRecord } from '../../record/record.ts';
import { type Instant, parseInstant } from '../../record/time.ts';
import { placeOf, type RecordPlace } from './records.ts';
import { secondsBetween } from './silences.ts';

/** What is odd about the clocks behind the records. */
export interface Clock {
  /** Records that happened after Kafka took them: a clock was wrong, or a time was edited. */
  readonly ahead: Oddity;
  /** The most seconds one of them is ahead. */
  readonly mostAhead: number;
  /** Records with a time that is none, such as the largest a service can write. */
  readonly unusable: Oddity;
  /** Records that tell no time at all. */
  readonly without: Oddity;
  /** Records that tell when Kafka took them. */
  readonly compared: number;
}

export interface Oddity {
  readonly records: number;
  /** The first few places. */
  readonly places: readonly OddPlace[];
}

export interface OddPlace extends RecordPlace {
  /** The time as it stands. */
  readonly time?: string;
}

export interface ClockCheck {
  add(record: AuditRecord, time: Instant | undefined): void;
  end(): Clock;
}

/** Kafka keeps milliseconds, and clocks of different machines are never quite the same. */
const tolerated = 1;

const mostPlaces = 5;

export function newClockCheck(): ClockCheck {
  const ahead = { records: 0, places: [] as OddPlace[] };
  const unusable = { records: 0, places: [] as OddPlace[] };
  const without = { records: 0, places: [] as OddPlace[] };
  let mostAhead = 0;
  let compared = 0;
  return {
    add(record, time) {
      if (time === undefined) {
        const written = record.value.time;
        if (typeof written === 'string' && written !== '' && parseInstant(written) === undefined)
          note(unusable, record, written);
        else note(without, record);
        return;
      }
      const { kafkaTime } = record.at;
      if (kafkaTime === undefined) return;
      compared++;
      const seconds = secondsBetween(kafkaTime, time);
      if (seconds <= tolerated) return;
      if (seconds > mostAhead) mostAhead = seconds;
      note(ahead, record, time.text);
    },
    end: () => ({ ahead, mostAhead, unusable, without, compared }),
  };
}

function note(oddity: { records: number; readonly places: OddPlace[] }, record: AuditRecord, time?: string): void {
  oddity.records++;
  if (oddity.places.length < mostPlaces)
    oddity.places.push({ ...placeOf(record.at), ...(time !== undefined && { time }) });
}
