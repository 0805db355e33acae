import { isDigit, QUOTE } from './text';

/**
 * The one spelling of time that nearly every record has, `"2026-05-03T12:45:13.689395512Z"` with up to nine digits.
 * Everything else (offsets, lower case, leap seconds, more digits, no time) is left to the truth.
 */

/** Of the time read last: seconds since 1970, nanoseconds, and how many fraction digits were written. */
export let second: f64 = 0;
export let nano: u32 = 0;
export let digits: u32 = 0;

/** `YYYY-MM-DDTHH:MM` read last and the second it starts at: events come in bursts. */
let minuteA: u64 = 0;
let minuteB: u64 = 0;
let minuteStart: f64 = 0;

/** Reads the JSON string of `length` bytes at `p`, quotes included. False when it is not spelled so. */
export function readTime(p: usize, length: u32): bool {
  // Quotes, 20 characters, and a point with one to nine digits.
  if (length < 22 || length == 23 || length > 32 || load<u8>(p) != QUOTE) return false;
  const at = p + 1;
  const last = p + <usize>length - 2;
  if (load<u8>(last) != 0x5a || load<u8>(at, 16) != 0x3a) return false;
  const a = load<u64>(at);
  const b = load<u64>(at, 8);
  if (a != minuteA || b != minuteB) {
    if (!readMinute(at)) return false;
    minuteA = a;
    minuteB = b;
  }
  if (!isDigit(load<u8>(at, 17)) || !isDigit(load<u8>(at, 18)) || load<u8>(at, 17) > 0x35) return false;
  second = minuteStart + <f64>two(at + 17);
  return readFraction(at + 19, last);
}

function readFraction(p: usize, end: usize): bool {
  nano = 0;
  digits = 0;
  if (p == end) return true;
  if (load<u8>(p++) != 0x2e) return false;
  let value: u32 = 0;
  let unit: u32 = 1000000000;
  digits = <u32>(end - p);
  while (p < end) {
    const c = load<u8>(p++);
    if (!isDigit(c)) return false;
    value = value * 10 + <u32>(c - 0x30);
    unit /= 10;
  }
  nano = value * unit;
  return true;
}

function readMinute(p: usize): bool {
  // Forget what was read last: the start below is another one's.
  minuteA = 0;
  for (let i: usize = 0; i < 16; i++) {
    const c = load<u8>(p + i);
    const wanted: u8 = i == 4 || i == 7 ? 0x2d : i == 10 ? 0x54 : i == 13 ? 0x3a : 0;
    if (wanted == 0 ? !isDigit(c) : c != wanted) return false;
  }
  const year = two(p) * 100 + two(p + 2);
  const month = two(p + 5);
  const day = two(p + 8);
  const hour = two(p + 11);
  const minute = two(p + 14);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59) return false;
  minuteStart = <f64>daysSince1970(year, month, day) * 86400 + <f64>(hour * 3600 + minute * 60);
  return true;
}

function two(p: usize): i32 {
  return (<i32>load<u8>(p) - 0x30) * 10 + <i32>load<u8>(p, 1) - 0x30;
}

function daysIn(year: i32, month: i32): i32 {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Days of the Gregorian calendar, counted in years that begin in March so that the leap day comes last. */
function daysSince1970(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (153 * fromMarch + 2) / 5 + day - 1;
  // Year 0 has its January in the year -1: shifted by 400 years so that divisions round down.
  const shifted = y + 400;
  return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719468 - 146097;
}
