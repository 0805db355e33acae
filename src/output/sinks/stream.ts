import type { Writable } from 'node:stream';
import type { AuditError } from '../../diag/diagnostic.ts';
import { gather } from './gather.ts';
import type { Sink } from './sink.ts';
import { failedWrite, isReaderGone } from './trouble.ts';

/** A stream that stays open. `name` is for messages. */
export function streamSink(stream: Writable, name = 'standard output'): Sink {
  let closed = false;
  let failure: AuditError | undefined;
  let outstanding = 0;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  const until = async (isDone: () => boolean): Promise<void> => {
    while (!closed && !isDone()) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    if (failure !== undefined) throw failure;
  };
  const fail = (error: Error): void => {
    if (!closed && !isReaderGone(error)) failure = failedWrite('output-failed', name, error);
    closed = true;
    wake();
  };
  // The listeners stay for good: an error that comes late must not end the process.
  stream.on('drain', wake);
  stream.on('close', () => {
    closed = true;
    wake();
  });
  stream.on('error', fail);
  const gathered = gather((chunk) => {
    if (closed) return;
    outstanding++;
    // The callback hears of a failure before the listeners do.
    stream.write(chunk, (error) => {
      outstanding--;
      if (error) fail(error);
      else wake();
    });
  });
  return {
    write(piece) {
      if (!closed) gathered.add(piece);
    },
    async flush() {
      gathered.send();
      await until(() => !stream.writableNeedDrain);
    },
    async close() {
      gathered.send();
      await until(() => outstanding === 0);
    },
    get closed() {
      return closed || stream.destroyed;
    },
    get bytesWritten() {
      return gathered.bytes();
    },
  };
}
