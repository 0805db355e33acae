import { parentPort, workerData } from 'node:worker_threads';
import { BlockAnswerer } from './block-answer.ts';
import { JobQueue, type ThreadData, type ThreadMessage } from './job-queue.ts';

/** A thread that answers blocks until there are no more. Its other side is `threads.ts`. */
async function work({ task, jobs, shared, ahead }: ThreadData): Promise<void> {
  const answerer = await BlockAnswerer.create(task);
  const queue = new JobQueue(shared, jobs.length, ahead);
  for (let number = queue.take(); number !== undefined; number = queue.take()) {
    if (!queue.waitForTurn(number)) break;
    const job = jobs[number];
    if (job === undefined) break;
    const answer = answerer.answer(job);
    const moved: ArrayBuffer[] = [];
    if ('rendered' in answer && answer.rendered?.buffer instanceof ArrayBuffer) moved.push(answer.rendered.buffer);
    post({ kind: 'answer', number, answer }, moved);
  }
  post({ kind: 'done', summary: answerer.summary() });
  answerer.close();
}

function post(message: ThreadMessage, moved: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, [...moved]);
}

// What it is started with comes from `threads.ts` of the same build. A failure ends the thread, and is told there.
work(workerData as ThreadData).catch((error: unknown) => {
  queueMicrotask(() => {
    throw error;
  });
});
