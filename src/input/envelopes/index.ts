import { cloudLog } from './cloud-log.ts';
import { confluentCli } from './confluent-cli.ts';
import { connect } from './connect.ts';
import { connectSchema } from './connect-schema.ts';
import { consoleConsumer } from './console-consumer.ts';
import { datadog } from './datadog.ts';
import { elastic } from './elastic.ts';
import type { Envelope } from './envelope.ts';
import { javaText } from './java-text.ts';
import { kcatFormat } from './kcat-format.ts';
import { kcatJson } from './kcat-json.ts';
import { raw } from './raw.ts';
import { restProxy } from './rest-proxy.ts';
import { rpk } from './rpk.ts';
import { splunkExport } from './splunk-export.ts';
import { splunkHec } from './splunk-hec.ts';

/** In the order in which a value or a line is offered to them: those with the most particular keys and words first. */
export const envelopes: readonly Envelope[] = [
  raw,
  confluentCli,
  consoleConsumer,
  kcatJson,
  kcatFormat,
  rpk,
  restProxy,
  connect,
  connectSchema,
  javaText,
  splunkExport,
  splunkHec,
  elastic,
  datadog,
  cloudLog,
];
