import pg from 'pg';

/**
 * Moves a tenant to partitions of its own with its own indexes: prepares copies while everybody goes on working, measures
 * recall@20 of the new index over 50 of the tenant's own vectors, and switches only when it is at least .95.
 */
export async function promote(operatorUrl: string, tenant: string): Promise<{ seconds: number; recall: number | null }> {
  const client = new pg.Client({ connectionString: operatorUrl });
  await client.connect();
  const started = performance.now();
  try {
    await client.query('select headhunter.promote_prepare($1)', [tenant]);
    const { rows } = await client.query<{ recall: number | null }>('select headhunter.promote_recall($1, 50) as recall', [tenant]);
    const recall = rows[0]?.recall ?? null;
    if (recall !== null && recall < 0.95) throw new Error(`the new index of ${tenant} finds only ${recall} of what an exact scan finds`);
    await client.query('select headhunter.promote_switch($1, $2)', [tenant, recall]);
    return { seconds: Math.round((performance.now() - started) / 100) / 10, recall };
  } finally {
    await client.end();
  }
}
