import { column } from './column.ts';

export const strings = column({
  name: 'strings',
  type: 'list',
  role: 'search',
  doc: 'Every string value of the record, decoded; no keys and no numbers',
  spelled: 'verbatim',
  reads: { record: '' },
  derive: ({ record }) => {
    const texts: string[] = [];
    // A list of what is still to visit instead of recursion: records may nest millions deep.
    const pending: unknown[] = [...record];
    for (let value = pending.pop(); value !== undefined || pending.length > 0; value = pending.pop()) {
      if (typeof value === 'string') texts.push(value);
      else if (typeof value === 'object' && value !== null)
        for (const member of Object.values(value)) pending.push(member);
    }
    return texts.length === 0 ? undefined : texts;
  },
});
