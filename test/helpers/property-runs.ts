import { vi } from 'vitest';

/** `PROPERTY_RUNS=50 npx vitest run test/properties` looks fifty times as long. */
const factor = Number(process.env.PROPERTY_RUNS ?? 1);

// A longer search takes longer.
vi.setConfig({ testTimeout: 60_000 * Math.max(1, factor) });

/** The same examples every time; a longer search goes on where the short one ends. */
export function propertyRuns(usual: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: 7, numRuns: Math.max(1, Math.round(usual * factor)) };
}
