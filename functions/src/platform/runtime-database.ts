import { type LoginPool, loginPool } from './login-pool.ts';
import { newPool } from './postgres.ts';
import { admitDatabase } from './preflight.ts';

let opened: LoginPool | undefined;

/** The runtime's connections. A login is used once it has been seen that isolation holds for it. */
export function openPostgres(): LoginPool {
  opened ??= loginPool('DATABASE_URL', async (url) => {
    const pool = await newPool(url);
    try {
      await admitDatabase(pool);
      return pool;
    } catch (error) {
      await pool.end();
      throw error;
    }
  });
  return opened;
}

/** Closes every connection; the next call opens new ones. */
export async function closePostgres(): Promise<void> {
  const last = opened;
  opened = undefined;
  await last?.close();
}
