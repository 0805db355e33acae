import { SourceError } from '../input/block.ts';
import { dumpForms } from '../input/dump-forms.ts';
import { type AuditRecord, keptRecord } from '../record/record.ts';
import type { Instant } from '../record/time.ts';
import type { JudgedBatch } from './batch.ts';
import type { BlockAnswer, FailedBlock, KeptRecords, TakenMatches } from './block-answer.ts';
import { recordOfCells } from './cells-record.ts';

/** What the threads give besides batches, in the order of the input. */
export interface ThreadReceiver {
  /** Lines of output. */
  readonly onRendered: (bytes: Uint8Array) => void;
  /** A match, with nothing but what is watched and its time. */
  readonly onSighting: (record: AuditRecord) => void;
}

/** Where an answer belongs. */
export interface AnswerPlace {
  readonly name: string;
  /** Lines of the source before those the answer numbers from 1. */
  readonly linesBefore: number;
  readonly storedBytes: number;
}

/** Makes batches of answers, which come in the order of the input. */
export class Delivery {
  /** Of the lines delivered. */
  passedOver = 0;
  doubtful = 0;
  readonly #receiver: ThreadReceiver;

  constructor(receiver: ThreadReceiver) {
    this.#receiver = receiver;
  }

  handOver(taken: TakenMatches, last: Instant | undefined): void {
    handOver(taken, last, this.#receiver);
  }

  batch(answer: BlockAnswer, { name, linesBefore, storedBytes }: AnswerPlace): JudgedBatch {
    this.passedOver += answer.passedOver;
    this.doubtful += answer.doubtful;
    const records = answer.kept === undefined ? [] : keptRecords(answer.kept, name, linesBefore);
    this.handOver(answer, answer.settled.last);
    return {
      lines: answer.lines,
      blank: answer.blank,
      noise: answer.noise,
      marks: answer.marks,
      bytes: answer.bytes,
      storedBytes,
      records,
      verdicts: records.map(() => 'matched'),
      settled: answer.settled,
      malformed: answer.malformed.map((line) => ({ ...line, at: { file: name, line: linesBefore + line.at.line } })),
    };
  }
}

/** Throws for a block that could not be read. */
export function sound(answer: BlockAnswer | FailedBlock): BlockAnswer {
  if ('trouble' in answer) throw new SourceError(answer.trouble, answer.message);
  return answer;
}

/** What became of matches that nobody is given as records. `last` is the last time among them. */
export function handOver({ rendered, sightings }: TakenMatches, last: Instant | undefined, to: ThreadReceiver): void {
  if (rendered !== undefined) to.onRendered(rendered);
  for (const { cells, times } of sightings) {
    const record = recordOfCells(cells);
    for (let i = 0; i < times; i++) to.onSighting(record);
  }
  if (last !== undefined) to.onSighting(recordOfCells([['time', last]]));
}

function keptRecords({ bytes, ends, lines, places }: KeptRecords, file: string, linesBefore: number): AuditRecord[] {
  const { placed } = dumpForms(file);
  return [...ends].map((end, i) => {
    const raw = bytes.subarray(ends[i - 1] ?? 0, end);
    return keptRecord(raw, placed({ ...places.get(i), file, line: linesBefore + (lines[i] ?? 0) }));
  });
}
