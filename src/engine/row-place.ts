import { contentOf } from '../input/content.ts';
import type { DumpForms } from '../input/dump-forms.ts';
import type { Provenance } from '../record/record.ts';
import type { Kernel } from '../scan/kernel.ts';

/** Where the record of a row stood. Of what stands before or around a record only the truth knows what it tells. */
export function placeOfRow(kernel: Kernel, row: number, at: Provenance, forms: DumpForms): Provenance {
  const lineStart = kernel.lineStart(row);
  if (lineStart === kernel.start(row)) return forms.placed(at);
  const end = kernel.bytes.indexOf(newline, lineStart);
  const [record] = contentOf(kernel.bytes, lineStart, end, { at, torn: false }, forms).records;
  if (record === undefined) throw new Error(`no record in line ${at.line}`);
  return record.at;
}

const newline = 10;
