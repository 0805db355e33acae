import { environment } from './environment.ts';
import { exitCodesTopic } from './exit-codes.ts';
import { fields } from './fields.ts';
import { filtersTopic } from './filters.ts';
import { formatsTopic } from './formats.ts';
import { time } from './time.ts';
import type { Topic } from './topic.ts';
import { where } from './where.ts';

export const topics: readonly Topic[] = [time, fields, filtersTopic, where, formatsTopic, exitCodesTopic, environment];
