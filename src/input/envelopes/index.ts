import { confluentCli } from './confluent-cli.ts';
import { connectSchema } from './connect-schema.ts';
import { consoleConsumer } from './console-consumer.ts';
import type { Envelope } from './envelope.ts';
import { kcatFormat } from './kcat-format.ts';
import { kcatJson } from './kcat-json.ts';
import { restProxy } from './rest-proxy.ts';
import { rpk } from './rpk.ts';

/** In the order in which a value or a line is offered to them: those with the most particular keys and words first. */
export const envelopes: readonly Envelope[] = [
  confluentCli,
  consoleConsumer,
  kcatJson,
  kcatFormat,
  rpk,
  restProxy,
  connectSchema,
];
