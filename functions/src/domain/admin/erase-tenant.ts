import type { TenantTools } from '../../context.ts';

const rowsAtOnce = 5_000;

/** What every store holds of a tenant, counted now: `postgres.<table>`, `firestore`, `accounts`, `cache`. */
export async function lookEverywhere(tools: TenantTools): Promise<Record<string, number>> {
  const rows = Object.entries(await tools.rows.counts()).map(([table, count]) => [`postgres.${table}`, count] as const);
  let accounts = 0;
  for await (const page of pagesOf(tools)) accounts += page.length;
  return {
    ...Object.fromEntries(rows),
    firestore: await tools.documents.count(),
    accounts,
    cache: await tools.sweepCache(false),
  };
}

/**
 * Erases a tenant from every store; false when `until` came first, and then the same call goes on. Accounts go first, so that
 * nobody signs in any more, and the document that keeps the door closed goes with the last.
 */
export async function eraseEverywhere(tools: TenantTools, isTimeUp: () => boolean): Promise<boolean> {
  for await (const page of pagesOf(tools)) {
    for (let at = 0; at < page.length; at += 100) await tools.accounts.erase(page.slice(at, at + 100));
    if (isTimeUp()) return false;
  }
  while ((await tools.rows.erase(rowsAtOnce)) > 0) if (isTimeUp()) return false;
  await tools.documents.erase();
  await tools.sweepCache(true);
  return true;
}

async function* pagesOf({ accounts }: TenantTools) {
  let after: string | undefined;
  do {
    const page = await accounts.page(after);
    yield page.accounts.map(({ uid }) => uid);
    after = page.next;
  } while (after !== undefined);
}
