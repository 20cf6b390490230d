import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createReaderPool } from '../../../src/platform/document-text/reader-pool.ts';

const job = { kind: 'txt', bytes: new Uint8Array(1) } as const;
const poolOf = (worker: string, deadlineMs = 20_000, waiting = 20) =>
  createReaderPool({
    worker: pathToFileURL(join(__dirname, '../../fixtures', worker)),
    deadlineMs,
    running: 2,
    waiting,
    heapMb: 32,
    bufferMb: 64,
  });

describe('the pool of document readers', () => {
  it('cuts off a worker that never answers when the deadline passes', async () => {
    const started = performance.now();
    await expect(poolOf('endless-worker.ts', 300).read(job)).rejects.toMatchObject({
      code: 'call.timeout',
      details: [{ path: 'content', message: 'Reading took longer than 0.3 seconds.' }],
    });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('goes on reading after a worker was cut off', async () => {
    const pool = poolOf('endless-worker.ts', 200);
    const outcomes = await Promise.allSettled([job, job, job, job].map(pool.read));
    expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  });

  it('refuses a file that exhausts the heap of its worker with document.too_large, and lives on', async () => {
    await expect(poolOf('hungry-worker.ts').read(job)).rejects.toMatchObject({ code: 'document.too_large' });
  });

  it('reads two files at once, lets others wait in turn, and refuses what the queue cannot hold', async () => {
    const pool = poolOf('slow-worker.ts', 20_000, 2);
    const finished: number[] = [];
    const reads = [0, 1, 2, 3, 4].map((index) => pool.read(job).then(() => finished.push(index)));
    const outcomes = await Promise.allSettled(reads);
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(4).fill('fulfilled'), 'rejected']);
    expect(outcomes[4]).toMatchObject({ reason: { code: 'document.busy' } });
    expect(new Set(finished.slice(0, 2))).toEqual(new Set([0, 1]));
  });

  it('leaves the bytes of the caller untouched', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    await poolOf('slow-worker.ts').read({ kind: 'txt', bytes });
    expect([...bytes]).toEqual([1, 2, 3]);
  });

  it('reports a worker that cannot start as our failure, not as the file’s', async () => {
    await expect(poolOf('no-such-worker.ts').read(job)).rejects.not.toHaveProperty('details');
  });
});
