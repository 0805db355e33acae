import type { NoiseKind } from '../noise.ts';

/** dump-formats.md, form 10: what kcat and the library below it say on stderr. */
export function kcatNoise(line: string): NoiseKind | undefined {
  if (/^%[0-7]\|\d+\.\d+\|/.test(line)) return 'log-line';
  return line.startsWith('% ') ? 'consumer-message' : undefined;
}
