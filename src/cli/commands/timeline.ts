import { timelineColumns } from '../../analyze/timeline.ts';
import { AuditError } from '../../diag/diagnostic.ts';
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

/** Only what is shown: what names a record or a resource takes longest to work out, because it is another each time. */
function columnsFor({ isPage, brief }: { readonly isPage: boolean; readonly brief: boolean }): readonly ColumnName[] {
  const besides: readonly ColumnName[] = [...(brief ? [] : toldBesides), ...(isPage ? [] : ['id' as const])];
  return [...new Set([...timelineColumns, ...brieflyToldColumns, ...besides])];
}

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
  const columns = columnsFor({ isPage: format === 'table' || format === 'text', brief });
  const order = new TimeOrder(columns);
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
      columns,
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
