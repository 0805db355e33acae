import { confluentCli } from './confluent-cli.ts';
import { connectSchema } from './connect-schema.ts';
import type { Envelope } from './envelope.ts';

/** In the order in which a value or a line is offered to them: those with the most particular keys first. */
export const envelopes: readonly Envelope[] = [confluentCli, connectSchema];
