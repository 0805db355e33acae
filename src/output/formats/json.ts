import { type Format, wants } from './format.ts';
import { recordJson } from './ndjson.ts';

export const json: Format = {
  name: 'json',
  aliases: [],
  doc: 'one JSON array of the original records, valid even when empty or interrupted',
  example: "audit-cli filter --failed dump.ndjson -o json | jq '.[0]'",
  lineShaped: false,
  needsFields: false,
  create(options, sink) {
    const jsonOf = recordJson(options);
    let before = '[';
    return {
      write(batch) {
        for (const record of batch) {
          sink.write(before);
          sink.write(jsonOf(record));
          before = ',\n';
        }
        return wants(sink);
      },
      gap: () => undefined,
      end: () => sink.write(before === '[' ? '[]\n' : ']\n'),
    };
  },
};
