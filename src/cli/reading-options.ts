import type { ReadingOptions } from '../engine/reading.ts';
import type { Watcher } from '../query/watcher.ts';
import type { AuditRecord } from '../record/record.ts';
import type { Inquiry } from './asking.ts';
import { switched } from './options.ts';
import type { Answer } from './perform.ts';
import { scanSetting } from './scan-setting.ts';

/** Who looks on while lines are read. */
export interface Onlookers {
  readonly watchers: readonly Watcher[];
  /** Sees a record with whether it matched. */
  readonly watch: (record: AuditRecord, matched: boolean) => void;
  /** Somebody needs to see every record, matched or not. */
  readonly needAll: boolean;
}

/** Flags that are about lines nobody asked for. */
const everyLineFlags = ['strict', 'max-malformed', 'malformed-out'] as const;

/** What the choice of a reader depends on. */
export function readingOptions(
  { invocation, terminal, sources, forms, question }: Inquiry,
  { sink, most, context, counting, output, columns = [] }: Answer,
  { watchers, watch, needAll }: Onlookers,
): ReadingOptions {
  const watched = [...new Set(watchers.flatMap(({ reads }) => reads))];
  return {
    setting: scanSetting(terminal.env),
    sources,
    forms,
    question,
    columns: [...columns, ...watched],
    wantsAll: () => needAll || watchers.some((watcher) => !watcher.settled()),
    needsValues: switched(invocation, 'dedupe'),
    needsEveryLine: needAll || everyLineFlags.some((flag) => switched(invocation, flag)),
    most: context === undefined ? most : undefined,
    output: needAll ? undefined : output,
    counting,
    watched,
    onRendered: (bytes) => sink.write(bytes),
    onSighting: (record) => watch(record, true),
    processors: terminal.processors,
  };
}
