import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The living process named in a pid file; undefined when the file is missing, empty or left by a dead process. */
export function livingOwner(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? Number(readFileSync(file, 'utf8')) : undefined;
  }
}

/**
 * Claims `file` for this process, so that two processes never open one data folder; a file left by a dead process is
 * taken over. Returns the function that gives the claim back. Throws when a living process holds it.
 */
export function claimPidFile(file: string): () => void {
  mkdirSync(path.dirname(file), { recursive: true });
  const owner = livingOwner(file);
  if (owner !== undefined) throw new Error(`process ${owner} is using ${file.replace(/\.pid$/, '')}; stop it first`);
  rmSync(file, { force: true });
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  return () => {
    process.off('exit', release);
    release();
  };
}
