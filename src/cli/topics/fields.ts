import { columns } from '../../record/columns/index.ts';
import type { Topic } from './topic.ts';
import { wrap } from './wrap.ts';

export const fields: Topic = {
  name: 'fields',
  summary: 'the columns, for --fields, --sort and --where',
  text() {
    const width = Math.max(...columns.map(({ name }) => name.length));
    const row = ({ name, doc }: { name: string; doc: string }): string =>
      `  ${name.padEnd(width)}  ${wrap(doc, 76 - width, ' '.repeat(width + 4))}`;
    return [
      'Columns of a record. One meaning each, however the record spells it.',
      '',
      ...columns.filter(({ role }) => role === 'listed').map(row),
      '',
      'Columns that filters look at; they can be shown and compared as well.',
      '',
      ...columns.filter(({ role }) => role === 'search').map(row),
      '',
      'Any raw dotted path is a column too: data.request.data.spec.principal,',
      'data.request.data["odd key"], data.cloudResources[0].resource.type. A path',
      'through a list finds every member.',
      '',
      '  --fields time,method,ip   exactly these',
      '  --fields +email,-result   the usual ones, with email and without result',
    ].join('\n');
  },
};
