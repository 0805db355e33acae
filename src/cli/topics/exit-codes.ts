import { exitCodes } from '../../diag/exit-codes.ts';
import type { Topic } from './topic.ts';
import { wrap } from './wrap.ts';

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'done; for filter and show, at least one record matched',
  nothingMatched: 'nothing matched (--exit-zero makes it 0)',
  usage: 'the command line is wrong, or there is no readable input',
  incomplete:
    'the answer is incomplete: a file missing or unreadable, compressed data or an export from Splunk cut short, text of Java maps, malformed lines under --strict or above --max-malformed, a --cross-check that disagrees, an internal error',
  gate: 'a check found what it was told to fail on',
  interrupted: 'Ctrl-C: the totals so far were printed',
  terminated: 'SIGTERM: the totals so far were printed',
};

export const exitCodesTopic: Topic = {
  name: 'exit-codes',
  summary: 'what the exit code says',
  text() {
    const rows = Object.entries(exitCodes).map(
      ([name, code]) => `  ${String(code).padStart(3)}  ${wrap(meaningOf(name), 73, '       ')}`,
    );
    return [
      'The exit code says what the answer is worth.',
      '',
      ...rows,
      '',
      'A code of 3 outranks 0, 1 and 10. A closed pipe (| head) is success. Codes are',
      'only ever added.',
    ].join('\n');
  },
};

function meaningOf(name: string): string {
  return Object.entries(meanings).find(([key]) => key === name)?.[1] ?? '';
}
