import { envelopes } from '../../input/envelopes/index.ts';
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
    const inputs = envelopes.map(({ name, title, tellsOffsets }) => {
      const offsets = tellsOffsets ? 'with offsets' : '';
      return `  ${name.padEnd(16)} ${offsets.padEnd(13)} ${wrap(title, 47, ' '.repeat(33))}`;
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
      'Input: files, directories, globs or stdin. Forms are recognised by their looks,',
      'line by line; --format names one, and --record-path a.b says where the record',
      'stands in a wrapper that is none of these:',
      '',
      ...inputs,
      '',
      'An offset tells where a record stood in Kafka: without, holes cannot be proven.',
      'gzip and zstd are recognised by their bytes, UTF-16 by its mark. Records may be',
      'spread over lines, stand in arrays, or several on a line. Lines of headers,',
      'messages of consumers, null values and such are counted as what they are. Any',
      'other line that is no audit record is malformed: named, counted and skipped.',
    ].join('\n');
  },
};
