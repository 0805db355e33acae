import { formats } from '../../output/formats/index.ts';
import type { Topic } from './topic.ts';
import { wrap } from './wrap.ts';

export const formatsTopic: Topic = {
  name: 'formats',
  summary: 'what -o writes, and what input is read',
  text() {
    const rows = formats.map(({ name, aliases, doc }) => {
      const names = [name, ...(aliases ?? [])].join(', ');
      return `  ${names.padEnd(14)} ${wrap(doc, 63, ' '.repeat(17))}`;
    });
    return [
      'Output (-o). On a terminal filter prints a table, into a pipe ndjson.',
      '',
      ...rows,
      `  ${'summary'.padEnd(14)} the summary of the matching records`,
      '',
      'ndjson and json of filter are the original bytes of each record, so hashes',
      'survive and the output can be read again. --normalized, or --fields, gives',
      'columns instead.',
      '',
      'Input. One JSON record a line, in files, directories, globs or stdin; gzip and',
      'zstd are recognised by their bytes, UTF-16 by its mark. Blank lines, CRLF, byte',
      'order marks and NUL padding are no trouble. A line that is no audit record is',
      'named, counted and skipped.',
    ].join('\n');
  },
};
