import type { FormOptions } from '../../../src/input/dump-forms.ts';
import { readRecords } from '../../../src/input/reader.ts';
import { memorySource } from '../../../src/input/sources/memory.ts';
import type { Provenance } from '../../../src/record/record.ts';

/** What a dump holds, said in few words. */
export interface Told {
  /** Of each record its id, and where it stood as far as that is known. */
  readonly records: readonly string[];
  readonly noise: readonly string[];
  readonly malformed: readonly string[];
  readonly marks: readonly string[];
}

export async function told(
  lines: string | readonly string[],
  options: FormOptions & { file?: string } = {},
): Promise<Told> {
  const { file = 'dump', ...forms } = options;
  const text = [lines].flat().join('\n');
  const all = { records: [] as string[], noise: [] as string[], malformed: [] as string[], marks: [] as string[] };
  for await (const batch of readRecords(memorySource(file, text), new AbortController().signal, forms)) {
    all.records.push(...batch.records.map(({ value, at }) => `${value.id}${placeText(at)}`));
    all.noise.push(...[...batch.noise].map(([kind, times]) => `${times} ${kind}`));
    all.malformed.push(...batch.malformed.map(({ detail }) => detail));
    all.marks.push(...batch.marks);
  }
  return all;
}

export const nothing: Told = { records: [], noise: [], malformed: [], marks: [] };

function placeText({ form, partition, offset }: Provenance): string {
  return `${form === undefined ? '' : ` ${form}`}${offset === undefined ? '' : ` ${partition}/${offset}`}`;
}
