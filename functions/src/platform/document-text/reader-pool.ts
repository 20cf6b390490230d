import { Worker } from 'node:worker_threads';
import { Problem } from '../../contract/errors.ts';
import type { Job, Outcome, ReadDocument } from './job.ts';
import { refuse } from './refuse.ts';

export interface ReaderPoolOptions {
  /** The worker's file; it answers one Outcome for its `workerData`, a Job. */
  readonly worker: URL;
  readonly deadlineMs: number;
  readonly running: number;
  readonly waiting: number;
  /** JavaScript heap of one worker: a bomb inside a DOCX grows there. */
  readonly heapMb: number;
  /** Buffers of one worker outside that heap: a bomb inside a PDF grows there. */
  readonly bufferMb: number;
}

const memoryLookMs = 50;
/**
 * V8's own limit ends the whole process when a thread runs into it at full speed, so it lies far above the one that is
 * watched here.
 */
const hardHeapFactor = 4;
const tooLarge = () => refuse('document.too_large', 'The file unpacks to more than can be held in memory.');

const runWorker = (job: Job, options: ReaderPoolOptions): Promise<ReadDocument> => {
  // A copy, because a Buffer may be a window on memory that others use, and what is transferred is lost here.
  const bytes = new Uint8Array(job.bytes);
  const worker = new Worker(options.worker, {
    workerData: { ...job, bytes },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: options.heapMb * hardHeapFactor },
    env: {},
    execArgv: [],
  });
  const { promise, resolve, reject } = Promise.withResolvers<ReadDocument>();
  const deadline = setTimeout(
    () => reject(refuse('call.timeout', `Reading took longer than ${options.deadlineMs / 1_000} seconds.`)),
    options.deadlineMs,
  );
  const look = setInterval(async () => {
    const heap = await worker.getHeapStatistics().catch(() => null);
    if (!heap) return;
    const isOver =
      heap.used_heap_size > options.heapMb * 1_048_576 || heap.external_memory > options.bufferMb * 1_048_576;
    if (isOver) reject(tooLarge());
  }, memoryLookMs);
  worker.once('message', (outcome: Outcome) =>
    outcome.ok ? resolve(outcome.read) : reject(new Problem(outcome.code, outcome.details)),
  );
  worker.once('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error),
  );
  worker.once('exit', (code) => reject(new Error(`The document reader stopped with code ${code} and no answer.`)));
  return promise.finally(async () => {
    clearTimeout(deadline);
    clearInterval(look);
    await worker.terminate();
  });
};

/**
 * Reads files in worker threads, one file per worker, `running` at once; further ones wait in order. The deadline
 * counts from a file's own start, not from its place in the queue.
 * @returns `read`, which throws Problem call.timeout when the deadline passes or `waiting` files wait already,
 * document.too_large when the worker outgrows its memory, and whatever Problem the worker answers.
 */
export const createReaderPool = (options: ReaderPoolOptions) => {
  let running = 0;
  const queue: (() => void)[] = [];

  const read = async (job: Job): Promise<ReadDocument> => {
    if (running >= options.running) {
      if (queue.length >= options.waiting)
        throw refuse('document.busy', 'Too many files are being read; send it again.');
      await new Promise<void>((start) => queue.push(start));
    } else {
      running += 1;
    }
    try {
      return await runWorker(job, options);
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
  return { read };
};
