import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../contract/errors.ts';
import { assemble } from './assemble.ts';
import type { Job, Outcome, RawPages } from './job.ts';
import { refuse } from './refuse.ts';

const read = async ({ kind, bytes }: Job): Promise<RawPages> => {
  if (kind === 'pdf') return (await import('./read-pdf.ts')).readPdf(bytes);
  if (kind === 'docx') return (await import('./read-docx.ts')).readDocx(bytes);
  return (await import('./read-txt.ts')).readTxt(bytes);
};

const outcomeOf = async (job: Job): Promise<Outcome> => {
  try {
    return { ok: true, read: assemble(await read(job)) };
  } catch (cause) {
    const problem =
      cause instanceof Problem ? cause : refuse('document.unreadable', 'The file is damaged and could not be read.');
    return { ok: false, code: problem.code, details: problem.details ?? [] };
  }
};

/** One worker reads one file: whatever a hostile file does to this thread ends with it. */
parentPort?.postMessage(await outcomeOf(workerData as Job));
