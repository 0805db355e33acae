import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/**
 * An output in a form in which equal answers are equal text, whatever the order of lines, the order of keys, the
 * quoting or the spelling of numbers. `parts` holds one text for each thing that was counted.
 */
export const canonical = {
  /** Whole records, as a set. */
  records: async (path) => ({ records: await digestOfLines(path, (line) => JSON.stringify(sorted(JSON.parse(line)))) }),

  /** Rows of a table as a set, with or without a header. No value of the corpus holds a quote or a comma. */
  rows: async (path) => ({
    rows: await digestOfLines(path, (line) => unquoted(line).replace(/^(?:time|principal,method|key),.*/, '')),
  }),

  /** The first column of rows, in their order. */
  times: async (path) => {
    const hash = createHash('sha256');
    let count = 0;
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const [time] = unquoted(line).split(',', 1);
      if (time === '' || time === 'time') continue;
      count++;
      hash.update(`${time}\n`);
    }
    return { times: `${count} lines, ${hash.digest('hex')}` };
  },

  /** Key of two columns, first time, id and count; we tell more about each. */
  firstSeen: async (path) => ({
    rows: await digestOfLines(path, (line) =>
      unquoted(line)
        .split(',', 5)
        .join(',')
        .replace(/^principal,.*/, ''),
    ),
  }),

  /** Lines of group, value and count. Hours are rolled up to half days, which is what our histogram of a week has. */
  counts: async (path) => {
    const text = await readFile(path, 'utf8');
    const counts = text.startsWith('{') ? ourCounts(JSON.parse(text)) : theirCounts(text);
    return Object.fromEntries(
      [...counts].map(([group, values]) => [group, [...values].sort(([a], [b]) => (a < b ? -1 : 1)).join(' ')]),
    );
  },
};

/** The parts that differ; a peer that counts less than we do is compared in what it counts. */
export function differences(ours, theirs) {
  const parts = Object.keys(theirs);
  return parts.length === 0 ? ['no answer'] : parts.filter((part) => ours[part] !== theirs[part]);
}

/** The sum of the lines' digests does not depend on their order. */
async function digestOfLines(path, canonicalLine) {
  let count = 0;
  let sum = 0n;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const text = line === '' ? '' : canonicalLine(line);
    if (text === '') continue;
    count++;
    sum += createHash('sha256').update(text).digest().readBigUInt64LE();
  }
  return `${count} lines, ${BigInt.asUintN(64, sum).toString(16)}`;
}

function sorted(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

function ourCounts({ top, histogram }) {
  const counts = new Map();
  for (const { column, absent, values } of top) {
    const group = { ips: 'ip' }[column] ?? column;
    for (const { value, count } of values) add(counts, group, value, count);
    if (absent > 0) add(counts, group, '', absent);
  }
  for (const { second, count } of histogram.buckets) if (count > 0) add(counts, 'hour', halfDay(second), count);
  return counts;
}

function theirCounts(text) {
  const counts = new Map();
  for (const line of text.split('\n').filter(Boolean)) {
    const [group, value, count] = unquoted(line).split('\t');
    const isHour = group === 'hour';
    add(counts, group, isHour ? halfDay(Date.parse(`${value}:00Z`) / 1000) : value, Number(count));
  }
  return counts;
}

function add(counts, group, value, count) {
  const values = counts.get(group) ?? new Map();
  counts.set(group, values.set(value, (values.get(value) ?? 0) + count));
}

const unquoted = (line) => line.replaceAll('"', '');

const halfDay = (second) => String(Math.floor(second / 43_200));
