/**
 * What is measured, and the figure each peer is meant to be beaten by. `answer` names how two outputs are compared
 * (answers.mjs); `args` are those of audit-cli, before the file.
 */
export const works = [
  {
    id: 'method',
    title: 'filter by method, 0.1 %, original lines out',
    answer: 'records',
    args: ({ rareMethod }) => ['filter', '--method', rareMethod],
  },
  {
    id: 'principal',
    title: 'filter by principal, 3 %',
    answer: 'records',
    args: ({ principal }) => ['filter', '--principal', principal],
  },
  {
    id: 'crn',
    title: 'filter by CRN prefix, 5 %',
    answer: 'records',
    args: ({ crnPrefix }) => ['filter', '--crn', crnPrefix],
  },
  {
    id: 'time',
    title: 'filter by time window, 1 %',
    answer: 'records',
    args: ({ since, until }) => ['filter', '--since', since, '--until', until],
  },
  { id: 'ip', title: 'filter by CIDR, 3 %', answer: 'records', args: ({ network }) => ['filter', '--ip', network] },
  { id: 'failed', title: 'filter by --failed, 4 %', answer: 'records', args: () => ['filter', '--failed'] },
  {
    id: 'summary',
    title: 'summary',
    answer: 'counts',
    // Every value, as the peers print them, and not only the ten most frequent.
    args: () => ['summary', '-o', 'json', '--top', '1000000'],
  },
  {
    id: 'csv',
    title: 'CSV of six columns',
    answer: 'rows',
    args: () => ['filter', '-o', 'csv', '-F', 'time,id,method,principal,result,ip'],
  },
  {
    id: 'stats',
    title: 'stats by principal and method',
    answer: 'rows',
    args: () => ['stats', '--by', 'principal,method', '-o', 'csv'],
  },
  {
    id: 'timeline-principal',
    title: 'timeline of a principal, 3 %',
    answer: 'times',
    args: ({ principal }) => ['timeline', '--principal', principal, '--unfold', '-o', 'csv'],
  },
  {
    id: 'timeline',
    title: 'timeline of everything',
    answer: 'times',
    args: () => ['timeline', '--unfold', '-o', 'csv'],
  },
  {
    id: 'diff',
    title: 'diff of two half weeks by principal and method',
    answer: 'rows',
    args: ({ halves: [a, b] }) => [
      'diff',
      '--a',
      a.join('..'),
      '--b',
      b.join('..'),
      '--by',
      'principal+method',
      '-o',
      'csv',
    ],
  },
  {
    id: 'first-seen',
    title: 'first-seen by principal and method',
    answer: 'firstSeen',
    args: ({ halves: [[, middle]] }) => [
      'first-seen',
      '--key',
      'principal,method',
      '--baseline-until',
      middle,
      '-o',
      'csv',
    ],
  },
];

/** At least so many times the peer's throughput; of two figures the second is for corpora of 4 GiB and more. */
const targets = {
  method: { 'ripgrep + jq': [1, 0.9], DuckDB: [6], ClickHouse: [4], jq: [60] },
  principal: { 'ripgrep + jq': [6], DuckDB: [7] },
  crn: { DuckDB: [5] },
  time: { DuckDB: [4] },
  ip: { DuckDB: [3.5] },
  failed: { DuckDB: [3.5] },
  summary: { DuckDB: [3.2, 4], ClickHouse: [4], jq: [40] },
  csv: { DuckDB: [2.8] },
  stats: { DuckDB: [2.5] },
  'timeline-principal': { DuckDB: [2.5] },
  timeline: { DuckDB: [1] },
  diff: { DuckDB: [2.5] },
  'first-seen': { DuckDB: [2.5] },
  'cache-method': { 'ripgrep + jq': [2.5] },
  'cache-summary': { 'audit-cli without the cache': [8] },
  gz: { pigz: [1.1] },
};

/** What other spellings of the corpus may cost. */
const spellingFactors = { compact: 1, spaced: 0.9, shuffled: 0.6 };

export function targetOf(id, peer, { bytes, spelling }) {
  const [atOne, atFour] = targets[id]?.[peer] ?? [];
  const target = bytes >= 4 * 2 ** 30 ? (atFour ?? atOne) : atOne;
  return target === undefined ? undefined : target * spellingFactors[spelling];
}

/** In MB, at any size. */
export const residentTargets = { plain: 100, cache: 150 };

/** The wall time of a start in units of `node -e 0`. */
export const startUpTargets = { oldest: 1.3, newest: 1.8 };
