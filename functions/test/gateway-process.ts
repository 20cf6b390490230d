import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';

export interface GatewayProcess {
  readonly url: string;
  stop(): Promise<void>;
}

const program = path.resolve(__dirname, '../../scripts/gateway-local.ts');

/** `npm run gateway:local` on a document of the test's own, on any free port. */
export async function startGateway(document: object, backend: string): Promise<GatewayProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  const config = path.join(folder, 'gateway.yaml');
  writeFileSync(config, stringify(document));
  const child = spawn(process.execPath, [program, '--port', '0', '--config', config, '--backend', backend], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = async () => {
    await stopped(child);
    rmSync(folder, { recursive: true });
  };
  for await (const line of createInterface(child.stdout)) {
    const url = /^Gateway at (http:\S+),/.exec(line)?.[1];
    if (url) return { url, stop: end };
  }
  await end();
  throw new Error('the gateway ended before it listened');
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
