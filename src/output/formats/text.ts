import { sentenceOf } from '../sentence.ts';
import { type Format, wants } from './format.ts';

export const text: Format = {
  name: 'text',
  aliases: [],
  doc: 'one English sentence a record: when, who, what, on what, from where, outcome',
  example: 'audit-cli filter --principal u-1abc2d dump.ndjson -o text',
  lineShaped: true,
  needsFields: false,
  create({ zone, wide, styles, labels }, sink) {
    return {
      write(batch) {
        for (const record of batch) sink.write(`${sentenceOf(record, { zone, wide, styles, labels })}\n`);
        return wants(sink);
      },
      gap: () => sink.write('--\n'),
      end: () => undefined,
    };
  },
};
