/**
 * `node scripts/run.mjs <name> [args...]`: what every npm script calls, under any Node from 18 on.
 * Finds Node 24 (fetched through npm if need be), installs the dependencies when they changed, and then runs
 * `scripts/<name>.ts` or the program <name> of node_modules/.bin under Node 24, with the same exit code.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const major = '24';
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const local = path.join(root, '.local');
const windows = process.platform === 'win32';
const installWaitMs = 15 * 60_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const say = (line) => process.stderr.write(`headhunter: ${line}\n`);
const fail = (line) => {
  say(line);
  process.exit(1);
};
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

/** Runs a program and resolves to { code, output }; `output` is its stdout when `capture` is set. */
function run(command, args, { capture = false, env = process.env, shell = false } = {}) {
  return new Promise((resolve) => {
    const stdio = ['inherit', capture ? 'pipe' : 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd: root, env, shell, stdio });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    // A terminal sends Ctrl-C to the whole group: then the child has it already, and we only wait for its end.
    const pass = (signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    child.on('error', (error) => fail(`cannot run ${command}: ${error.message}`));
    child.on('close', (code, signal) => {
      for (const signal of signals) process.off(signal, pass);
      resolve({ code: code ?? 128 + constants.signals[signal], output: output.trim() });
    });
  });
}

/** The path of a Node 24 binary: our own, the one found last time, or one that npm fetches (about 40 MB, once). */
async function findNode() {
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  const memo = path.join(local, 'node-path');
  const known = read(memo);
  if (known && fs.existsSync(known)) return known;
  say(`this is Node ${process.versions.node}; getting Node ${major} through npm (once)`);
  // The package `node` fetches its binary in an install script, which our .npmrc forbids by default.
  const args = ['exec', '--yes', '--ignore-scripts=false', `--package=node@${major}`, '--', 'node', '-p'];
  const { code, output } = await run('npm', [...args, 'process.execPath'], { capture: true, shell: windows });
  if (code !== 0 || !fs.existsSync(output)) fail(`npm could not provide Node ${major}; install it and try again`);
  fs.writeFileSync(memo, output);
  return output;
}

/** True when the process `pid` is there; signal 0 only asks. */
function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Holds `.local/install.lock` while `work` runs; a lock whose owner is gone is taken over. */
async function withInstallLock(work) {
  const lock = path.join(local, 'install.lock');
  const release = () => read(lock) === String(process.pid) && fs.rmSync(lock);
  process.once('exit', release);
  for (const end = Date.now() + installWaitMs; ; await sleep(250)) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (Date.now() > end) fail(`another run has been installing for too long; if that is not so, remove ${lock}`);
      const owner = Number(read(lock));
      if (owner && !alive(owner)) fs.rmSync(lock, { force: true });
    }
  }
  await work();
  release();
}

/** Runs `npm ci` under Node 24 unless node_modules was installed from exactly this lockfile. */
async function install(env) {
  const stamp = path.join(root, 'node_modules', '.headhunter-install');
  const manifests = ['package-lock.json', 'package.json', 'functions/package.json'];
  const basis = JSON.stringify([major, ...manifests.map((file) => read(path.join(root, file)))]);
  const wanted = createHash('sha256').update(basis).digest('hex');
  if (read(stamp) === wanted) return;
  await withInstallLock(async () => {
    if (read(stamp) === wanted) return;
    say('installing the dependencies (about a minute; only when they changed)');
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code } = await run('npm', args, { env, shell: windows });
    if (code !== 0) fail(`npm ci failed with exit code ${code}`);
    fs.writeFileSync(stamp, wanted);
  });
}

const [name = '', ...args] = process.argv.slice(2);
fs.mkdirSync(local, { recursive: true });
const node = await findNode();
const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
await install(env);
const script = path.join(root, 'scripts', `${name}.ts`);
const bin = path.join(root, 'node_modules', '.bin', name);
const file = [script, bin].find((one) => /^[\w-]+(\/[\w-]+)?$/.test(name) && fs.existsSync(one));
if (!file) {
  const list = fs.readdirSync(path.join(root, 'scripts')).filter((one) => one.endsWith('.ts'));
  fail(`there is no script "${name}"; there are ${list.join(', ')} in scripts/, and the programs in node_modules/.bin`);
}
const { code } =
  windows && file === bin
    ? await run(`${bin}.cmd`, args, { env, shell: true })
    : await run(node, [fs.realpathSync(file), ...args], { env });
process.exit(code);
