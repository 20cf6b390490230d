/**
 * The servers that bench:door loads, in a process of their own: every function over the local stack, and a bare express
 * handler that parses the same body and answers the same JSON. Tells its parent where they are and ends with it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { divertCallLog } from '../lib/call-log.ts';
import { serve } from '../lib/serve.ts';
import { startStack } from '../lib/stack.ts';
import { integratorOf } from './integrator.ts';

/** What the load needs to know. */
export interface Ready {
  readonly door: string;
  readonly bare: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly answerBytes: number;
  readonly cache: string;
}

const path = '/v1/search/hybrid';
const tenant = 'bench-door';
// The question of a page that is opened again and again.
const body = JSON.stringify({ query: 'Desenvolvedora Java sênior com Kafka em Recife', limit: 10 });

divertCallLog('/dev/null');
const stack = await startStack();
Object.assign(process.env, stack.env);
const served = await serve(stack);
const integrator = await integratorOf(served, tenant);
await seed();
const answer = await answerOf(served.host.url);

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use(express.json());
app.post(path, (_req, res) => res.json(answer.body));
const bare = createServer(app).listen(0, '127.0.0.1');
await once(bare, 'listening');

const ready: Ready = {
  door: served.host.url,
  bare: `http://127.0.0.1:${(bare.address() as AddressInfo).port}`,
  path,
  headers: integrator.headers,
  body,
  answerBytes: answer.bytes,
  cache: process.env['REDIS_URL'] ? 'Redis' : 'this process',
};
process.send?.(ready);
process.once('disconnect', () => process.exit(0));

async function seed(): Promise<void> {
  const skills = ['Java', 'Kafka', 'PostgreSQL', 'Kubernetes'];
  const candidates = Array.from({ length: 200 }, (_, i) => ({
    candidateId: `bench-${i}`,
    profile: {
      fullName: `Pessoa ${i}`,
      headline: `Desenvolvedora ${skills[i % 4]} com ${skills[(i + 1) % 4]} em Recife`,
      skills: [{ name: skills[i % 4] }, { name: skills[(i + 1) % 4] }],
    },
  }));
  const response = await fetch(`${served.host.url}/v1/candidates/import`, {
    method: 'POST',
    headers: integrator.headers,
    body: JSON.stringify({ candidates }),
  });
  if (response.status !== 200) throw new Error(`the import answered ${response.status}: ${await response.text()}`);
}

async function answerOf(url: string): Promise<{ body: unknown; bytes: number }> {
  // Asked twice: the second answer is the cached one.
  const ask = async () => fetch(url + path, { method: 'POST', headers: integrator.headers, body });
  await ask();
  const response = await ask();
  const text = await response.text();
  const parsed = JSON.parse(text) as { cacheHit?: boolean };
  if (parsed.cacheHit !== true) throw new Error(`a cached answer was expected: ${text.slice(0, 300)}`);
  return { body: parsed, bytes: Buffer.byteLength(text) };
}
