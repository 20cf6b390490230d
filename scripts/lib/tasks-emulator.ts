import { createRequire } from 'node:module';
import { freePort } from './free-port.ts';
import { projectId, region } from './project.ts';
import { untilListening } from './until-listening.ts';

const callMs = 10_000;
const require = createRequire(import.meta.url);

/** A queue as a task-queue function declares it. */
export interface Queue {
  readonly name: string;
  /** Where tasks are delivered that name no address themselves. */
  readonly url?: string;
  readonly retryConfig?: Readonly<Record<string, unknown>>;
  readonly rateLimits?: Readonly<Record<string, unknown>>;
}

/** `host` is what CLOUD_TASKS_EMULATOR_HOST takes. Tasks live in memory, and `scheduleTime` is ignored. */
export interface TasksEmulator {
  readonly host: string;
  createQueue(queue: Queue): Promise<void>;
  stop(): Promise<void>;
}

interface Emulator {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Firebase's Cloud Tasks emulator in this process on 127.0.0.1; `port` 0 takes any free one. */
export async function startTasksEmulator(options: { port?: number } = {}): Promise<TasksEmulator> {
  const { TasksEmulator } = require('firebase-tools/lib/emulator/tasksEmulator') as {
    TasksEmulator: new (args: { host: string; port: number }) => Emulator;
  };
  const port = options.port || (await freePort());
  const emulator = new TasksEmulator({ host: '127.0.0.1', port });
  await emulator.start();
  await untilListening(port);
  const host = `127.0.0.1:${port}`;
  return {
    host,
    async createQueue({ name, url, retryConfig, rateLimits }) {
      const response = await fetch(`http://${host}/projects/${projectId}/locations/${region}/queues/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ defaultUri: url ?? '', retryConfig, rateLimits }),
        signal: AbortSignal.timeout(callMs),
      });
      if (!response.ok) throw new Error(`the Tasks emulator refused the queue ${name}: ${await response.text()}`);
    },
    stop: () => emulator.stop(),
  };
}
