import type { Envelope, FilePlace } from './envelope.ts';
import { exampleRecord } from './example-record.ts';

/** dump-formats.md, form 13. */
export const connect: Envelope = {
  name: 'connect',
  title: 'Kafka Connect sinks to S3, GCS and the like (JsonFormat, ByteArrayFormat)',
  doc: 'One record a line, in files named `<topic>+<partition>+<start offset>.json` or `.bin`, plain or gzip, below `partition=3/` or `year=…/month=…/` or wherever else. The partition is read from the name, the offset of line n is the start offset plus n − 1. Another delimiter than `+` is taken for one only below a folder `partition=N` that says the same. Files `….keys.json` and `….headers.json` are passed over. What the sink or Kafka left out within a file (records dropped by a transform, compacted away, transaction markers) leaves no trace in it, and the offsets behind it are then too low; from file to file the start offsets show what is missing.',
  example: exampleRecord,
  exampleFile: 'topics/confluent-audit-log-events/partition=3/confluent-audit-log-events+3+0000000812.json.gz',
  tellsOffsets: true,
  fileName(path) {
    const [name = '', folder = ''] = path.split(/[/\\]/).reverse();
    const found = /^.+([^\p{L}\p{N}\s])(\d{1,10})\1(\d{1,19})\.(?:json|bin)(?:\.gz|\.zst)?$/u.exec(name);
    if (found === null) return undefined;
    const [, delimiter, ...digits] = found;
    const [partition = 0, startOffset = 0] = digits.map(Number);
    const told = /^partition=(\d{1,10})$/.exec(folder)?.[1];
    if (told === undefined ? delimiter !== '+' : Number(told) !== partition) return undefined;
    const place: FilePlace = { partition, startOffset };
    return Number.isSafeInteger(startOffset) ? place : undefined;
  },
};
