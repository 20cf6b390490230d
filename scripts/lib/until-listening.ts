import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something accepts connections on a port of 127.0.0.1; throws after `withinMs`. */
export async function untilListening(port: number, withinMs = 10_000): Promise<void> {
  for (const end = Date.now() + withinMs; !(await accepts(port)); await sleep(20)) {
    if (Date.now() > end) throw new Error(`nothing listens on 127.0.0.1:${port} after ${withinMs / 1000} s`);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
