import { timelineColumns } from '../../analyze/timeline.ts';
import { AuditError } from '../../diag/diagnostic.ts';
import type { Part } from '../../engine/cell-dictionary.ts';
import { foldStage, nowhere } from '../../engine/stage.ts';
import { TimeOrder } from '../../engine/time-order.ts';
import { brieflyToldColumns, toldBesides } from '../../output/sentence.ts';
import { badValue } from '../../query/bad-value.ts';
import { parseDuration } from '../../query/duration.ts';
import type { ColumnName } from '../../record/columns/index.ts';
import type { Moment } from '../../record/time.ts';
import type { Zone } from '../../record/zone.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { numberFlag, switched, textFlag } from '../options.ts';
import { lookOf } from '../out.ts';
import { type Answer, perform, prepareWithOut } from '../perform.ts';
import { accountingObject } from '../render.ts';
import { reportFormat } from '../report-command.ts';
import { tellTimeline } from '../timeline-report.ts';

/**
 * Only what is shown: what names a record or a resource takes longest to work out, because it is another each time. What
 * comes again and again stands apart from that.
 */
function partsFor({ isPage, brief }: { readonly isPage: boolean; readonly brief: boolean }): readonly Part[] {
  const besides: readonly ColumnName[] = [...(brief ? [] : toldBesides), ...(isPage ? [] : ['id' as const])];
  const columns = new Set([...timelineColumns, ...brieflyToldColumns, ...besides]);
  columns.delete('time');
  const apart = apartColumns.map((names) => names.filter((name) => columns.delete(name)));
  return [[...columns], ...apart].filter((part) => part.length > 0);
}

/** What is alike in many records, without what tells them apart. */
const apartColumns: readonly Part[] = [
  ['principal', 'principalKind', 'email', 'originalPrincipal', 'credential'],
  ['message'],
  ['resourceType'],
  ['resource', 'resources'],
  ['cluster', 'env', 'region'],
  ['ip', 'ips'],
  ['id'],
];

export const run: RunCommand = async (invocation, terminal) => {
  const format = reportFormat(invocation);
  const look = lookOf(invocation, terminal);
  const gap = gapFlag(invocation);
  const { limit, tail } = amountOf(invocation);
  const { inquiry, sink } = await prepareWithOut(invocation, terminal);
  const { zone, plan } = inquiry;
  const answer = { sink, returnsRecords: true, writesAtEnd: true } satisfies Partial<Answer>;
  if (switched(invocation, 'quiet')) return perform(inquiry, { ...answer, stage: nowhere, most: 1 });

  const brief = format !== 'text' && !look.wide;
  const parts = partsFor({ isPage: format === 'table' || format === 'text', brief });
  const order = new TimeOrder(parts);
  const telling = {
    format,
    brief,
    look,
    zone,
    header: !switched(invocation, 'no-header'),
    csvRaw: switched(invocation, 'csv-raw'),
    options: { gap, unfold: switched(invocation, 'unfold'), dayOf: dayIn(zone) },
    limit,
    tail,
  };
  try {
    return await perform(inquiry, {
      ...answer,
      stage: foldStage(order),
      columns: ['time', ...parts.flat()],
      counting: { kind: 'order', order },
      finish: (accounting) =>
        tellTimeline(order, telling, sink, accounting, {
          signal: terminal.signal,
          accountingObject: () => accountingObject(accounting, plan),
        }),
    });
  } finally {
    order.close();
  }
};

function dayIn(zone: Zone): (second: number) => number {
  return (second) => Math.floor((second + zone.offsetAt(second)) / 86_400);
}

function gapFlag(invocation: Invocation): Moment {
  const text = textFlag(invocation, 'gap') ?? '30m';
  const duration = parseDuration(text);
  if (duration !== undefined && duration.months === 0 && duration.second + duration.nano > 0) return duration;
  throw badValue({
    code: 'bad-value',
    flag: 'gap',
    value: text,
    reason: 'expected a length of time above zero, in units up to weeks',
    examples: ['--gap 30m', '--gap 2h'],
  });
}

function amountOf(invocation: Invocation): { readonly limit: number | undefined; readonly tail: number | undefined } {
  const limit = numberFlag(invocation, 'limit');
  const tail = numberFlag(invocation, 'tail');
  if (limit === undefined || tail === undefined) return { limit, tail };
  throw new AuditError({
    code: 'flags-conflict',
    message: '--limit and --tail do not go together: the first and the last at once',
    hint: 'leave one of them out',
  });
}
