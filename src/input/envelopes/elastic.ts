import type { JsonObject } from '../../record/record.ts';
import { isJsonObject } from '../audit-record.ts';
import type { Envelope } from './envelope.ts';
import { exampleRecord, exampleText } from './example-record.ts';
import { likelyMember } from './likely-member.ts';

/** dump-formats.md, form 19. */
export const elastic: Envelope = {
  name: 'elastic',
  title: 'Elasticsearch and OpenSearch: hits, elasticdump, search responses, bulk files, ECS shippers',
  doc: 'The record is the `_source` of a hit, or a text in its `event.original` or `message`; hits stand one a line or in the `hits.hits` of a search response. In bulk files action lines stand before the records and are counted as such. A search response holds one page: nothing in it tells whether other pages were left out, nor where a record stood in Kafka.',
  example: [
    `{"_index":"audit","_id":"1","_score":1,"_source":${exampleRecord}}`,
    `{"_index":"audit","_id":"2","_score":1,"_source":{"message":${exampleText}}}`,
    '{"index":{"_index":"audit"}}',
    exampleRecord,
  ].join('\n'),
  tellsOffsets: false,
  array: ['hits', 'hits'],
  unwrap(object) {
    if (isJsonObject(object.hits) && Array.isArray(object.hits.hits))
      return object.hits.hits.length > 0
        ? { kind: 'value', path: ['hits', 'hits'] }
        : { kind: 'noise', noise: 'search-end' };
    if (isJsonObject(object._source)) return likelyMember(object, [['_source'], ...textsIn(['_source'])]);
    if (typeof object._index === 'string' && typeof object._id === 'string')
      return { kind: 'unreadable', detail: 'a hit without its document ("_source")' };
    if (isAction(object)) return { kind: 'noise', noise: 'bulk-action' };
    return Object.hasOwn(object, '@timestamp') ? likelyMember(object, textsIn([])) : undefined;
  },
};

/** Where shippers put the text that they took up, the most faithful place first. */
function textsIn(path: readonly string[]): readonly (readonly string[])[] {
  return [
    [...path, 'event', 'original'],
    [...path, 'event.original'],
    [...path, 'message'],
  ];
}

const actions: ReadonlySet<string> = new Set(['index', 'create', 'update', 'delete']);

/** What may stand in an action besides keys that start with `_`. */
const parameters: ReadonlySet<string> = new Set([
  'dynamic_templates',
  'if_primary_term',
  'if_seq_no',
  'pipeline',
  'require_alias',
  'require_data_stream',
  'retry_on_conflict',
  'routing',
  'version',
  'version_type',
]);

function isAction(object: JsonObject): boolean {
  const [[action, target] = [], ...others] = Object.entries(object);
  if (action === undefined || others.length > 0 || !actions.has(action) || !isJsonObject(target)) return false;
  return Object.keys(target).every((key) => key.startsWith('_') || parameters.has(key));
}
