import { digestOf } from '../record/canonical.ts';
import { wordsOf } from '../record/ids/digest.ts';
import { newIdIndex } from '../record/ids/id-index.ts';
import { words } from '../record/ids/number-list.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';

/** `first`: not seen before, or without an id. The others repeat an id; `conflicting` ones say something else than the first delivery. */
export type Delivery = 'first' | 'repeated' | 'conflicting';

export type DeliveryOf = (record: AuditRecord) => Delivery;

/**
 * Remembers every id delivered so far and a digest of what its first delivery said, in flat memory. The rule is that of
 * `verify`: what has the same id and the same canonical content is the same, whatever its bytes.
 */
export function newDeliveries(): DeliveryOf {
  const ids = newIdIndex();
  const contents = [words(), words(), words(), words()] as const;
  return (record) => {
    const id = cellOf(record, 'id');
    if (typeof id !== 'string') return 'first';
    const before = ids.size;
    const number = ids.numberOf(id);
    const digest = wordsOf(digestOf(record.value));
    if (number < before) return contents.every((list, i) => list.at(number) === digest[i]) ? 'repeated' : 'conflicting';
    for (const [i, list] of contents.entries()) list.push(digest[i] ?? 0);
    return 'first';
  };
}
