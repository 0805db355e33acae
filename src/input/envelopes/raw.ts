import type { Envelope } from './envelope.ts';
import { exampleRecord } from './example-record.ts';

/** dump-formats.md, form 1. */
export const raw: Envelope = {
  name: 'raw',
  title: "kcat -C, rpk topic consume -f '%v\\n', confluent kafka topic consume without options",
  doc: 'The record as it is. Nothing tells where it stood in Kafka: what is missing between two records cannot be seen, unless the names of the files tell (see `connect`).',
  example: exampleRecord,
  tellsOffsets: false,
};
