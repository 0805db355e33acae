import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { json } from './json.ts';
import { md } from './md.ts';
import { ndjson } from './ndjson.ts';
import { table } from './table.ts';
import { text } from './text.ts';
import { tsv } from './tsv.ts';

export type { Format, FormatOptions } from './format.ts';

/** Every format for records, in the order of help. A new one is one file and one row here. */
export const formats: readonly Format[] = [table, text, json, ndjson, csv, tsv, md];

/** By name or alias; the caller has checked that there is one. */
export function formatNamed(name: string): Format {
  const format = formats.find((one) => one.name === name || one.aliases.includes(name));
  if (format === undefined) throw new Error(`no format ${name}`);
  return format;
}
