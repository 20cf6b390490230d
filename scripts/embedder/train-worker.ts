import { parentPort, workerData } from 'node:worker_threads';
import type { Examples } from './examples.ts';
import { type Training, train } from './train.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What one worker trains; it answers with lines to print, and the table at last. */
export interface WorkOrder {
  readonly examples: Examples;
  readonly vocabulary: Vocabulary;
  readonly training: Training;
}

const { examples, vocabulary, training } = workerData as WorkOrder;
const table = train(examples, vocabulary, training, (line) => parentPort?.postMessage(`${training.seed}: ${line}`));
parentPort?.postMessage(table, [table.buffer as ArrayBuffer]);
