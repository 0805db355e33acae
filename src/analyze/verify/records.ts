import type { Digest } from '../../record/ids/digest.ts';
import { type NumberList, words } from '../../record/ids/number-list.ts';
import type { Provenance } from '../../record/record.ts';

/** Where a record stands, as reports name it. */
export interface RecordPlace {
  readonly file: string;
  readonly line: number;
  readonly partition?: number;
  readonly offset?: number;
}

export function placeOf({ file, line, partition, offset }: Provenance): RecordPlace {
  return { file, line, ...(partition !== undefined && { partition }), ...(offset !== undefined && { offset }) };
}

/** What is remembered of every record, by its number in the input: twelve bytes. */
export interface RecordList {
  readonly length: number;
  add(line: number, digest: Digest): void;
  /** A new source begins. */
  startSource(file: string): void;
  placeOf(record: number): RecordPlace;
  /** Whether both have the same bytes. */
  isSameText(a: number, b: number): boolean;
  hasText(record: number, digest: Digest): boolean;
}

export function newRecordList(): RecordList {
  const lines: NumberList = words();
  const digests = [words(), words()] as const;
  const files: { readonly file: string; readonly from: number }[] = [];

  const fileOf = (record: number): string => {
    let low = 0;
    for (let high = files.length - 1; low < high; ) {
      const middle = Math.ceil((low + high) / 2);
      if ((files[middle]?.from ?? 0) <= record) low = middle;
      else high = middle - 1;
    }
    return files[low]?.file ?? '';
  };

  return {
    get length() {
      return lines.length;
    },
    add(line, [first, second]) {
      lines.push(line);
      digests[0].push(first);
      digests[1].push(second);
    },
    startSource(file) {
      files.push({ file, from: lines.length });
    },
    placeOf: (record) => ({ file: fileOf(record), line: lines.at(record) }),
    isSameText: (a, b) => digests.every((list) => list.at(a) === list.at(b)),
    hasText: (record, digest) => digests.every((list, i) => list.at(record) === digest[i]),
  };
}
