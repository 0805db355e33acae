import type { Batch } from '../../../src/input/batch.ts';
import { type Source, SourceError } from '../../../src/input/block.ts';
import type { MalformedReason } from '../../../src/input/malformed.ts';
import type { ReadOptions } from '../../../src/input/reader.ts';

export type Read = (source: Source, signal: AbortSignal, options?: ReadOptions) => AsyncIterable<Batch>;

export interface Collected {
  readonly lines: number;
  readonly blank: number;
  readonly bytes: number;
  /** `line` and raw text of each record. */
  readonly records: readonly (readonly [number, string])[];
  readonly malformed: readonly CollectedMalformed[];
  /** By kind; missing when there is none. */
  readonly noise?: Readonly<Record<string, number>>;
  readonly trouble?: string;
}

export interface CollectedMalformed {
  readonly line: number;
  readonly reason: MalformedReason;
  readonly detail: string;
  readonly bytes: string;
  readonly torn: boolean;
}

/** Everything a reader says of a source, copied while it is lent; checks that every batch adds up. */
export async function collect(read: Read, source: Source, options: ReadOptions = {}): Promise<Collected> {
  const all = { lines: 0, blank: 0, bytes: 0 };
  const records: [number, string][] = [];
  const malformed: CollectedMalformed[] = [];
  const noises = new Map<string, number>();
  let trouble: string | undefined;
  try {
    for await (const batch of read(source, new AbortController().signal, options)) {
      const noise = [...batch.noise.values()].reduce((sum, times) => sum + times, 0);
      const ofRecords = batch.kinds?.filter((kind) => kind === 'records').length ?? Number.NaN;
      if (batch.lines !== batch.blank + noise + batch.malformed.length + ofRecords)
        throw new Error('a batch does not add up');
      for (const [kind, times] of batch.noise) noises.set(kind, (noises.get(kind) ?? 0) + times);
      all.lines += batch.lines;
      all.blank += batch.blank;
      all.bytes += batch.bytes;
      for (const { raw, at, value } of batch.records) {
        const text = Buffer.from(raw).toString('latin1');
        if (JSON.stringify(JSON.parse(Buffer.from(raw).toString())) !== JSON.stringify(value))
          throw new Error('raw and value differ');
        if (Buffer.isBuffer(raw)) throw new Error('raw is a Buffer, whose slice does not copy');
        records.push([at.line, text]);
      }
      for (const { at, reason, detail, bytes, torn } of batch.malformed) {
        malformed.push({ line: at.line, reason, detail, bytes: Buffer.from(bytes).toString('latin1'), torn });
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    ({ trouble } = error);
  }
  const noise = noises.size === 0 ? {} : { noise: Object.fromEntries(noises) };
  return { ...all, ...noise, records, malformed, ...(trouble === undefined ? {} : { trouble }) };
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.concat([chunk]));
  return Buffer.concat(parts);
}

/** The bytes before the trouble, and the trouble. */
export async function bytesAndTrouble(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Buffer; readonly trouble: string; readonly message: string }> {
  const parts: Buffer[] = [];
  try {
    for await (const chunk of chunks) parts.push(Buffer.concat([chunk]));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { bytes: Buffer.concat(parts), trouble: error.trouble, message: error.message };
  }
  return { bytes: Buffer.concat(parts), trouble: 'none', message: '' };
}

/** The source with every chunk overwritten at the next pull, as a reused buffer would be: shows who holds on to lent bytes. */
export function lending(source: Source): Source {
  return {
    name: source.name,
    rereadable: source.rereadable,
    async *chunks(signal) {
      for await (const chunk of source.chunks(signal)) {
        const lent = Buffer.from(chunk);
        yield lent;
        lent.fill('\n}');
      }
    },
  };
}
