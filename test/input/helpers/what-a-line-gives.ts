import { contentOf } from '../../../src/input/content.ts';
import { dumpForms, type FormOptions } from '../../../src/input/dump-forms.ts';

/** One line by itself: `a @ 3/812 2026-…Z kcat-json` for each record, or what else it is. */
export function whatLineGives(line: string, options: FormOptions = {}): string | readonly string[] {
  const bytes = Buffer.from(line);
  const place = { at: { file: 'f', line: 1 }, torn: false };
  const { records, malformed, noise } = contentOf(bytes, 0, bytes.length, place, dumpForms('f', options));
  if (noise !== undefined && malformed === undefined && records.length === 0) return noise;
  const given = records.map(({ raw, value, at }) => {
    if (JSON.stringify(JSON.parse(Buffer.from(raw).toString())) !== JSON.stringify(value))
      throw new Error('raw and value differ');
    const { partition = '', offset = '', kafkaTime, form = 'plain' } = at;
    return `${String(value.id)} @ ${partition}/${offset} ${kafkaTime?.text ?? 'no time'} ${form}`;
  });
  if (malformed !== undefined) given.push(`${malformed.reason}: ${malformed.detail}`);
  return given.length === 1 ? (given[0] ?? '') : given;
}
