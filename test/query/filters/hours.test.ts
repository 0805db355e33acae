import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/query/explain.ts';
import { buildExpr, type FilterArgument } from '../../../src/query/question.ts';
import { loadZone, utc, type Zone } from '../../../src/record/zone.ts';
import { context, errorOf, exprOf, given, keeps, matches } from '../ask.ts';

const vienna = (await loadZone('Europe/Vienna')) ?? expect.fail();

/** 2026-05-08 was a Friday. */
function at(time: string): { readonly time: string } {
  return { time };
}

function asked(args: readonly FilterArgument[], time: string | undefined, zone: Zone = utc): boolean {
  return matches(buildExpr(args, { ...context, zone }), time === undefined ? {} : at(time));
}

describe('--hours', () => {
  it.each([
    // Half-open.
    ['08:00-18:00', '2026-05-08T07:59:59.999999999Z', false],
    ['08:00-18:00', '2026-05-08T08:00:00Z', true],
    ['08:00-18:00', '2026-05-08T17:59:59.999999999Z', true],
    ['08:00-18:00', '2026-05-08T18:00:00Z', false],
    // Short spellings.
    ['8-18', '2026-05-08T08:00:00Z', true],
    ['08-18', '2026-05-08T18:00:00Z', false],
    ['8:30-17', '2026-05-08T08:29:00Z', false],
    ['8 - 18', '2026-05-08T09:00:00Z', true],
    // Either.
    ['8-12,13-17', '2026-05-08T12:30:00Z', false],
    ['8-12,13-17', '2026-05-08T13:00:00Z', true],
    // Over midnight.
    ['22-6', '2026-05-08T23:00:00Z', true],
    ['22-6', '2026-05-08T05:59:59Z', true],
    ['22-6', '2026-05-08T06:00:00Z', false],
    ['22-24', '2026-05-08T23:59:59Z', true],
    ['22-0', '2026-05-08T23:59:59Z', true],
    ['22-0', '2026-05-08T00:00:00Z', false],
    ['0-24', '2026-05-08T00:00:00Z', true],
    // As an instant, whatever the offset it is written with.
    ['8-18', '2026-05-08T09:30:00+02:00', false],
    // Before 1970 and without a time.
    ['8-18', '1969-07-20T17:59:59Z', true],
    ['0-24', '+999999999-12-31T23:59:59Z', false],
  ])('%s at %s: %s', (hours, time, expected) => {
    expect(keeps('hours', hours, at(time))).toBe(expected);
  });

  it('goes by the clock of the zone, daylight saving time included', () => {
    // 08:00 in Vienna.
    expect(asked([given('hours', '8-9')], '2026-03-28T07:00:00Z', vienna)).toBe(true);
    expect(asked([given('hours', '8-9')], '2026-03-29T07:00:00Z', vienna)).toBe(false);
    expect(asked([given('hours', '8-9')], '2026-03-29T06:00:00Z', vienna)).toBe(true);
    // The hour that clocks show twice is that hour both times; the one they skip is nobody's.
    expect(asked([given('hours', '2-3')], '2026-10-25T00:30:00Z', vienna)).toBe(true);
    expect(asked([given('hours', '2-3')], '2026-10-25T01:30:00Z', vienna)).toBe(true);
    expect(asked([given('hours', '3-4')], '2026-03-29T01:30:00Z', vienna)).toBe(true);
  });

  it('knows zones that are nothing but an offset', async () => {
    const zone = (await loadZone('+05:30')) ?? expect.fail();

    expect(asked([given('hours', '8-9')], '2026-05-08T02:30:00Z', zone)).toBe(true);
    expect(asked([given('hours', '8-9')], '2026-05-08T03:30:00Z', zone)).toBe(false);
  });

  it('negated keeps what has no time', () => {
    expect(asked([given('not-hours', '8-18')], undefined)).toBe(true);
    expect(asked([given('not-hours', '8-18')], '2026-05-08T09:00:00Z')).toBe(false);
  });

  it.each(['25-26', '8', '8-8', '8-18-20', '24-6', '8:60-9', '24:01-3', 'x'])('refuses %s', (hours) => {
    expect(errorOf(() => exprOf('hours', hours))).toMatch(
      /^bad-hours: --hours ".*": (not hours of the day|begins where it ends)\ntry 08:00-18:00, 22-6 or 8-12,13:30-17$/,
    );
  });
});

describe('--days', () => {
  it.each([
    ['mon-fri', '2026-05-08T10:00:00Z', true],
    ['mon-fri', '2026-05-09T10:00:00Z', false],
    ['sat,sun', '2026-05-10T10:00:00Z', true],
    ['Friday-MONDAY', '2026-05-10T10:00:00Z', true],
    ['Friday-MONDAY', '2026-05-12T10:00:00Z', false],
    ['fri', '2026-05-08T23:59:59.9Z', true],
    ['fri-fri', '2026-05-09T00:00:00Z', false],
    ['thu', '1970-01-01T00:00:00Z', true],
    ['wed', '1969-12-31T23:59:59Z', true],
  ])('%s at %s: %s', (days, time, expected) => {
    expect(keeps('days', days, at(time))).toBe(expected);
  });

  it('is the day of the event itself, by the calendar of the zone', () => {
    expect(asked([given('days', 'sat')], '2026-05-08T22:00:00Z', vienna)).toBe(true);
    expect(asked([given('days', 'fri')], '2026-05-08T22:00:00Z', vienna)).toBe(false);
    expect(asked([given('days', 'fri'), given('hours', '22-6')], '2026-05-09T02:00:00Z')).toBe(false);
    expect(asked([given('days', 'fri'), given('hours', '22-6')], '2026-05-08T02:00:00Z')).toBe(true);
  });

  it.each(['mo', 'mon-', 'mon-tue-wed', 'Fritag', '1-5'])('refuses %s', (days) => {
    expect(errorOf(() => exprOf('days', days))).toMatch(
      /^bad-days: --days ".*": not days of the week\n.*try mon-fri, sat,sun or Friday-Monday$/,
    );
  });
});

describe('--outside-hours', () => {
  const outside = given('outside-hours');

  it.each([
    ['2026-05-08T17:59:59Z', false],
    ['2026-05-08T18:00:00Z', true],
    ['2026-05-09T12:00:00Z', true],
    [undefined, false],
  ])('alone is outside of 08:00-18:00 from Monday to Friday: %s: %s', (time, expected) => {
    expect(asked([outside], time)).toBe(expected);
  });

  it('turns round the hours and days typed with it', () => {
    const args = [given('hours', '7-20'), outside, given('days', 'mon-sat')];

    expect(asked(args, '2026-05-09T12:00:00Z')).toBe(false);
    expect(asked(args, '2026-05-09T20:00:00Z')).toBe(true);
    expect(asked(args, '2026-05-10T12:00:00Z')).toBe(true);
    expect(asked([outside, given('hours', '7-20')], '2026-05-09T12:00:00Z')).toBe(true);
  });

  it('leaves their negations alone', () => {
    const args = [outside, given('not-days', 'sat,sun')];

    expect(asked(args, '2026-05-09T12:00:00Z')).toBe(false);
    expect(asked(args, '2026-05-08T19:00:00Z')).toBe(true);
  });

  it('negated is inside, or without a time', () => {
    expect(asked([given('not-outside-hours'), given('hours', '9-10')], '2026-05-08T09:00:00Z')).toBe(true);
    expect(asked([given('not-outside-hours'), given('hours', '9-10')], '2026-05-08T12:00:00Z')).toBe(false);
    expect(asked([given('not-outside-hours')], undefined)).toBe(true);
  });

  it('checks the values that it takes', () => {
    expect(errorOf(() => buildExpr([outside, given('hours', '8')], context))).toContain('--hours "8"');
    const empty = { ...context, readFile: () => '' };
    expect(errorOf(() => buildExpr([outside, given('hours', '@none')], empty))).toContain('no value in the file');
  });
});

it('is explained in words', () => {
  const expr = buildExpr([given('outside-hours'), given('days', 'sun,fri-sat')], { ...context, zone: vienna });

  expect(explain(expr)).toBe('time is not on Sunday, Friday or Saturday from 08:00 to 18:00 in Europe/Vienna');
});
