import { expect, test } from 'vitest';
import type { CommandInfo, Invocation } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { verdictOf } from '../../src/cli/verdict.ts';
import type { Diagnostic } from '../../src/diag/diagnostic.ts';
import { type Accounting, newAccounting } from '../../src/engine/accounting.ts';

const [filter] = commands as readonly [CommandInfo, ...CommandInfo[]];

function given(flags: Readonly<Record<string, readonly string[]>>): Invocation {
  return { command: filter, operands: [], flags: new Map(Object.entries(flags)) };
}

/** Ten lines of one file: nine records, two of them matching, one malformed line. */
const usual: Partial<Accounting> = { sources: 1, lines: 10, records: 9, malformed: 1, matched: 2, notMatched: 7 };
const unmatched: Partial<Accounting> = { ...usual, matched: 0, notMatched: 9 };
const unreadable: Partial<Accounting> = { sources: 1, unreadable: 1, complete: false };
const partly: Partial<Accounting> = { ...usual, sources: 2, unreadable: 1, complete: false };

function told(severity: Diagnostic['severity']): Partial<Accounting> {
  return { ...usual, diagnostics: [{ code: 'x', severity, message: 'x' }] };
}

test.each([
  { says: 'something matched', of: usual, exit: 0 },
  { says: 'nothing matched', of: unmatched, exit: 1 },
  { says: 'an empty input matched nothing', of: { sources: 1 }, exit: 1 },
  { says: '--exit-zero makes nothing matched a success', of: unmatched, flags: { 'exit-zero': [] }, exit: 0 },
  { says: 'a report is never without a match', of: unmatched, report: true, exit: 0 },

  { says: 'nothing could be read', of: unreadable, exit: 2 },
  { says: 'nothing could be read, for a report', of: unreadable, report: true, exit: 2 },
  { says: '--exit-zero hides no unreadable input', of: unreadable, flags: { 'exit-zero': [] }, exit: 2 },

  { says: 'one of two files could not be read', of: partly, exit: 3 },
  { says: 'incomplete outranks nothing matched', of: { ...partly, matched: 0 }, exit: 3 },
  { says: 'incomplete outranks --exit-zero', of: { ...partly, matched: 0 }, flags: { 'exit-zero': [] }, exit: 3 },
  { says: 'a report on half the input', of: partly, report: true, exit: 3 },
  { says: 'a source was cut short', of: { ...usual, complete: false }, exit: 3 },
  { says: 'the only source was cut short after some lines', of: { ...usual, unreadable: 1, complete: false }, exit: 3 },
  { says: 'something was told as an error', of: told('error'), exit: 3 },
  { says: 'a warning is no error', of: told('warning'), exit: 0 },
  { says: 'a note is no error', of: told('note'), exit: 0 },

  { says: 'malformed lines leave the code alone', of: { ...usual, malformed: 9 }, exit: 0 },
  { says: '--strict does not', of: usual, flags: { strict: [] }, exit: 3 },
  { says: '--strict outranks nothing matched', of: unmatched, flags: { strict: [] }, exit: 3 },
  { says: '--strict without malformed lines', of: { ...usual, malformed: 0 }, flags: { strict: [] }, exit: 0 },
  { says: 'as many malformed lines as allowed', of: usual, flags: { 'max-malformed': ['1'] }, exit: 0 },
  { says: 'one more than allowed', of: usual, flags: { 'max-malformed': ['0'] }, exit: 3 },
  { says: 'exactly the share allowed', of: usual, flags: { 'max-malformed': ['10%'] }, exit: 0 },
  { says: 'more than the share allowed', of: usual, flags: { 'max-malformed': ['9.9%'] }, exit: 3 },
  { says: 'no share of no lines', of: { sources: 1 }, flags: { 'max-malformed': ['0%'] }, exit: 1 },

  { says: '--quiet with a match settles it, as with grep', of: partly, flags: { quiet: [] }, exit: 0 },
  { says: '--quiet without one', of: unmatched, flags: { quiet: [] }, exit: 1 },
  { says: '--quiet without one, incomplete', of: { ...partly, matched: 0 }, flags: { quiet: [] }, exit: 3 },
])('$says: exit $exit', ({ of, flags = {}, report = false, exit }) => {
  expect(verdictOf(given(flags), { ...newAccounting(), ...of }, !report)).toBe(exit);
});
