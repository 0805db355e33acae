import type { Field } from '../query/fields.ts';
import type { AuditRecord } from '../record/record.ts';
import { loadZone, utc } from '../record/zone.ts';
import type { FormatOptions } from './formats/format.ts';
import { formatNamed } from './formats/index.ts';
import { memorySink } from './sinks/memory.ts';
import { styles } from './style.ts';

/**
 * How records are written when each one's line depends on that record alone, as plain data: any thread can write its
 * share, and the shares put together in order are the whole.
 */
export interface RenderSpec {
  readonly format: string;
  readonly fields: readonly Field[];
  readonly normalized: boolean;
  readonly zone: string;
  readonly csvRaw: boolean;
}

/** Formats that write a line for each record and nothing that depends on the others. */
const alikeFormats: ReadonlySet<string> = new Set(['ndjson', 'csv', 'tsv']);

/** Undefined where the format looks at more than one record, or a terminal shows it. */
export function renderSpec(format: string, options: FormatOptions): RenderSpec | undefined {
  if (!alikeFormats.has(format) || options.onTerminal === true) return undefined;
  const { fields, normalized, csvRaw } = options;
  return { format, fields, normalized, zone: options.zone.name, csvRaw };
}

/** Records to lines, without a header. */
export async function rowRenderer(spec: RenderSpec): Promise<(records: readonly AuditRecord[]) => Uint8Array> {
  const zone = (await loadZone(spec.zone)) ?? utc;
  const options = { ...spec, zone, width: undefined, wide: false, header: false, styles: styles(false) };
  const format = formatNamed(spec.format);
  return (records) => {
    const sink = memorySink();
    format.create(options, sink).write(records);
    return sink.bytes();
  };
}
