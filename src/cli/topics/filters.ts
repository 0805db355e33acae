import { filters } from '../../query/filters/index.ts';
import type { Topic } from './topic.ts';

export const filtersTopic: Topic = {
  name: 'filters',
  summary: 'how filter values are read, with examples of each',
  text() {
    const rows = filters.flatMap(({ name, placeholder, examples }) =>
      examples.map((example) => (placeholder === undefined ? `  ${example}` : `  --${name} ${inShell(example)}`)),
    );
    return [
      'The same flag repeated, or a comma list, means OR; different flags mean AND.',
      '--not-X means none of them, and keeps records that have no X. Adding a different',
      'filter never adds rows.',
      '',
      'Values are globs: * is any text, ? any one character. /text/ is a regular',
      'expression (/text/i ignores case). --exact takes all three literally.',
      '\\, is a comma inside a value. @file reads values from a file, one a line, blank',
      'lines and # lines ignored.',
      '',
      'Case is ignored for --method --result --type --service --access',
      '--principal-kind, the type of --resource, and --text.',
      '',
      'Examples',
      ...rows,
    ].join('\n');
  },
};

/** As it has to be typed: a shell takes blanks, stars and parentheses for itself. */
function inShell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value}'`;
}
