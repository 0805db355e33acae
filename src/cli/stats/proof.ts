import { type Grouping, groupOfOne } from '../../analyze/grouping.ts';
import type { Stretch } from '../../analyze/stats/buckets.ts';
import { compileTuples, type Key, keyText, tupleText } from '../../analyze/stats/keys.ts';
import type { StatsRow } from '../../analyze/stats/stats.ts';
import { cellText } from '../../output/cell-text.ts';
import { instantWithin } from '../../query/duration.ts';
import type { AuditRecord } from '../../record/record.ts';
import type { Inquiry } from '../asking.ts';
import type { ReadAgain } from '../perform.ts';
import { proofsOf, type RowProof } from '../proof.ts';
import { reproducing } from '../reproducing.ts';

/** What stands behind each row. Buckets of time that come again are given as the stretches in which there are records. */
export async function proofsOfRows(
  rows: readonly StatsRow[],
  keys: readonly Key[],
  inquiry: Inquiry,
  again: ReadAgain,
): Promise<readonly RowProof[]> {
  const { zone } = inquiry;
  const tuplesOf = compileTuples(keys, zone);
  const wanted = new Map(rows.map((row) => [tupleText(row.keys), new Map<Key, Map<number, Stretch>>()]));
  const keysOf = (record: AuditRecord): readonly string[] => {
    const group = groupOfOne(record, 0, byQuarters);
    const texts = tuplesOf(group).map(tupleText);
    for (const key of keys) {
      if (key.kind === 'field' || group.span === undefined) continue;
      const stretch = key.bucket.stretchOf(group.slot, zone);
      for (const text of texts) {
        const ofRow = wanted.get(text);
        const stretches = ofRow?.get(key) ?? new Map<number, Stretch>();
        ofRow?.set(key, stretches.set(stretch.from, stretch));
      }
    }
    return texts;
  };
  const proofs = await proofsOf(inquiry, again, new Set(wanted.keys()), keysOf);
  return rows.map((row) => {
    const text = tupleText(row.keys);
    const parts = keys.flatMap((key, i) => (key.kind === 'field' ? [[key.name, keyText(row.keys[i])] as const] : []));
    const times = keys.flatMap((key) =>
      key.kind === 'field' ? [] : [condition([...(wanted.get(text)?.get(key)?.values() ?? [])])],
    );
    return {
      title: keys.map(({ name }, i) => `${name} ${cellText(row.keys[i], zone) ?? '-'}`).join(', '),
      filter: reproducing(inquiry, parts, times),
      records: proofs.get(text) ?? [],
    };
  });
}

const byQuarters: Grouping = {
  reads: [],
  slots: { kind: 'quarters' },
  add: () => undefined,
};

/** In the language of `--where`; without a stretch there is no time. */
function condition(stretches: readonly Stretch[]): string {
  if (stretches.length === 0) return 'not time exists';
  const ranges = joined(stretches).map(rangeText);
  return ranges.length === 1 ? ranges.join('') : `(${ranges.map((range) => `(${range})`).join(' or ')})`;
}

/** Stretches that touch as one. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const whole: Stretch[] = [];
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last?.until === stretch.from) whole[whole.length - 1] = { from: last.from, until: stretch.until };
    else whole.push(stretch);
  }
  return whole;
}

/** Ends that RFC 3339 cannot write are beyond every time there is. */
function rangeText({ from, until }: Stretch): string {
  const first = instantWithin(from);
  const end = instantWithin(until);
  const bounds = [first && `time >= "${first.text}"`, end && `time < "${end.text}"`];
  return bounds.filter((bound) => bound !== undefined).join(' and ');
}
