import type { JsonObject } from '../../record/record.ts';
import { isJsonObject } from '../audit-record.ts';
import type { Envelope, Unwrapped } from './envelope.ts';
import { exampleText } from './example-record.ts';

const rowMark = 'splunk-row';
const lastRowMark = 'splunk-last-row';

/** dump-formats.md, form 16. */
export const splunkExport: Envelope = {
  name: 'splunk-export',
  title: 'Splunk search export (search/jobs/export, Export JSON, /results?output_mode=json)',
  doc: 'Each line has one row of the search under `result`, and the record as text in its `_raw` (or several in a list). Rows with `preview:true` are provisional and counted as preview rows, lines of `messages` as messages of the search. `lastrow:true` ends the export: without it rows are missing, and the answer is incomplete. One object with a list of `results` is read too; it has no end mark. The `offset` of a row is its number in the search, no Kafka offset, so nothing tells where a record stood in Kafka. A row without `_raw` holds no record: export with `| fields _raw`.',
  example: [
    `{"preview":false,"offset":0,"result":{"_raw":${exampleText},"_time":"2026-01-02 03:04:05.678 UTC","host":"h","index":"main","sourcetype":"_json"}}`,
    '{"preview":false,"lastrow":true}',
  ].join('\n'),
  tellsOffsets: false,
  array: ['results'],
  unwrap(object) {
    if (Array.isArray(object.results) && typeof object.preview === 'boolean') return listOfRows(object.results, object);
    if (isRow(object)) return row(object);
    if (isMessages(object.messages)) return { kind: 'noise', noise: 'search-message' };
    return '_raw' in object ? rawOf(object, []) : undefined;
  },
  atEnd: (marks) =>
    marks.has(rowMark) && !marks.has(lastRowMark)
      ? {
          code: 'splunk-incomplete',
          message: 'a Splunk export without its last row ("lastrow":true): rows are missing at its end',
          hint: 'run the export again, or take the search job to its end first',
        }
      : undefined,
};

function listOfRows(rows: readonly unknown[], { preview }: JsonObject): Unwrapped {
  if (preview === true) return { kind: 'noise', noise: 'preview-row' };
  return rows.length === 0 ? { kind: 'noise', noise: 'search-end' } : { kind: 'value', path: ['results'] };
}

function isRow({ preview, result, lastrow }: JsonObject): boolean {
  if (isJsonObject(result)) return typeof preview === 'boolean' || '_raw' in result;
  return result === undefined && typeof preview === 'boolean' && lastrow === true;
}

function row({ preview, result, lastrow }: JsonObject): Unwrapped {
  const mark = lastrow === true ? lastRowMark : rowMark;
  if (preview === true) return { kind: 'noise', noise: 'preview-row', mark: rowMark };
  if (!isJsonObject(result)) return { kind: 'noise', noise: 'search-end', mark };
  return { ...rawOf(result, ['result']), mark };
}

function rawOf(result: JsonObject, path: readonly string[]): Unwrapped {
  return typeof result._raw === 'string' || Array.isArray(result._raw)
    ? { kind: 'value', path: [...path, '_raw'] }
    : { kind: 'unreadable', detail: 'a row of a search without the text of its event ("_raw")' };
}

function isMessages(messages: unknown): boolean {
  return Array.isArray(messages) && messages.every((one) => isJsonObject(one) && typeof one.text === 'string');
}
