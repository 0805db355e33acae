import type { Diagnostic } from '../diag/diagnostic.ts';
import { lookThrough, type Reading } from '../engine/reading.ts';
import type { Watcher } from '../query/watcher.ts';
import type { Inquiry } from './asking.ts';
import { scanSetting } from './scan-setting.ts';

/**
 * What the watchers have to say. Where records that do not match were passed over, those that have not seen enough
 * look through the input once more, up to the record that settles the matter.
 */
export async function remarks(
  inquiry: Inquiry,
  watchers: readonly Watcher[],
  { passesOver }: Reading,
): Promise<readonly Diagnostic[]> {
  const unsure = new Set(watchers.flatMap((watcher, i) => (passesOver && !watcher.settled() ? [i] : [])));
  if (unsure.size === 0) return watchers.flatMap((watcher) => watcher.end());
  const again = inquiry.watch();
  const looking = again.filter((_, i) => unsure.has(i));
  await lookThrough({
    setting: scanSetting(inquiry.terminal.env),
    sources: inquiry.sources,
    forms: inquiry.forms,
    question: inquiry.question,
    columns: looking.flatMap(({ reads }) => reads),
    wantsMore: () => looking.some((watcher) => !watcher.settled()),
    see(record, matched) {
      for (const watcher of looking) watcher.see(record, matched);
    },
    signal: inquiry.terminal.signal,
  });
  return watchers.flatMap((watcher, i) => (unsure.has(i) ? (again[i]?.end() ?? []) : watcher.end()));
}
