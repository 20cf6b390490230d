import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Examples } from './examples.ts';
import type { Training } from './train.ts';
import type { WorkOrder } from './train-worker.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One table for each seed, in their order, as many at a time as there are cores. */
export async function trainSeeds(
  examples: Examples,
  vocabulary: Vocabulary,
  training: Omit<Training, 'seed'>,
  seeds: readonly string[],
  say: (line: string) => void,
): Promise<Float32Array[]> {
  const tables: Float32Array[] = [];
  const waiting = seeds.entries();
  const work = async () => {
    for (const [i, seed] of waiting) {
      tables[i] = await trainInWorker({ examples, vocabulary, training: { ...training, seed } }, say);
    }
  };
  await Promise.all(Array.from({ length: Math.min(seeds.length, availableParallelism()) }, work));
  return tables;
}

function trainInWorker(workerData: WorkOrder, say: (line: string) => void): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData });
    worker.on('message', (told: string | Float32Array) => {
      if (typeof told === 'string') say(told);
      else resolve(told);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`training ended with code ${code} before its table was done`)));
  });
}
