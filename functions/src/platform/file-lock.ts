import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 8_000;

/** Runs `work` while this process alone holds `lock`; a lock whose owner has ended is taken over. */
export async function withFileLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(lock), { recursive: true });
  const until = Date.now() + patienceMs;
  while (!(await claim(lock))) {
    if (Date.now() > until) throw new Error(`another process has held ${lock} for too long`);
    if (await isOrphan(lock)) await rm(lock, { force: true });
    else await sleep(10 + Math.random() * 20);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

function claim(lock: string): Promise<boolean> {
  return writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

async function isOrphan(lock: string): Promise<boolean> {
  const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
  // Empty while its owner is about to write into it.
  if (!owner) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
