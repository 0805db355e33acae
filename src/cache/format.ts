import type { FileStamp } from './stamp.ts';

/**
 * A cache file, of one state of one dump:
 *
 * ```
 * magic | sections … | index, as JSON | trailer: index offset f64, index length u32, its CRC u32, CRC of these 16 bytes u32
 * ```
 *
 * Every byte but those of sections nobody asks for is checked before it is believed: the magic by comparison, the
 * trailer and the index by their CRCs, each section by the CRC the index has of it, and the length of the file by the
 * trailer. CRC-32 finds every change of up to 32 bits in a row; a cache is guarded against decay, not against its owner.
 *
 * Rows stand in stretches of the dump, one section for each column of a stretch; numbers are little-endian, counted
 * from where the stretch begins.
 */
export const magic = 'audit-cli cache\n';

/** Grows when the meaning of anything changes. */
export const formatVersion = 1;

export const trailerBytes = 20;

export interface Section {
  readonly offset: number;
  readonly length: number;
  readonly crc: number;
}

/** What makes a cache one of this very program and file. */
export interface CacheKey {
  readonly format: number;
  readonly tool: string;
  /** Which values are in it. */
  readonly projection: string;
  readonly path: string;
  readonly stamp: FileStamp;
}

export interface CacheIndex {
  readonly key: CacheKey;
  /** When it was built, in milliseconds since 1970. */
  readonly builtAt: number;
  readonly rows: number;
  /** Lines that are read from the dump each time, because only the truth can tell what they are. */
  readonly doubts: number;
  readonly lines: number;
  readonly stretches: readonly Stretch[];
  /** Null for a group with too many tuples, which is not in the cache. */
  readonly dictionaries: readonly (Dictionary | null)[];
}

/** Some lines of the dump that follow each other, up to the next stretch. */
export interface Stretch {
  /** Where it begins: the offset in the dump, and the line from 1. */
  readonly from: number;
  readonly firstLine: number;
  readonly rows: number;
  readonly doubts: number;
  readonly columns: Readonly<Record<ColumnKey, Section>>;
  /** The numbers of tuples, by group; a group that was given up has them up to there. */
  readonly tuples: readonly (Section | null)[];
}

/**
 * Of a row: `start` and `length` of its record, `line`, and its time; `digits` says how many fraction digits it has, or
 * that the truth must read it. Of a doubtful line: where it starts, its length without the newline, its line.
 *
 * Columns of whole numbers are one, two or four bytes wide, whatever a stretch needs. `line` is empty where every
 * line is a row. `doubtLength` holds floats of eight bytes.
 */
export const columnKeys = [
  'start',
  'length',
  'line',
  'second',
  'nano',
  'digits',
  'doubtStart',
  'doubtLength',
  'doubtLine',
] as const;

export type ColumnKey = (typeof columnKeys)[number];

/** Stands for fraction digits where the time is not plain. */
export const oddTime = 0xff;

/** Each tuple's values in the order of its group: length u32, or `absent`, then the JSON text. */
export interface Dictionary {
  readonly tuples: number;
  /** Where each tuple begins in `texts`, and where the last one ends: u32. */
  readonly places: Section;
  readonly texts: Section;
}

export const absent = 0xffffffff;
