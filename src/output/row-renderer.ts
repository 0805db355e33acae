import type { Field } from '../query/fields.ts';
import type { AuditRecord } from '../record/record.ts';
import { loadZone, utc } from '../record/zone.ts';
import type { CellWriting, FormatOptions } from './formats/format.ts';
import { formatNamed } from './formats/index.ts';
import type { Sink } from './sinks/sink.ts';
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
  const { fields, normalized, csvRaw } = options;
  if (!alikeFormats.has(format) || options.onTerminal === true) return undefined;
  // Names are known to this thread alone; original records show none.
  if (options.labels !== undefined && (format !== 'ndjson' || normalized)) return undefined;
  return { format, fields, normalized, zone: options.zone.name, csvRaw };
}

/** Records to lines, without a header. Each call gives memory of its own. */
export async function rowRenderer(spec: RenderSpec): Promise<(records: readonly AuditRecord[]) => Uint8Array> {
  const room = newRoom();
  const writer = formatNamed(spec.format).create(await optionsOf(spec), room.sink);
  return (records) => {
    writer.write(records);
    return room.take();
  };
}

/** How its cells are written one by one; undefined where a line is more than its cells. */
export async function cellWriting(spec: RenderSpec): Promise<CellWriting | undefined> {
  return formatNamed(spec.format).cells?.(await optionsOf(spec));
}

async function optionsOf(spec: RenderSpec): Promise<FormatOptions> {
  const zone = (await loadZone(spec.zone)) ?? utc;
  return { ...spec, zone, width: undefined, wide: false, header: false, styles: styles(false) };
}

/** Memory that is written to again and again: a new piece for every block would wait for the collector, out of its sight. */
function newRoom(): { readonly sink: Sink; take(): Uint8Array } {
  let bytes = Buffer.alloc(64 * 1024);
  let used = 0;
  const sink: Sink = {
    write(piece) {
      const length = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
      if (used + length > bytes.length) {
        const larger = Buffer.alloc(Math.max(used + length, bytes.length * 2));
        larger.set(bytes.subarray(0, used));
        bytes = larger;
      }
      if (typeof piece === 'string') bytes.write(piece, used);
      else bytes.set(piece, used);
      used += length;
    },
    flush: nothingToDo,
    close: nothingToDo,
    closed: false,
    get bytesWritten() {
      return used;
    },
  };
  return {
    sink,
    take() {
      const taken = new Uint8Array(bytes.subarray(0, used));
      used = 0;
      return taken;
    },
  };
}

async function nothingToDo(): Promise<void> {
  return undefined;
}
