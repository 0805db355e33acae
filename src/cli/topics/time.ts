import type { Topic } from './topic.ts';

export const time: Topic = {
  name: 'time',
  summary: 'how --since, --until and --now read times',
  text: () => `A window is half-open: --since A --until B holds A and everything up to, but not
including, B. So [A,B) and [B,C) together are exactly [A,C). What is compared is
the event time, to the nanosecond, as an instant: offsets do not matter.

What can be typed
  2026-05-01T10:00:00Z       RFC 3339, any number of fraction digits, any offset
  2026-05-01T10:00           no zone: in --tz, which is UTC unless given
  2026-05-01                 the start of that day
  1767323045                 epoch seconds; 13, 16 or 19 digits are ms, µs, ns
  2h  -2h  1d12h  "2h ago"   before now; units s m h d w, calendar mo and y
                             (m is minutes, mo is months)
  now today yesterday tomorrow monday … sunday

What relative times count from
  --now TIME    that time: repeatable reports
  --now last    the newest record of the input: right for old dumps
  (neither)     the clock of this machine

A record without a usable time (none recorded, or a sentinel such as
+999999999-12-31) is never inside a window; the accounting line counts it.

Hours and days
  --hours 8-18               08:00 up to, but not including, 18:00; 22-6 goes
                             over midnight; 8-12,13-17 is either
  --days mon-fri             weekdays; fri-mon goes round the end of the week
  --outside-hours            any time but --hours on --days; alone it stands for
                             08:00-18:00 on mon-fri
Both go by the clock of --tz, daylight saving time included. The day is that of
the event itself: at 02:00 on a Saturday, --days fri --hours 22-6 is no match.

--tz ZONE (UTC, local, or an IANA name) is used for typed times without a zone
and for all times shown. Shown times always carry Z or an offset.

Aliases: --after --from --start for --since; --before --to --end for --until.`,
};
