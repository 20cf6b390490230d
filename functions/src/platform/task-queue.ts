import { readConfig, region } from '../config.ts';
import type { QueueName } from '../contract/queues.ts';
import { openApp } from './firebase-app.ts';

const enqueueMs = 5_000;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Cloud Tasks shows a token of Google's, which IAM looks at before the function does; its emulator shows none, and the SDK asks for one. */
const emulatedToken = `${part({ alg: 'none' })}.${part({ sub: 'tasks-emulator' })}.`;

/**
 * Hands a task to a queue of Cloud Tasks, to be delivered to the function of the queue's name. A task with the `id` of one that
 * was handed over before is the same task, and is not delivered twice on purpose.
 * @throws Error when the queue did not take it within five seconds
 */
export async function enqueueTask(
  queue: QueueName,
  data: Record<string, unknown>,
  { id, delaySeconds, deadlineSeconds }: { id: string; delaySeconds: number; deadlineSeconds: number },
): Promise<void> {
  const { getFunctions } = await import('firebase-admin/functions');
  const { taskTarget } = readConfig();
  const options = {
    id,
    scheduleDelaySeconds: delaySeconds,
    dispatchDeadlineSeconds: deadlineSeconds,
    ...(taskTarget !== undefined && {
      uri: `${taskTarget}/${queue}`,
      headers: { Authorization: `Bearer ${emulatedToken}` },
    }),
  };
  const functions = getFunctions(await openApp());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the queue ${queue} did not answer`)), enqueueMs);
  });
  const handed = functions.taskQueue(`locations/${region}/functions/${queue}`).enqueue(data, options);
  try {
    await Promise.race([handed, late]);
  } catch (error) {
    if ((error as { code?: string }).code !== 'functions/task-already-exists') throw error;
  } finally {
    clearTimeout(timer);
  }
}
