/** `npm run reset`: removes .local, where everything lives that `npm start` keeps. Refuses while something runs from it. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { livingOwner } from './lib/pid-file.ts';

const local = path.resolve(import.meta.dirname, '../.local');
const entries = existsSync(local) ? readdirSync(local) : [];
const running = entries
  .filter((name) => name.endsWith('.pid') || name === 'install.lock')
  .map((name) => ({ name, pid: livingOwner(path.join(local, name)) }))
  .filter(({ pid }) => pid !== undefined);

if (running.length > 0) {
  const list = running.map(({ name, pid }) => `${path.parse(name).name} (process ${pid})`).join(', ');
  process.stderr.write(`Not reset: still running from .local: ${list}. Stop it first.\n`);
  process.exitCode = 1;
} else if (entries.length === 0) {
  process.stdout.write('Nothing to reset: there is no .local folder.\n');
} else {
  rmSync(local, { recursive: true, force: true });
  process.stdout.write(`Removed .local with ${entries.sort().join(', ')}.\n`);
}
