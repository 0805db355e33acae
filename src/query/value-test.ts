import { addressInRange } from '../record/address.ts';
import { crnPrefixTest, foldType, parseCrn } from '../record/crn.ts';
import { clockIn } from '../record/local-clock.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { HoursTest, PlainTest, Scalar } from './expr.ts';
import { fold } from './fold.ts';
import { textOfValue } from './operand.ts';
import { compileTextPattern } from './text-pattern.ts';

/** A test on one present value: a cell or a member of a list. */
export type ValueTest = (value: Scalar | Instant) => boolean;

/** Prepares everything that does not depend on the value. The test holds no state and never throws. */
export function compileTest(test: PlainTest): ValueTest {
  switch (test.kind) {
    case 'exists':
      return () => true;
    case 'window':
      return windowTest(test.from, test.until);
    case 'hours':
      return hoursTest(test);
    case 'text':
      return textTest(test);
    case 'among': {
      const { values } = test;
      return test.fold ? (value) => values.has(fold(textOfValue(value))) : (value) => values.has(textOfValue(value));
    }
    case 'contains': {
      const { text } = test;
      return (value) => fold(textOfValue(value)).includes(text);
    }
    case 'address': {
      const { range } = test;
      return (value) => addressInRange(textOfValue(value), range);
    }
    case 'crn-prefix': {
      const startsWith = crnPrefixTest(test.prefix);
      return (value) => startsWith(textOfValue(value));
    }
    case 'segment':
      return segmentTest(test);
  }
}

function windowTest(from: Instant | undefined, until: Instant | undefined): ValueTest {
  return (value) =>
    isInstant(value) &&
    (from === undefined || compareInstants(value, from) >= 0) &&
    (until === undefined || compareInstants(value, until) < 0);
}

function hoursTest({ zone, hours, days, outside = false }: HoursTest): ValueTest {
  const clock = clockIn(zone);
  return (value) => {
    if (!isInstant(value)) return false;
    const { weekday, secondOfDay } = clock(value.second);
    const isInside =
      (days?.includes(weekday) ?? true) &&
      (hours?.some(([from, until]) => secondOfDay >= from && secondOfDay < until) ?? true);
    return isInside !== outside;
  };
}

function textTest({ pattern, except }: Extract<PlainTest, { kind: 'text' }>): ValueTest {
  const passes = compileTextPattern(pattern);
  if (except === undefined) return (value) => passes(textOfValue(value));
  const skipped = new Set(except.map(fold));
  return (value) => {
    const text = textOfValue(value);
    return !skipped.has(fold(text)) && passes(text);
  };
}

function segmentTest({ type, name }: Extract<PlainTest, { kind: 'segment' }>): ValueTest {
  const typePasses = compileTextPattern(type);
  const namePasses = compileTextPattern(name);
  return (value) => {
    const crn = parseCrn(textOfValue(value));
    return crn?.segments.some((s) => typePasses(foldType(s.type)) && namePasses(s.name)) ?? false;
  };
}
