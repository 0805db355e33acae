import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInstants, type Instant, instantOf, isInstant, isoSecond, parseInstant } from '../../src/record/time.ts';

/** Civil parts written with any legal spelling, and the nanosecond they mean by an independent computation. */
const spelled = fc
  .record({
    day: fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }),
    digits: fc.stringMatching(/^\d{0,12}$/),
    offset: fc.option(fc.record({ sign: fc.constantFrom('+', '-'), hour: fc.nat(23), minute: fc.nat(59) })),
    separator: fc.constantFrom('T', 't', ' '),
    zulu: fc.constantFrom('Z', 'z'),
  })
  .map(({ day, digits, offset, separator, zulu }) => {
    const [date = '', clock = ''] = day.toISOString().slice(0, 19).split('T');
    const zone = offset === null ? zulu : `${offset.sign}${two(offset.hour)}:${two(offset.minute)}`;
    const east = offset === null ? 0 : (offset.hour * 60 + offset.minute) * (offset.sign === '-' ? -60 : 60);
    const second = BigInt(Date.parse(`${date}T${clock}Z`) / 1000 - east);
    return {
      text: `${date}${separator}${clock}${digits === '' ? '' : `.${digits}`}${zone}`,
      digits,
      nanos: second * 1_000_000_000n + BigInt(digits.slice(0, 9).padEnd(9, '0')),
    };
  });

const instants = fc
  .record({
    second: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -62_167_219_200, max: 253_402_300_799 })),
    nano: fc.oneof(fc.constantFrom(0, 1, 999_999_999), fc.nat(999_999_999)),
  })
  .map(({ second, nano }) => instantOf(second, nano));

describe('parseInstant', () => {
  it.each([
    ['2026-01-02T03:04:05Z', 1767323045, 0, '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05.331Z', 1767323045, 331_000_000, '2026-01-02T03:04:05.331Z'],
    ['2026-01-02T03:04:05.5Z', 1767323045, 500_000_000, '2026-01-02T03:04:05.5Z'],
    ['2026-01-02T03:04:05.500Z', 1767323045, 500_000_000, '2026-01-02T03:04:05.500Z'],
    ['2026-01-02T03:04:05.000Z', 1767323045, 0, '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.000000001Z', 1767323045, 1, '2026-01-02T03:04:05.000000001Z'],
    ['2026-01-02T03:04:05.9999999999Z', 1767323045, 999_999_999, '2026-01-02T03:04:05.9999999999Z'],
    ['2026-01-02T03:04:05.0000000009Z', 1767323045, 0, '2026-01-02T03:04:05.0000000009Z'],
    ['2026-01-02t03:04:05z', 1767323045, 0, '2026-01-02T03:04:05Z'],
    ['2026-01-02 03:04:05Z', 1767323045, 0, '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05+00:00', 1767323045, 0, '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05-00:00', 1767323045, 0, '2026-01-02T03:04:05Z'],
    ['2026-01-01T00:30:00.25+02:00', 1767220200, 250_000_000, '2025-12-31T22:30:00.25Z'],
    ['2025-12-31T20:30:00-03:30', 1767225600, 0, '2026-01-01T00:00:00Z'],
    ['2026-01-01T23:59:00+23:59', 1767225600, 0, '2026-01-01T00:00:00Z'],
    ['2024-02-29T00:00:00Z', 1709164800, 0, '2024-02-29T00:00:00Z'],
    ['2000-02-29T00:00:00Z', 951782400, 0, '2000-02-29T00:00:00Z'],
    ['2016-12-31T23:59:60.5Z', 1483228800, 500_000_000, '2017-01-01T00:00:00.5Z'],
    ['1969-12-31T23:59:59.999999999Z', -1, 999_999_999, '1969-12-31T23:59:59.999999999Z'],
    ['0000-01-01T00:00:00Z', -62_167_219_200, 0, '0000-01-01T00:00:00Z'],
    ['0099-12-31T00:00:00Z', -59_011_545_600, 0, '0099-12-31T00:00:00Z'],
    ['9999-12-31T23:59:59.999999999Z', 253_402_300_799, 999_999_999, '9999-12-31T23:59:59.999999999Z'],
  ])('reads %s', (text, second, nano, utc) => {
    expect(parseInstant(text)).toEqual({ second, nano, text: utc });
  });

  it.each([
    ['the sentinel of the notification service', '+999999999-12-31T23:59:59.999999999-18:00'],
    ['no zone', '2026-01-02T03:04:05'],
    ['a date alone', '2026-01-02'],
    ['no seconds', '2026-01-02T03:04Z'],
    ['a point without digits', '2026-01-02T03:04:05.Z'],
    ['a comma', '2026-01-02T03:04:05,5Z'],
    ['an offset without colon', '2026-01-02T03:04:05+0200'],
    ['an offset of 24 hours', '2026-01-02T03:04:05+24:00'],
    ['an offset of 60 minutes', '2026-01-02T03:04:05+01:60'],
    ['month 0', '2026-00-02T03:04:05Z'],
    ['month 13', '2026-13-02T03:04:05Z'],
    ['day 0', '2026-01-00T03:04:05Z'],
    ['30 February', '2024-02-30T00:00:00Z'],
    ['29 February of an ordinary year', '2026-02-29T00:00:00Z'],
    ['29 February of 1900', '1900-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['hour 24', '2026-01-02T24:00:00Z'],
    ['minute 60', '2026-01-02T03:60:05Z'],
    ['second 61', '2026-01-02T03:04:61Z'],
    ['five digits of year', '12026-01-02T03:04:05Z'],
    ['the year before 0000 in UTC', '0000-01-01T00:59:59+01:00'],
    ['the year after 9999 in UTC', '9999-12-31T23:00:00-01:00'],
    ['a leap second at the end of 9999', '9999-12-31T23:59:60Z'],
    ['blanks around it', ' 2026-01-02T03:04:05Z'],
    ['a line break behind it', '2026-01-02T03:04:05Z\n'],
    ['other digits', '２０２６-01-02T03:04:05Z'],
    ['nothing', ''],
  ])('takes %s for no time', (_, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('means the nanosecond that whole numbers say, and keeps the digits', () => {
    fc.assert(
      fc.property(spelled, ({ text, digits, nanos }) => {
        const instant = parsed(text);

        expect(nanosOf(instant)).toBe(nanos);
        expect(instant.text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
        expect(instant.text.slice(20, -1)).toBe(digits);
      }),
      { seed: 41, numRuns: 1000 },
    );
  });

  it('reads its own text back to itself', () => {
    fc.assert(
      fc.property(spelled, ({ text }) => {
        const instant = parsed(text);
        expect(parseInstant(instant.text)).toEqual(instant);
      }),
      { seed: 42, numRuns: 500 },
    );
  });

  it('reads a megabyte of digits', () => {
    const text = `2026-01-02T03:04:05.${'1'.repeat(1_000_000)}Z`;

    expect(parseInstant(text)).toEqual({ second: 1767323045, nano: 111_111_111, text });
  });
});

describe('compareInstants', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.5Z', -1],
    ['2026-01-02T03:04:05.000000100Z', '2026-01-02T03:04:05.000000500Z', -1],
    ['2026-01-02T04:04:05+02:00', '2026-01-02T03:04:05Z', -1],
    ['2026-01-02T03:04:05.5Z', '2026-01-02T05:04:05.500000000+02:00', 0],
    ['2026-01-02T03:04:05.0000000001Z', '2026-01-02T03:04:05Z', 0],
    ['1969-12-31T23:59:59.9Z', '1970-01-01T00:00:00Z', -1],
    ['1969-12-31T23:59:59.1Z', '1969-12-31T23:59:59.2Z', -1],
  ])('%s against %s: %i', (a, b, expected) => {
    expect(Math.sign(compareInstants(parsed(a), parsed(b)))).toBe(expected);
    expect(0 - Math.sign(compareInstants(parsed(b), parsed(a)))).toBe(expected);
  });

  it('is the order of the nanoseconds, hence total', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const difference = nanosOf(a) - nanosOf(b);
        expect(Math.sign(compareInstants(a, b))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
      { seed: 43, numRuns: 1000 },
    );
  });
});

describe('instantOf', () => {
  it.each([
    [0, 0, '1970-01-01T00:00:00Z'],
    [0, 5_000_000, '1970-01-01T00:00:00.005Z'],
    [0, 5_000, '1970-01-01T00:00:00.000005Z'],
    [-1, 1, '1969-12-31T23:59:59.000000001Z'],
  ])('%i s and %i ns are %s', (second, nano, text) => {
    expect(instantOf(second, nano)).toEqual({ second, nano, text });
  });

  it('writes a text that means the same', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(parseInstant(instant.text)).toEqual(instant);
      }),
      { seed: 44, numRuns: 500 },
    );
  });
});

it('isoSecond marks years beyond four digits', () => {
  expect([-62_167_219_201, 0, 253_402_300_800].map(isoSecond)).toEqual([
    '-000001-12-31T23:59:59',
    '1970-01-01T00:00:00',
    '+010000-01-01T00:00:00',
  ]);
});

it('isInstant knows instants from every other cell', () => {
  const cells = [parseInstant('2026-01-02T03:04:05Z'), undefined, null, '2026-01-02T03:04:05Z', 1, true, ['a'], {}];

  expect(cells.map(isInstant)).toEqual([true, false, false, false, false, false, false, false]);
});

function parsed(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
}

function nanosOf({ second, nano }: Instant): bigint {
  return BigInt(second) * 1_000_000_000n + BigInt(nano);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
