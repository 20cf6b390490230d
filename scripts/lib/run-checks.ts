import { spawn } from 'node:child_process';

/** A program under this Node that ends with 0 when all is well. */
export interface Check {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Finding {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs the checks in their order, `atOnce` beside each other, and tells of each as it ends; true when all are well. */
export async function runChecks(
  checks: readonly Check[],
  { root, atOnce, timeoutMs }: { root: string; atOnce: number; timeoutMs: number },
): Promise<boolean> {
  const started = performance.now();
  const waiting = [...checks];
  const failed: string[] = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const from = performance.now();
      const { ok, output } = await run(check, root, timeoutMs);
      process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${check.name.padEnd(16)} ${seconds(from)}\n`);
      if (!ok) {
        failed.push(check.name);
        process.stdout.write(`${output.trimEnd().replaceAll(/^/gm, '    ')}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const verdict = failed.length === 0 ? 'All is well' : `Failed: ${failed.join(', ')}`;
  process.stdout.write(`${verdict} (${checks.length} checks, ${seconds(started)})\n`);
  return failed.length === 0;
}

const seconds = (from: number) => `${((performance.now() - from) / 1_000).toFixed(1)} s`;

function run({ args, env }: Check, cwd: string, timeoutMs: number): Promise<Finding> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    let output = '';
    const hear = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code, signal) => {
      const why = signal ? `\nended by ${signal} after at most ${timeoutMs / 1_000} s` : '';
      resolve({ ok: code === 0, output: output + why });
    });
  });
}
