import { explain } from '../query/explain.ts';
import { explainNeedles } from '../scan/needles.ts';
import { compileRowTest } from '../scan/row-test.ts';
import { ScannedRecords } from '../scan/scanned-records.ts';
import { takerOf } from './counting.ts';
import { engineFor, needlesFor, type ReadingOptions, threadsFor } from './reading.ts';

/** How a question would be answered, for people: one line for each part, nothing is read. */
export function explainPlan(options: ReadingOptions): string {
  const engine = engineFor(options);
  const needles = engine === 'truth' ? undefined : needlesFor(options);
  const rows: readonly (readonly [string, string])[] = [
    ['question', explain(options.question.expr)],
    ['read by', readBy(engine, engine === 'kernel' ? threadsFor(options) : 1)],
    ['lines', needles === undefined ? 'all of them' : explainNeedles(needles)],
    ...(engine === 'kernel' ? [['values', valuesRead(options).join(', ')] as const] : []),
  ];
  return rows.map(([name, text]) => `${name.padEnd(10)}${text}\n`).join('');
}

function readBy(engine: ReturnType<typeof engineFor>, threads: number): string {
  switch (engine) {
    case 'truth':
      return 'JSON.parse, every line';
    case 'js':
      return 'JavaScript search, then JSON.parse';
    case 'kernel':
      return `the kernel, ${threads === 1 ? '1 thread' : `${threads} threads`}`;
  }
}

/** The raw paths whose values are taken out of each line; a star stands for the whole record. */
function valuesRead({ question, columns, counting }: ReadingOptions): readonly string[] {
  const records = new ScannedRecords();
  compileRowTest(question.rest, records);
  for (const name of columns) records.know(name);
  if (counting !== undefined) takerOf(counting).prepare(records);
  const paths = records.groups.projection().groups.flat();
  return [...new Set(['time', ...paths.filter(({ entered }) => entered !== true).map(({ path }) => path.join('.'))])];
}
