/**
 * The library: what the command line itself is made of. Records are read from sources, judged by a
 * question, and written or summarised; see docs/ARCHITECTURE.md.
 */

export { type Summary, type SummaryOptions, summaryFold } from './analyze/summary.ts';
export { AuditError, type Diagnostic, type Place, type Severity } from './diag/diagnostic.ts';
export { type ExitCode, exitCodes } from './diag/exit-codes.ts';
export type { Accounting } from './engine/accounting.ts';
export { type Plan, planFor } from './engine/plan.ts';
export { type Run, run } from './engine/run.ts';
export { foldStage, type Stage } from './engine/stage.ts';
export { type Source, SourceError } from './input/block.ts';
export { readRecords } from './input/reader.ts';
export { resolveInputs } from './input/sources/index.ts';
export { memorySource } from './input/sources/memory.ts';
export { formatNamed, formats } from './output/formats/index.ts';
export { memorySink } from './output/sinks/memory.ts';
export type { Sink } from './output/sinks/sink.ts';
export { streamSink } from './output/sinks/stream.ts';
export { styles } from './output/style.ts';
export { fieldOf, parseFields } from './query/fields.ts';
export { compilePredicate } from './query/predicate.ts';
export { buildQuestion, type FilterArgument } from './query/question.ts';
export { type ColumnName, columns, listedColumns } from './record/columns/index.ts';
export { cellOf, normalize } from './record/normalize.ts';
export type { AuditRecord, Cell, Provenance } from './record/record.ts';
export { auditRecordSchema, type PublishedRecord } from './record/schema.ts';
export { compareInstants, type Instant, instantOf, parseInstant } from './record/time.ts';
export { loadZone, utc, type Zone } from './record/zone.ts';
