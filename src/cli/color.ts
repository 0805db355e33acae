/**
 * Whether to colour: the flag, then NO_COLOR, then CLICOLOR_FORCE / FORCE_COLOR, then TERM=dumb,
 * then whether the stream is a terminal. Empty variables do not count.
 */
export function wantsColor(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (flag === 'always') return true;
  if (flag === 'never') return false;
  if (isSet(env.NO_COLOR)) return false;
  if (isForced(env.CLICOLOR_FORCE) || isForced(env.FORCE_COLOR)) return true;
  if (env.TERM === 'dumb') return false;
  return isTerminal;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function isForced(value: string | undefined): boolean {
  return isSet(value) && value !== '0';
}
