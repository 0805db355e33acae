import type { RecordPlace } from '../../analyze/verify/records.ts';
import type { Instant } from '../../record/time.ts';

/** `dump.ndjson:4711, partition 3, offset 812` */
export function placeText({ file, line, partition, offset }: RecordPlace): string {
  const kafka = [
    partition === undefined ? '' : `partition ${partition}`,
    offset === undefined ? '' : `offset ${offset}`,
  ].filter((part) => part !== '');
  return [`${file}:${line}`, ...kafka].join(', ');
}

/** Seconds with nine digits, exact. */
export function secondsText(from: Instant, to: Instant): string {
  const nano = to.nano - from.nano;
  const seconds = to.second - from.second - (nano < 0 ? 1 : 0);
  return `${seconds}.${String(nano < 0 ? nano + 1e9 : nano).padStart(9, '0')}`;
}

/** `50m`, `1h 5m`, `2d 3h`, `12.5s`: the two largest units. */
export function spanText(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toFixed(1))}s`;
  const whole = Math.round(seconds);
  const parts = (
    [
      ['d', 86_400, Number.POSITIVE_INFINITY],
      ['h', 3600, 24],
      ['m', 60, 60],
      ['s', 1, 60],
    ] as const
  ).map(([unit, size, of]) => ({ unit, amount: Math.floor(whole / size) % of }));
  const first = parts.findIndex(({ amount }) => amount > 0);
  return parts
    .slice(first, first + 2)
    .flatMap(({ unit, amount }) => (amount > 0 ? [`${amount}${unit}`] : []))
    .join(' ');
}
