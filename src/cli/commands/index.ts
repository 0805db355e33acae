import type { CommandInfo } from '../command.ts';
import { type FlagGroup, proofFlag } from '../flags.ts';

const reading: readonly FlagGroup[] = ['filter', 'time', 'evidence', 'output'];

/** Every command, in the order of help. A new command is one file and one row here. */
export const commands: readonly CommandInfo[] = [
  {
    name: 'filter',
    alias: 'search',
    summary: 'Print the records that match',
    operands: '[FILES...]',
    groups: [...reading, 'order', 'rows'],
    ownFlags: [],
    examples: [
      { line: 'audit-cli filter --method DeleteStatement dump.ndjson', says: 'who deleted statements' },
      {
        line: 'audit-cli filter --failed --since 2h --now last dumps/',
        says: 'what was refused in the last two hours',
      },
      {
        line: 'kcat … | audit-cli filter -p u-1abc2d -o csv --out-file u.csv',
        says: 'one principal, as a spreadsheet',
      },
    ],
    load: () => import('./filter.ts'),
  },
  {
    name: 'summary',
    summary: 'Count what is in the records: who, what, when, from where, with what result',
    operands: '[FILES...]',
    groups: [...reading, 'report'],
    ownFlags: [],
    examples: [
      { line: 'audit-cli summary dump.ndjson', says: 'the first look at any dump' },
      { line: 'audit-cli summary --failed --top 20 dumps/', says: 'only what failed or was denied' },
      { line: 'audit-cli summary -o json dump.ndjson.gz', says: 'one JSON object for a script' },
    ],
    load: () => import('./summary.ts'),
  },
  {
    name: 'stats',
    summary: 'Count records by any columns: how many, how many different, first and last',
    operands: '--by COLUMN[,COLUMN...] [FILES...]',
    groups: [...reading, 'report'],
    ownFlags: [
      {
        long: 'by',
        value: 'LIST',
        repeatable: true,
        group: 'own',
        help: 'columns, paths, hour, day, weekday or hour-of-day (--tz)',
      },
      {
        long: 'agg',
        value: 'LIST',
        repeatable: true,
        group: 'own',
        help: 'count share distinct(f) values(f) min(f) max(f)',
      },
      { long: 'pivot', value: 'COLUMN', group: 'own', help: 'its values become columns of the first aggregate' },
    ],
    examples: [
      { line: 'audit-cli stats dump.ndjson --by principal,method', says: 'who did what how often' },
      {
        line: "audit-cli stats d.ndjson --by credential --agg 'count,values(ip)'",
        says: 'from which addresses each key is used',
      },
      { line: 'audit-cli stats dump.ndjson --by principal --pivot result', says: 'a column for each result' },
      {
        line: 'audit-cli stats dump.ndjson --by weekday,hour --tz Europe/Berlin',
        says: 'when work happens: a heat map',
      },
    ],
    load: () => import('./stats.ts'),
  },
  {
    name: 'timeline',
    summary: 'Tell what happened in the order of time: sessions, pauses, one line each',
    operands: '[FILES...]',
    groups: [...reading],
    ownFlags: [
      { long: 'gap', value: 'SPAN', group: 'own', help: 'a longer pause begins a session (default 30m)' },
      { long: 'unfold', group: 'own', help: 'show every granted permission check on its own line' },
      { long: 'limit', short: 'n', value: 'N', group: 'own', help: 'only the first N lines' },
      { long: 'tail', value: 'N', group: 'own', help: 'only the last N lines' },
    ],
    examples: [
      { line: 'audit-cli timeline -p u-1abc2d dump.ndjson', says: 'what one principal did, step by step' },
      {
        line: 'audit-cli timeline --ip 198.51.100.77 --tz Europe/Vienna dumps/',
        says: 'the same of an address, with the clock of the place',
      },
      {
        line: 'audit-cli timeline --gap 5m --unfold -o csv dump.ndjson',
        says: 'short sessions, every check, as a spreadsheet',
      },
    ],
    load: () => import('./timeline.ts'),
  },
  {
    name: 'show',
    summary: 'Show one record in full: what it means and where it stands',
    operands: '--id ID [FILES...]',
    groups: [...reading],
    ownFlags: [
      { long: 'diff', value: 'previous', group: 'own', help: 'and what differs from the last time it was done there' },
    ],
    examples: [
      { line: 'audit-cli show --id de07cd1b-ec0f-4d0e-abce-050a993e7532 dump.ndjson', says: 'the record with that id' },
      { line: "audit-cli show --id 'de07cd1b*' dump.ndjson", says: 'the beginning of an id is enough' },
      { line: "audit-cli show --id 'de07cd1b*' --diff previous dump.ndjson", says: 'what was changed' },
    ],
    load: () => import('./show.ts'),
  },
  {
    name: 'around',
    summary: 'Show what happened shortly before and after an event',
    operands: '--id ID|--at TIME [FILES...]',
    groups: [...reading],
    ownFlags: [
      { long: 'at', value: 'TIME', group: 'own', help: 'look around a time instead of a record (--id)' },
      { long: 'window', value: 'SPAN', group: 'own', help: 'so long before and after, ends included (default 10m)' },
    ],
    examples: [
      { line: 'audit-cli around --id de07cd1b-ec0f-4d0e-abce-050a993e7532 dump.ndjson', says: 'ten minutes each way' },
      {
        line: "audit-cli around --id 'de07cd1b*' --window 24h -m '*IPFilter,*IPGroup' dumps/",
        says: 'was a filter changed',
      },
      { line: 'audit-cli around --at 2026-03-18T02:14:52Z --window 5m dumps/', says: 'around a time' },
    ],
    load: () => import('./around.ts'),
  },
  {
    name: 'related',
    summary: 'Show the records that share a request or connection with one',
    operands: '--id ID [FILES...]',
    groups: [...reading],
    ownFlags: [],
    examples: [
      { line: "audit-cli related --id 'de07cd1b*' dump.ndjson", says: 'the checks and calls of one request' },
      { line: "audit-cli related --id 'de07cd1b*' --failed -o csv dumps/", says: 'those that were refused' },
    ],
    load: () => import('./related.ts'),
  },
  {
    name: 'first-seen',
    summary: 'List what was never seen before a time; each with its first record',
    operands: '--key LIST --baseline-until TIME [FILES...]',
    groups: reading,
    ownFlags: [
      {
        long: 'key',
        value: 'LIST',
        repeatable: true,
        group: 'own',
        help: 'columns or paths whose values, together, are new',
      },
      { long: 'baseline-until', value: 'TIME', group: 'own', help: 'what was seen before TIME is known' },
      proofFlag,
    ],
    examples: [
      {
        line: 'audit-cli first-seen --key principal,ip --baseline-until 7d dump.ndjson',
        says: 'who came from an address they never used before',
      },
      {
        line: 'audit-cli first-seen --key method --baseline-until 24h --now last dumps/',
        says: 'what was done in the last day for the first time',
      },
      {
        line: 'audit-cli first-seen --key ip --baseline-until 2026-05-01 -p u-1abc2d dumps/',
        says: 'from where somebody came only since then',
      },
    ],
    load: () => import('./first-seen.ts'),
  },
  {
    name: 'diff',
    summary: 'Compare two periods: what appeared, what vanished, what changed',
    operands: '--a T..T --b T..T --by LIST [FILES...]',
    groups: reading,
    ownFlags: [
      { long: 'a', value: 'T..T', group: 'own', help: 'the earlier period, without its end; one end may be open' },
      { long: 'b', value: 'T..T', group: 'own', help: 'the period to compare with it' },
      {
        long: 'by',
        value: 'LIST',
        repeatable: true,
        group: 'own',
        help: 'columns or paths to compare by; ip+method counts pairs',
      },
      {
        long: 'factor',
        value: 'N',
        group: 'own',
        help: 'changed: N times as frequent, or as rare (default 2)',
      },
      { long: 'least', value: 'N', group: 'own', help: '… and by so many records (default 5)' },
      proofFlag,
    ],
    examples: [
      {
        line: 'audit-cli diff --a 2026-05-01..2026-05-02 --b 2026-05-02.. --by ip dump.ndjson',
        says: 'addresses of one day against those since',
      },
      {
        line: 'audit-cli diff --a 14d..7d --b 7d..now --by principal,method dumps/',
        says: 'this week against the last',
      },
      {
        line: 'audit-cli diff --a 2d..1d --b 1d.. --now last --by principal+ip dumps/',
        says: 'who came from where, in the last day of the dump and before',
      },
    ],
    load: () => import('./diff.ts'),
  },
  {
    name: 'who',
    summary: 'Say who a name is: its other spellings, keys and addresses, with proof',
    operands: 'NAME [FILES...]',
    groups: reading,
    ownFlags: [],
    examples: [
      { line: 'audit-cli who u-1abc2d dumps/', says: 'e-mail, numbers, keys and addresses of that user' },
      { line: 'audit-cli who User:302177 dump.ndjson', says: 'whose number that is' },
      { line: 'audit-cli who 192.0.2.44 dump.ndjson', says: 'everybody seen from an address' },
    ],
    load: () => import('./who.ts'),
  },
  {
    name: 'open',
    summary: 'List what was created and not deleted since: keys, statements, workspaces',
    operands: '--create METHOD --delete METHOD [FILES...]',
    groups: reading,
    ownFlags: [
      {
        long: 'create',
        value: 'METHOD',
        repeatable: true,
        group: 'own',
        help: 'methods that create it, as for --method',
      },
      { long: 'delete', value: 'METHOD', repeatable: true, group: 'own', help: 'methods that delete it' },
      { long: 'older-than', value: 'SPAN', group: 'own', help: 'only what was created longer ago: 90d, 12h' },
      proofFlag,
    ],
    examples: [
      { line: 'audit-cli open --create CreateAPIKey --delete DeleteAPIKey dumps/', says: 'API keys still there' },
      {
        line: "audit-cli open --create 'Create*' --delete 'Delete*' -p u-1abc2d dumps/",
        says: 'all that somebody left behind',
      },
      {
        line: 'audit-cli open --create @create --delete @delete --older-than 90d dumps/',
        says: 'of all that two lists of methods make and take away',
      },
    ],
    load: () => import('./open.ts'),
  },
  {
    name: 'denials',
    summary: 'Show who was refused what, from where, and what it looks like',
    operands: '[FILES...]',
    groups: [...reading, 'report'],
    ownFlags: [{ long: 'min', value: 'N', group: 'own', help: 'only rows with N refusals or more' }],
    examples: [
      { line: 'audit-cli denials dump.ndjson', says: 'attack or misconfiguration?' },
      { line: 'audit-cli denials -p sa-9pqr --since 6h dumps/', says: 'why one service account gets nowhere' },
      { line: 'audit-cli denials --min 5 --proof -o json dump.ndjson', says: 'with the records behind each row' },
    ],
    load: () => import('./denials.ts'),
  },
  {
    name: 'recipe',
    summary: 'Answer a question of daily life in one word; prints the plain command first',
    operands: 'NAME [OPERAND] [FILES...]',
    groups: [...reading],
    ownFlags: [
      { long: 'window', value: 'SPAN', group: 'own', help: 'what-changed-before: how long before (default 24h)' },
    ],
    takesAnything: true,
    examples: [
      { line: 'audit-cli recipe who-deleted orders-enrich-v42 dumps/', says: 'who deleted, unbound or revoked it' },
      { line: 'audit-cli recipe what-did u-1abc2d dumps/', says: 'what somebody did, step by step' },
      {
        line: 'audit-cli recipe what-changed-before 2026-05-01T10:00Z dumps/',
        says: 'what was changed in the day before an outage',
      },
      { line: 'audit-cli recipe compromised-key ABCDEFGHIJKLMNOP dumps/', says: 'all that happened with an API key' },
      { line: 'audit-cli recipe why-denied sa-1abc2d dumps/', says: 'what somebody was refused, and why that may be' },
      { line: 'audit-cli recipe new-since 2026-05-01 dumps/', says: 'who came from a new address since then' },
      {
        line: 'audit-cli recipe off-hours --tz Europe/Berlin dumps/',
        says: 'what was changed outside of working hours',
      },
      { line: 'audit-cli recipe who-is u-1abc2d dumps/', says: 'other names, keys and addresses of somebody' },
    ],
    load: async () => ({ run: (await import('./recipe.ts')).recipeAmong(commands) }),
  },
  {
    name: 'explain',
    summary: 'Say what a method means',
    operands: 'METHOD... [FILES...]',
    groups: [...reading],
    ownFlags: [],
    examples: [
      { line: 'audit-cli explain DeleteStatement', says: 'event type, resource, other spellings' },
      { line: 'audit-cli explain mds.Authorize ip-filter.Authorize', says: 'several at once' },
    ],
    load: () => import('./explain.ts'),
  },
  {
    name: 'methods',
    summary: 'List the methods of the catalogue; with FILES, what they hold that it does not know',
    operands: '[GLOB...] [FILES...]',
    groups: [...reading],
    ownFlags: [],
    examples: [
      { line: "audit-cli methods 'Delete*'", says: 'every documented deletion' },
      { line: 'audit-cli methods dump.ndjson', says: 'methods and event types unknown to the catalogue' },
    ],
    load: () => import('./methods.ts'),
  },
  {
    name: 'verify',
    summary: 'Say whether the evidence is whole: lines, repeats, gaps, clocks, hashes',
    operands: '[FILES...]',
    groups: ['time', 'evidence', 'output'],
    ownFlags: [
      { long: 'gaps', group: 'own', help: 'only offsets and silences' },
      { long: 'duplicates', group: 'own', help: 'only what was delivered more than once' },
      {
        long: 'min-gap',
        value: 'SPAN',
        group: 'own',
        help: 'silences longer than that count (default: from the rhythm of the dump)',
      },
      {
        long: 'fail-on',
        value: 'WHAT',
        repeatable: true,
        group: 'own',
        help: 'exit 10 on gaps, duplicates, conflicts, malformed, clock, drift, any',
      },
      { long: 'manifest', value: 'FILE', group: 'own', help: 'write names, sizes, SHA-256 sums and counts there' },
      { long: 'check', value: 'FILE', group: 'own', help: 'compare the files of a manifest with what they are now' },
    ],
    examples: [
      { line: 'audit-cli verify dump.ndjson', says: 'is it whole, and what do its hashes say' },
      { line: 'audit-cli verify --gaps --min-gap 30m dumps/', says: 'missing offsets, and silences of half an hour' },
      {
        line: 'audit-cli verify --fail-on conflicts,gaps dump.ndjson',
        says: 'exit 10 when there are any, for a pipeline',
      },
      {
        line: 'audit-cli verify --manifest dump.json dump.ndjson',
        says: 'keep the sums, to show later that nothing changed',
      },
      { line: 'audit-cli verify --check dump.json', says: 'is every file still what it was' },
    ],
    load: () => import('./verify.ts'),
  },
  {
    name: 'cache',
    summary: 'List what --cache keeps of big files, or clear it',
    operands: '[ls | clear [FILES...]]',
    groups: ['output'],
    ownFlags: [],
    examples: [
      { line: 'audit-cli cache ls', says: 'which files have one, how large, and whether it still holds' },
      { line: 'audit-cli cache clear', says: 'take all of them away' },
      { line: 'audit-cli cache clear dump.ndjson', says: 'only that of one file' },
    ],
    load: () => import('./cache.ts'),
  },
];
