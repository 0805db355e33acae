import { FULL, intern, TOO_LONG } from './intern';
import { BAD, endOfLine, NEWLINE, OPEN_BRACE, openingBehind, skipBlanks } from './text';
import { digits, nano, readTime, second } from './time';
import { fieldLength, fieldStart, isPresent, walkRecord } from './walk';
import { recordAt, recordEnd, startDecoding, takeWrapper } from './wrapped';

/**
 * Lines to rows. A line that is an audit record for sure becomes a row; any other is listed as doubtful, for the
 * truth to look at.
 *
 * A row: start u32, end u32 (of the record, from `{` to past `}`), line u32 (from 0 in the block), time digits u32
 * (ODD when the truth must read the time), second f64, nano u32, start of the line u32, then one number for each
 * group, then start u32 and length u32 of each value that is copied (0 and 0 when there is none); padded to eight
 * bytes. A doubtful line: start u32, end u32 (its newline), line u32.
 */

export const ODD: u32 = 0xffffffff;

const ROOT: u32 = 1;

let ROWS: usize = 0;
let rowBytes: usize = 0;
let rowLimit: u32 = 0;
let DOUBTS: usize = 0;
let doubtLimit: u32 = 0;
let GROUPS: usize = 0;
let groupCount: u32 = 0;
/** Fields of values that are copied, u32 each. */
let COPIES: usize = 0;
let copyCount: u32 = 0;
/** The fields that make a JSON object an audit record, and its time. */
let typeField: u32 = 0;
let specversionField: u32 = 0;
let dataField: u32 = 0;
let timeField: u32 = 0;
let takesPrefixes: bool = true;

export let rows: u32 = 0;
export let doubts: u32 = 0;
export let blanks: u32 = 0;
export let lines: u32 = 0;
/** True when the last call stopped because a group has no room for another tuple. */
export let isFull: bool = false;
/** Which group that is. */
export let fullGroup: u32 = 0;

export function setRows(at: usize, bytes: u32, limit: u32, doubtsAt: usize, doubtsLimit: u32): void {
  ROWS = at;
  rowBytes = <usize>bytes;
  rowLimit = limit;
  DOUBTS = doubtsAt;
  doubtLimit = doubtsLimit;
}

export function setGroups(at: usize, count: u32): void {
  GROUPS = at;
  groupCount = count;
}

export function setCopies(at: usize, count: u32): void {
  COPIES = at;
  copyCount = count;
}

export function rowAt(row: u32): usize {
  return ROWS + <usize>row * rowBytes;
}

export function setRecordFields(type: u32, specversion: u32, data: u32, time: u32): void {
  typeField = type;
  specversionField = specversion;
  dataField = data;
  timeField = time;
}

/** Whether text before a record is skipped; else such lines are left to the truth. */
export function setPrefixes(areTaken: bool): void {
  takesPrefixes = areTaken;
}

/** Before the lines of a block from line `line` on. */
export function startBlock(line: u32): void {
  lines = line;
  blanks = 0;
}

/**
 * Takes the lines of `[p, end)` one after the other. Gives where it stopped: `end`, or the line for which there was
 * no room; call again from there once rows and doubts were taken.
 */
export function projectLines(p: usize, end: usize): usize {
  rows = 0;
  doubts = 0;
  isFull = false;
  startDecoding();
  while (p < end) {
    if (load<u8>(p) == NEWLINE) {
      blanks++;
      p++;
    } else {
      const next = projectLine(p, lines);
      if (next == 0) return p;
      p = next;
    }
    lines++;
  }
  return p;
}

/** The same for `count` lines listed at `list`, 12 bytes each as doubtful lines are. Gives how many were taken. */
export function projectListed(list: usize, count: u32): u32 {
  rows = 0;
  doubts = 0;
  isFull = false;
  startDecoding();
  for (let i: u32 = 0; i < count; i++) {
    const at = list + <usize>i * 12;
    if (projectLine(<usize>load<u32>(at), load<u32>(at, 8)) == 0) return i;
  }
  return count;
}

/** Where the next line starts, or 0 when there is no room for this one. */
function projectLine(p: usize, line: u32): usize {
  if (rows >= rowLimit || doubts >= doubtLimit) return 0;
  let start = p;
  let end = BAD;
  const wrapperEnd = takeWrapper(p);
  if (wrapperEnd != BAD) {
    start = recordAt;
    end = load<u8>(start) == OPEN_BRACE ? walkRecord(start, ROOT) : BAD;
    if (end == BAD || skipBlanks(end) != recordEnd) return doubt(p, line);
  } else {
    if (load<u8>(p) != OPEN_BRACE) start = takesPrefixes ? openingBehind(p) : BAD;
    end = start == BAD ? BAD : walkRecord(start, ROOT);
    if (end == BAD) return doubt(p, line);
  }
  const newline = skipBlanks(wrapperEnd == BAD ? end : wrapperEnd);
  if (load<u8>(newline) != NEWLINE || !isAuditRecord()) return doubt(p, line);
  const row = rowAt(rows);
  for (let i: u32 = 0; i < groupCount; i++) {
    const number = intern(GROUPS + <usize>i * 40);
    if (number == FULL) {
      isFull = true;
      fullGroup = i;
      return 0;
    }
    if (number == TOO_LONG) return doubt(p, line);
    store<u32>(row + 32 + ((<usize>i) << 2), number);
  }
  store<u32>(row, <u32>start);
  store<u32>(row, <u32>end, 4);
  store<u32>(row, line, 8);
  store<u32>(row, <u32>p, 28);
  storeTime(row);
  storeCopies(row + 32 + ((<usize>groupCount) << 2));
  rows++;
  return newline + 1;
}

function storeTime(row: usize): void {
  if (isPresent(timeField) && readTime(fieldStart(timeField), fieldLength(timeField))) {
    store<u32>(row, digits, 12);
    store<f64>(row, second, 16);
    store<u32>(row, nano, 24);
  } else store<u32>(row, ODD, 12);
}

function storeCopies(at: usize): void {
  for (let i: u32 = 0; i < copyCount; i++) {
    const field = load<u32>(COPIES + ((<usize>i) << 2));
    const isThere = isPresent(field);
    store<u32>(at, isThere ? <u32>fieldStart(field) : 0);
    store<u32>(at, isThere ? fieldLength(field) : 0, 4);
    at += 8;
  }
}

function doubt(p: usize, line: u32): usize {
  const at = DOUBTS + <usize>doubts * 12;
  const end = endOfLine(p);
  store<u32>(at, <u32>p);
  store<u32>(at, <u32>end, 4);
  store<u32>(at, line, 8);
  doubts++;
  return end + 1;
}

/** An object with a string `type` or `specversion` and an object `data`. */
function isAuditRecord(): bool {
  if (!isPresent(dataField) || load<u8>(fieldStart(dataField)) != OPEN_BRACE) return false;
  return isString(typeField) || isString(specversionField);
}

function isString(field: u32): bool {
  return isPresent(field) && load<u8>(fieldStart(field)) == 0x22;
}
