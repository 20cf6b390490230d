import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { untilListening } from './until-listening.ts';

const run = promisify(execFile);
const postgresBin = '/usr/lib/postgresql/18/bin';
const packages = ['postgresql-18', 'postgresql-18-pgvector', 'redis-server'];
const installMinutes = 15;

/** A real PostgreSQL 18 with pgvector and a real Redis on loopback, with data of their own that end with them. */
export interface NativeServers {
  readonly postgresAdminUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts both out of a Debian tree at `root`, which debootstrap makes first if it is not there (about a minute, 600 MB).
 * @throws Error with the other ways to have such servers, when this is not Debian or not root
 */
export async function startNativeServers(root: string, say: (line: string) => void): Promise<NativeServers> {
  if (!existsSync(path.join(root, postgresBin, 'postgres'))) await installTree(root, say);
  const data = '/var/lib/postgresql/headhunter';
  rmSync(path.join(root, data), { recursive: true, force: true });
  const as = (user: string, command: string, args: readonly string[]) =>
    ['chroot', [`--userspec=${user}:${user}`, root, command, ...args]] as const;
  await run(
    ...as('postgres', `${postgresBin}/initdb`, [
      '-D',
      data,
      '-A',
      'trust',
      '-U',
      'postgres',
      '--locale=C.UTF-8',
      '--encoding=UTF8',
      '--no-sync',
    ]),
  );
  const postgresPort = await freePort();
  const redisPort = await freePort();
  const settings = {
    port: postgresPort,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    shared_buffers: '512MB',
    maintenance_work_mem: '512MB',
  };
  const children = [
    start(
      as('postgres', `${postgresBin}/postgres`, [
        '-D',
        data,
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ]),
    ),
    start(
      as('redis', '/usr/bin/redis-server', [
        '--port',
        String(redisPort),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
      ]),
    ),
  ];
  const stop = async () => {
    await Promise.all(children.map(end));
    rmSync(path.join(root, data), { recursive: true, force: true });
  };
  try {
    await Promise.all([untilListening(postgresPort, 30_000), untilListening(redisPort, 30_000)]);
  } catch (error) {
    await stop();
    throw error;
  }
  say(`PostgreSQL 18 on 127.0.0.1:${postgresPort}, Redis on 127.0.0.1:${redisPort}`);
  return {
    postgresAdminUrl: `postgres://postgres@127.0.0.1:${postgresPort}/postgres`,
    redisUrl: `redis://127.0.0.1:${redisPort}`,
    stop,
  };
}

function start([command, args]: readonly [string, readonly string[]]): ChildProcess {
  return spawn(command, args, { stdio: 'ignore' });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  // Postgres takes SIGINT as "disconnect everybody and stop", Redis likewise.
  child.kill('SIGINT');
  const forced = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(forced);
}

async function installTree(root: string, say: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(
      'PostgreSQL 18 is installed by itself only for root on Debian. Elsewhere: "docker compose up -d --wait", then\n' +
        'HEADHUNTER_POSTGRES_ADMIN_URL=postgres://postgres@127.0.0.1:5433/postgres REDIS_URL=redis://127.0.0.1:6380 npm run test:native',
    );
  }
  const bounded = { timeout: installMinutes * 60_000, maxBuffer: 64 * 2 ** 20 };
  if (!existsSync('/usr/sbin/debootstrap')) {
    say('installing debootstrap');
    await run('apt-get', ['update', '-qq'], bounded);
    await run('apt-get', ['install', '-y', '-qq', 'debootstrap'], bounded);
  }
  say(`installing ${packages.join(', ')} into ${root} (about a minute, once)`);
  rmSync(root, { recursive: true, force: true });
  // Debian 12 does not know the name forky; its script for unstable fits every later release.
  await run(
    'debootstrap',
    [
      '--variant=minbase',
      `--include=${packages.join(',')}`,
      'forky',
      root,
      mirror(),
      '/usr/share/debootstrap/scripts/sid',
    ],
    bounded,
  );
}

/** The archive this machine itself installs from. */
function mirror(): string {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []),
  ];
  for (const file of files.filter((name) => existsSync(name))) {
    const found = /^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s*)?)(https?:\S+)/m.exec(readFileSync(file, 'utf8'));
    if (found?.[1]) return found[1];
  }
  throw new Error('no Debian archive is named in /etc/apt');
}
