import { parentPort, workerData } from 'node:worker_threads';
import { type BlockAnswer, BlockAnswerer, type FailedBlock } from './block-answer.ts';
import { JobQueue } from './job-queue.ts';
import type { FromThread, SharedJobs, ThreadData, ToThread } from './workers.ts';

/** A thread that answers blocks until there are no more. Its other side is `workers.ts`. */
async function work({ task, queue }: ThreadData): Promise<void> {
  const answerer = await BlockAnswerer.create(task);
  if (queue === undefined) answerHanded(answerer);
  else answerJobs(answerer, queue);
}

function answerJobs(answerer: BlockAnswerer, shared: SharedJobs): void {
  const queue = new JobQueue(shared);
  for (let number = queue.take(); number !== undefined; number = queue.take()) {
    if (!queue.waitForTurn(number)) break;
    const job = shared.jobs[number];
    if (job === undefined) break;
    const answer = answerer.answer(job);
    post({ kind: 'answer', number, answer }, movable(answer));
  }
  end(answerer);
}

function answerHanded(answerer: BlockAnswerer): void {
  parentPort?.on('message', (message: ToThread) => {
    if (message.kind === 'end') {
      end(answerer);
      parentPort?.close();
      return;
    }
    const { number, block } = message;
    const answer = answerer.answerHanded(block);
    const { memory } = block;
    post({ kind: 'answer', number, answer, memory }, [memory, ...movable(answer)]);
  });
}

function end(answerer: BlockAnswerer): void {
  post({ kind: 'done', share: answerer.share() });
  answerer.close();
}

/** Memory that need not be copied on its way. */
function movable(answer: BlockAnswer | FailedBlock): readonly ArrayBuffer[] {
  const memory = 'rendered' in answer ? answer.rendered?.buffer : undefined;
  return memory instanceof ArrayBuffer ? [memory] : [];
}

function post(message: FromThread, moved: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, [...moved]);
}

// What it is started with comes from `workers.ts` of the same build. A failure ends the thread, and is told there.
work(workerData as ThreadData).catch((error: unknown) => {
  queueMicrotask(() => {
    throw error;
  });
});
