import type { AuditRecord } from '../../record/record.ts';
import { cellJson } from '../cell-text.ts';
import { escapeControls } from '../escape.ts';
import { withLabelFields } from '../label-fields.ts';
import { type Format, type FormatOptions, wants } from './format.ts';

export const ndjson: Format = {
  name: 'ndjson',
  aliases: ['jsonl'],
  doc: 'one record a line, its original bytes; can be read again',
  example: 'audit-cli filter --failed dump.ndjson -o ndjson | jq .id',
  lineShaped: true,
  needsFields: false,
  create(options, sink) {
    const jsonOf = recordJson(options);
    return {
      write(batch) {
        for (const record of batch) {
          sink.write(jsonOf(record));
          sink.write('\n');
        }
        return wants(sink);
      },
      gap: () => undefined,
      end: () => undefined,
    };
  },
};

/** A record as JSON on one line: its original bytes, or the chosen fields as an object. */
export function recordJson(options: FormatOptions): (record: AuditRecord) => string | Uint8Array {
  if (options.normalized) return fieldsJson(options);
  if (!options.onTerminal) return ({ raw }) => onOneLine(raw);
  const decoder = new TextDecoder();
  return ({ raw }) => escapeControls(decoder.decode(onOneLine(raw)).replaceAll('\t', ' '));
}

/** The text is built by hand because a field may be called `__proto__`. */
function fieldsJson({ fields, zone, labels }: FormatOptions): (record: AuditRecord) => string {
  const members = withLabelFields(fields, labels).map(({ name, cellOf }) => ({ key: JSON.stringify(name), cellOf }));
  return (record) => {
    const texts = members.map(({ key, cellOf }) => `${key}:${JSON.stringify(cellJson(cellOf(record), zone))}`);
    return escapeControls(`{${texts.join(',')}}`);
  };
}

/** A record is valid JSON, so its line breaks stand between tokens, where a blank says the same. */
function onOneLine(raw: Uint8Array): Uint8Array {
  if (!raw.includes(lineFeed) && !raw.includes(carriageReturn)) return raw;
  return raw.map((byte) => (byte === lineFeed || byte === carriageReturn ? blank : byte));
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;
