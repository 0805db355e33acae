/** Exit codes, the contract of `help exit-codes`. Codes are only ever added. */
export const exitCodes = {
  ok: 0,
  nothingMatched: 1,
  usage: 2,
  incomplete: 3,
  gate: 10,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
