import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { type Run, run } from '../engine/run.ts';
import { readRecordsWithNdjson } from '../input/ndjson-reference.ts';
import { digestOf } from '../record/canonical.ts';
import type { AuditRecord } from '../record/record.ts';
import { count } from './render.ts';

/** What an answer was, small enough to keep: which records matched, in which order, with which content. */
export interface AnswerDigest {
  see(record: AuditRecord, matched: boolean): void;
  readonly records: number;
  readonly matched: number;
  hex(): string;
}

export function newAnswerDigest(): AnswerDigest {
  const hash = createHash('sha256');
  let records = 0;
  let matched = 0;
  return {
    see(record, isMatch) {
      records++;
      if (!isMatch) return;
      matched++;
      // The place and the parsed content: the reference reader need not have the same bytes.
      hash.update(`${record.at.file}:${record.at.line}\n`);
      hash.update(digestOf(record.value));
    },
    get records() {
      return records;
    },
    get matched() {
      return matched;
    },
    hex: () => hash.copy().digest('hex'),
  };
}

/** What both readers are asked. */
export type Asked = Pick<Run, 'plan' | 'sources' | 'forms' | 'signal' | 'dedupe' | 'most'>;

/**
 * Asks the same question through the `ndjson` package and compares the answers: line splitting and
 * parsing are then done by code we did not write. A difference makes the answer untrusted.
 */
export async function crossCheck(question: Asked, answer: AnswerDigest): Promise<Diagnostic> {
  const other = newAnswerDigest();
  const { stopped } = await run({
    ...question,
    read: (source, signal) => readRecordsWithNdjson(source, signal, question.forms),
    stage: { write: () => 'more', gap: () => undefined, end: () => undefined },
    drained: async () => undefined,
    outputClosed: () => false,
    watch: (record, matched) => other.see(record, matched),
  });
  if (stopped === 'interrupted') {
    return {
      code: 'cross-check-interrupted',
      severity: 'warning',
      message: 'cross-check: interrupted, nothing compared',
    };
  }
  // At a limit each reader stops at the end of its own batch.
  const sameRecords = stopped === 'limit' || other.records === answer.records;
  const agrees = sameRecords && other.matched === answer.matched && other.hex() === answer.hex();
  const counts = `${count(answer.records, 'record')}, ${answer.matched} matched`;
  return agrees
    ? {
        code: 'cross-check-agrees',
        severity: 'note',
        message: `cross-check: the ndjson package gives the same answer (${counts})`,
      }
    : {
        code: 'cross-check-differs',
        severity: 'error',
        message: `cross-check: the ndjson package gives another answer (${count(other.records, 'record')}, ${other.matched} matched; here ${counts})`,
        hint: 'do not rely on this answer; please report the input that shows it',
      };
}
