import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { projectId } from './project.ts';

const mainClass = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';
const startMs = 30_000;
const exportMs = 20_000;
const stopMs = 5_000;
const kept = (dir: string) => path.join(dir, 'last', 'firestore', 'firestore.overall_export_metadata');

/** A running emulator; `save` writes its data to `dir`, and so does `stop`. */
export interface FirestoreEmulator {
  readonly host: string;
  save(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts Google's emulator with the rules in `rules` on a free port, loaded with what was saved in `dir` before. Its own
 * `--export-on-exit` writes nothing when it is told to end, so the data are exported over HTTP, to a folder that replaces
 * the last one only when it is whole. Throws when the emulator does not answer within 30 s.
 */
export async function startFirestoreEmulator(options: {
  java: string;
  jar: string;
  rules: string;
  dir?: string | undefined;
}): Promise<FirestoreEmulator> {
  const { dir } = options;
  const host = `127.0.0.1:${await freePort()}`;
  const [address, port] = host.split(':');
  const args = ['-Duser.language=en', '-cp', options.jar, mainClass, 'start'];
  args.push(`--host=${address}`, `--port=${port}`, `--rules=${options.rules}`);
  if (dir !== undefined && existsSync(kept(dir))) args.push(`--import-data=${kept(dir)}`);
  // A process group of its own: Ctrl-C is for us, who then save the data and end it.
  const child = spawn(options.java, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  child.on('error', listen);
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').then(() => process.off('exit', kill));
  const stopped = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

  for (const end = Date.now() + startMs; !(await answers(host)); await sleep(100)) {
    if (Date.now() < end && !stopped()) continue;
    kill();
    throw new Error(`the Firestore emulator did not start: ${said.trim().split('\n').at(-1)}`);
  }
  const save = async () => {
    if (dir !== undefined && !stopped()) await exportTo(host, dir);
  };
  return {
    host,
    save,
    async stop() {
      await save();
      if (stopped()) return;
      child.kill('SIGTERM');
      const forced = setTimeout(kill, stopMs);
      await ended;
      clearTimeout(forced);
    },
  };
}

async function answers(host: string): Promise<boolean> {
  return await fetch(`http://${host}/`, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function exportTo(host: string, dir: string): Promise<void> {
  const next = path.join(dir, 'next');
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  const database = `projects/${projectId}/databases/(default)`;
  const response = await fetch(`http://${host}/emulator/v1/projects/${projectId}:export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ database, export_directory: next, export_name: 'firestore' }),
    signal: AbortSignal.timeout(exportMs),
  });
  if (!response.ok) throw new Error(`the Firestore emulator could not save its data: HTTP ${response.status}`);
  await rm(path.join(dir, 'last'), { recursive: true, force: true });
  await rename(next, path.join(dir, 'last'));
}
