import type { Plan } from '../engine/plan.ts';
import { planFor } from '../engine/plan.ts';
import { openReading, readAgain } from '../engine/reading.ts';
import type { Wants } from '../engine/stage.ts';
import type { Question } from '../query/question.ts';
import type { ColumnName } from '../record/columns/index.ts';
import type { AuditRecord } from '../record/record.ts';
import type { Inquiry } from './asking.ts';
import { scanSetting } from './scan-setting.ts';

/**
 * Shows the records that answer another question than the one asked, in the order of the input, until enough were seen.
 * What cannot be read is told by the run. Only for sources that can be read again; the records are lent.
 */
export async function lookUp(
  { terminal, sources, forms }: Inquiry,
  question: Question,
  { columns = [], see }: { readonly columns?: readonly ColumnName[]; readonly see: (record: AuditRecord) => Wants },
): Promise<void> {
  const { judge }: Plan = planFor(question);
  const reading = await openReading({
    setting: scanSetting(terminal.env),
    sources,
    forms,
    question,
    columns,
    wantsAll: () => false,
    needsValues: false,
    needsEveryLine: false,
    output: { kind: 'kept' },
    counting: undefined,
    watched: [],
    onRendered: () => undefined,
    onSighting: () => undefined,
    processors: terminal.processors,
  });
  try {
    await readAgain(
      sources,
      (source) => reading.read(source, terminal.signal),
      ({ records, verdicts }) =>
        records.every((record, i) => (verdicts?.[i] ?? judge(record)) !== 'matched' || see(record) === 'more'),
    );
  } finally {
    await reading.close();
  }
}
