import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startNativeServers } from './lib/native-servers.ts';

const defaults = [
  'functions/test/stores',
  'functions/test/endpoints',
  'functions/test/isolation.test.ts',
  'functions/test/platform/cache.test.ts',
  'functions/test/platform/token-buckets.test.ts',
  'functions/test/platform/preflight.test.ts',
  'functions/test/middleware/rate-limit.test.ts',
  'functions/test/contract.test.ts',
];

if (process.argv.includes('--help')) {
  console.log(`Usage: npm run test:native [-- jest arguments]

Runs the store, search, isolation and contract tests on a real PostgreSQL 18 with pgvector and a real Redis.
Takes the servers named by HEADHUNTER_POSTGRES_ADMIN_URL (a superuser) and REDIS_URL; without them, and as root on Debian,
installs and starts its own under .local/native (HEADHUNTER_NATIVE_ROOT names another folder). With Docker:

  docker compose up -d --wait
  HEADHUNTER_POSTGRES_ADMIN_URL=postgres://postgres@127.0.0.1:5433/postgres REDIS_URL=redis://127.0.0.1:6380 npm run test:native`);
  process.exit(0);
}

const say = (line: string) => console.log(`native: ${line}`);
const root = process.env['HEADHUNTER_NATIVE_ROOT'] ?? fileURLToPath(new URL('../.local/native', import.meta.url));
const given = process.env['HEADHUNTER_POSTGRES_ADMIN_URL'];
const servers = given
  ? { postgresAdminUrl: given, redisUrl: process.env['REDIS_URL'] ?? '', stop: async () => {} }
  : await startNativeServers(root, say).catch((error: Error) => {
      console.error(error.message);
      process.exit(1);
    });

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const wished = process.argv.slice(2);
const paths = wished.some((argument) => !argument.startsWith('-')) ? [] : defaults;
const child = spawn(process.execPath, [jest, ...paths, ...wished], {
  stdio: 'inherit',
  env: {
    ...process.env,
    HEADHUNTER_POSTGRES_ADMIN_URL: servers.postgresAdminUrl,
    REDIS_URL: servers.redisUrl,
    HEADHUNTER_REDIS_URL: servers.redisUrl,
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
const [code] = await once(child, 'exit');
await servers.stop();
process.exit(code ?? 1);
