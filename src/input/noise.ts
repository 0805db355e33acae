/**
 * What stands in dumps beside records and is no fault of theirs: it is counted by kind. The words follow a number in
 * the accounting line: for one, and for several.
 */
export const noiseKinds = {
  headers: ['line of headers', 'lines of headers'],
  'consumer-message': ['message of the consumer', 'messages of the consumer'],
  'log-line': ['log line', 'log lines'],
  'null-value': ['null value', 'null values'],
  punctuation: ['line of brackets', 'lines of brackets'],
  'bulk-action': ['bulk action', 'bulk actions'],
  'search-message': ['message of the search', 'messages of the search'],
  'search-end': ['end of the search', 'ends of the search'],
  'preview-row': ['preview row', 'preview rows'],
} as const satisfies Record<string, readonly [one: string, several: string]>;

export type NoiseKind = keyof typeof noiseKinds;

export function isNoiseKind(kind: string): kind is NoiseKind {
  return Object.hasOwn(noiseKinds, kind);
}
