import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { percentile, rounded } from '../lib/figures.ts';
import type { Ready } from './server.ts';

export interface DoorFigures {
  readonly answerBytes: number;
  readonly cache: string;
  readonly connections: number;
  readonly roundSeconds: number;
  readonly rounds: readonly { readonly bare: Load; readonly door: Load }[];
  /** Median over the rounds of the door's throughput divided by the bare handler's. */
  readonly throughputRatio: number;
  readonly idle: {
    readonly calls: number;
    readonly bareP95Ms: number;
    readonly doorP95Ms: number;
    readonly addedP95Ms: number;
  };
}

export interface Load {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly failed: number;
}

const readyMs = 120_000;

/**
 * An authenticated cached read through the whole walk beside a bare express handler that answers the same bytes, both in
 * one other process: throughput in alternating rounds, then single calls in turn for the latency when idle.
 * @throws Error when a call is not answered 200
 */
export async function benchDoor(
  {
    rounds,
    roundSeconds,
    connections,
    idleCalls,
  }: Record<'rounds' | 'roundSeconds' | 'connections' | 'idleCalls', number>,
  say: (line: string) => void,
): Promise<DoorFigures> {
  const server = fork(fileURLToPath(new URL('server.ts', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    say('starting the servers');
    const [ready] = (await Promise.race([
      once(server, 'message', { signal: AbortSignal.timeout(readyMs) }),
      ended(server),
    ])) as [Ready];
    const load = (base: string) => loadOf(base, ready, connections, roundSeconds);
    say('warming up');
    await load(ready.bare);
    await load(ready.door);
    const told: { bare: Load; door: Load }[] = [];
    for (let round = 1; round <= rounds; round++) {
      told.push({ bare: await load(ready.bare), door: await load(ready.door) });
      say(`round ${round} of ${rounds}`);
    }
    say(`idle: ${idleCalls} calls of each, in turn`);
    const idle = await idleOf(ready, idleCalls);
    return {
      answerBytes: ready.answerBytes,
      cache: ready.cache,
      connections,
      roundSeconds,
      rounds: told,
      throughputRatio: round(
        percentile(
          told.map(({ bare, door }) => door.requestsPerSecond / bare.requestsPerSecond),
          0.5,
        ),
      ),
      idle,
    };
  } finally {
    server.disconnect();
    await once(server, 'exit');
  }
}

const ended = async (server: ReturnType<typeof fork>): Promise<never> => {
  const [code] = await once(server, 'exit');
  throw new Error(`the servers ended with code ${code}`);
};

async function loadOf(
  base: string,
  { path, headers, body }: Ready,
  connections: number,
  duration: number,
): Promise<Load> {
  const latencies: number[] = [];
  const { requests, non2xx, errors } = await new Promise<autocannon.Result>((resolve, reject) => {
    const settings = { url: base + path, method: 'POST' as const, headers, body, connections, duration };
    const running = autocannon(settings, (error, result) => (error ? reject(error) : resolve(result)));
    running.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} of ${requests.total} calls to ${base} failed`);
  return {
    requestsPerSecond: Math.round(requests.average),
    p50Ms: round(percentile(latencies, 0.5)),
    p95Ms: round(percentile(latencies, 0.95)),
    failed: non2xx + errors,
  };
}

async function idleOf(ready: Ready, calls: number): Promise<DoorFigures['idle']> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const bare: number[] = [];
  const door: number[] = [];
  for (let i = 0; i < calls; i++) {
    bare.push(await oneCall(agent, ready.bare, ready));
    door.push(await oneCall(agent, ready.door, ready));
  }
  agent.destroy();
  const [bareP95Ms, doorP95Ms] = [percentile(bare, 0.95), percentile(door, 0.95)];
  return { calls, bareP95Ms: round(bareP95Ms), doorP95Ms: round(doorP95Ms), addedP95Ms: round(doorP95Ms - bareP95Ms) };
}

/** Milliseconds from the request to the last byte of its answer. */
async function oneCall(agent: Agent, base: string, { path, headers, body }: Ready): Promise<number> {
  const started = performance.now();
  const asked = request(base + path, {
    method: 'POST',
    agent,
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
  });
  asked.end(body);
  const [response] = await once(asked, 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`${base} answered ${response.statusCode}`);
  return performance.now() - started;
}

const round = (value: number) => rounded(value, 3);
