import { expect, test } from 'vitest';
import { wantsColor } from '../../src/cli/color.ts';

test.each([
  // The flag outranks everything.
  { flag: 'always', env: { NO_COLOR: '1', TERM: 'dumb' }, terminal: false, color: true },
  { flag: 'never', env: { CLICOLOR_FORCE: '1', FORCE_COLOR: '1' }, terminal: true, color: false },
  { flag: 'auto', env: { NO_COLOR: '1' }, terminal: true, color: false },
  { flag: 'auto', env: {}, terminal: true, color: true },
  { flag: 'auto', env: {}, terminal: false, color: false },
  // NO_COLOR outranks the variables that force colour; empty it does not count, 0 does.
  { env: { NO_COLOR: '1', CLICOLOR_FORCE: '1', FORCE_COLOR: '1' }, terminal: true, color: false },
  { env: { NO_COLOR: '0' }, terminal: true, color: false },
  { env: { NO_COLOR: '' }, terminal: true, color: true },
  { env: { NO_COLOR: '', CLICOLOR_FORCE: '1' }, terminal: false, color: true },
  // Forcing outranks a dumb terminal and a pipe; 0 and nothing force nothing.
  { env: { CLICOLOR_FORCE: '1', TERM: 'dumb' }, terminal: false, color: true },
  { env: { FORCE_COLOR: '3' }, terminal: false, color: true },
  { env: { CLICOLOR_FORCE: '0', FORCE_COLOR: '' }, terminal: false, color: false },
  { env: { CLICOLOR_FORCE: '0', FORCE_COLOR: '1' }, terminal: false, color: true },
  { env: { FORCE_COLOR: '0' }, terminal: true, color: true },
  // Then what kind of terminal it is, and whether it is one.
  { env: { TERM: 'dumb' }, terminal: true, color: false },
  { env: { TERM: 'xterm-256color' }, terminal: true, color: true },
  { env: { TERM: 'xterm-256color' }, terminal: false, color: false },
  { env: { NO_COLOR: undefined }, terminal: true, color: true },
])('colour with flag $flag, $env, on a terminal $terminal: $color', ({ flag, env, terminal, color }) => {
  expect(wantsColor(flag, env, terminal)).toBe(color);
});
