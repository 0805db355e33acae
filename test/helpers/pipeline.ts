import type { Accounting } from '../../src/engine/accounting.ts';
import { planFor } from '../../src/engine/plan.ts';
import { type Run, run } from '../../src/engine/run.ts';
import type { Stage } from '../../src/engine/stage.ts';
import type { Source } from '../../src/input/block.ts';
import { readRecords } from '../../src/input/reader.ts';
import { type FormatOptions, formatNamed } from '../../src/output/formats/index.ts';
import { memorySink } from '../../src/output/sinks/memory.ts';
import { styles } from '../../src/output/style.ts';
import { fieldOf } from '../../src/query/fields.ts';
import { buildQuestion, type FilterArgument } from '../../src/query/question.ts';
import { keepRecord } from '../../src/record/record.ts';
import { instantOf } from '../../src/record/time.ts';
import { utc } from '../../src/record/zone.ts';

export type Options = Partial<Pick<Run, 'read' | 'dedupe' | 'most'>>;

/** Asks the whole pipeline, without a process around it: from the bytes of sources to a stage. */
function askInto(
  stage: Stage,
  sources: readonly Source[],
  typed: readonly FilterArgument[],
  options: Options = {},
): Promise<Accounting> {
  const context = { exact: false, readFile: () => '', now: instantOf(0), zone: utc };
  return run({
    sources,
    read: readRecords,
    plan: planFor(buildQuestion(typed, context)),
    stage,
    drained: async () => undefined,
    outputClosed: () => false,
    signal: new AbortController().signal,
    ...options,
  });
}

/** Which records match, as `file:line` and their original bytes, in order. */
export async function matchesOf(
  sources: readonly Source[],
  typed: readonly FilterArgument[],
  options: Options = {},
): Promise<{ readonly places: readonly string[]; readonly raws: readonly string[]; readonly accounting: Accounting }> {
  const places: string[] = [];
  const raws: string[] = [];
  const stage: Stage = {
    write(batch) {
      for (const record of batch) {
        const { raw, at } = keepRecord(record);
        places.push(`${at.file}:${at.line}`);
        raws.push(Buffer.from(raw).toString('latin1'));
      }
      return 'more';
    },
    gap: () => undefined,
    end: () => undefined,
  };
  const accounting = await askInto(stage, sources, typed, options);
  return { places, raws, accounting };
}

/** What a format prints for the records that match. */
export async function printed(
  format: string,
  sources: readonly Source[],
  typed: readonly FilterArgument[],
  { fields = [], ...look }: Partial<Omit<FormatOptions, 'fields'>> & { readonly fields?: readonly string[] } = {},
): Promise<string> {
  const sink = memorySink();
  const writer = formatNamed(format).create(
    {
      fields: fields.map(fieldOf),
      normalized: false,
      zone: utc,
      width: undefined,
      wide: false,
      header: true,
      styles: styles(false),
      csvRaw: false,
      ...look,
    },
    sink,
  );
  await askInto(writer, sources, typed);
  writer.end();
  return sink.text();
}
