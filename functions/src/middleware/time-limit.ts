import { Problem } from '../contract/errors.ts';

/** What `work` resolves to, if it does within so many seconds; its signal is aborted when they are over. @throws Problem `call.timeout` */
export async function withinLimit<T>(seconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const problem = new Problem('call.timeout');
      limit.abort(problem);
      reject(problem);
    }, seconds * 1_000);
  });
  try {
    return await Promise.race([work(limit.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
