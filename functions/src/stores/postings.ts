import type { ObservationFacts, PostingFacts } from '../contract/posting.ts';
import type { TenantDatabase, TenantSession } from '../platform/tenant-database.ts';

/** Facts of one import, read with one version of the lexicon; no content hash comes twice. */
export interface PostingBatch {
  readonly postings: readonly PostingFacts[];
  readonly observations: readonly ObservationFacts[];
  readonly lexiconVersion: string;
}

export interface PostingsWritten {
  readonly created: number;
  /** Known, but read with an older lexicon: what is kept of them was brought up to date. */
  readonly reread: number;
  /** Known to the tenant, or to the reference that everybody reads. */
  readonly unchanged: number;
}

export interface Postings {
  /** Writes all that is new, in one transaction with its counts by week; the same batch again changes nothing. */
  write(batch: PostingBatch, now: Date): Promise<PostingsWritten>;
}

/** A database that is only read from. */
export type Reference = Pick<TenantDatabase, 'transaction'>;

const tables = {
  postings: `posted_on, title, source, country, region, industry, seniority, ads, required, preferred, occupations, years`,
  skill_observations: `observed_on, source, country, region, industry, skill_id, vacancies`,
} as const;
type Table = keyof typeof tables;
/** With which lexicon a row was read; with none where what is kept of rows today was not kept yet. */
const versions: Readonly<Record<Table, string>> = {
  postings: "case when title is null then '' else lexicon_version end",
  skill_observations: 'lexicon_version',
};
const dayOf: Readonly<Record<Table, string>> = { postings: 'posted_on', skill_observations: 'observed_on' };
const types = `posted_on date, observed_on date, title text, source text, country text, region text, industry text, seniority text, ads integer,
  required text[], preferred text[], occupations text[], years real, skill_id text, vacancies integer`;

export function postingsOf(database: TenantDatabase, reference: Reference | undefined): Postings {
  return {
    async write({ postings, observations, lexiconVersion }, now) {
      const rows = { postings: postings.map(postingRow), skill_observations: observations.map(observationRow) };
      const shared = reference ? await reference.transaction((s) => knownOf(s, rows)) : new Map<string, string>();
      return database.change(async (s) => {
        await s.query(`select headhunter.market_lock(${s.tenant})`);
        const own = await knownOf(s, rows);
        const written = { created: 0, reread: 0, unchanged: 0 };
        for (const table of ['postings', 'skill_observations'] as const) {
          const stale = rows[table].filter(
            ({ content_hash: hash }) => (own.get(hash) ?? lexiconVersion) !== lexiconVersion,
          );
          const fresh = rows[table].filter(({ content_hash: hash }) => !own.has(hash) && !shared.has(hash));
          await remove(s, table, stale);
          await insert(s, table, [...fresh, ...stale], lexiconVersion, now);
          written.created += fresh.length;
          written.reread += stale.length;
          written.unchanged += rows[table].length - fresh.length - stale.length;
        }
        const isNew = written.created + written.reread > 0;
        return {
          result: written,
          entry: isNew ? { action: 'postings.imported', subjects: [], details: written } : null,
        };
      });
    },
  };
}

interface Row {
  readonly content_hash: string;
}

const postingRow = ({ contentHash, postedOn, ...facts }: PostingFacts) => ({
  content_hash: contentHash,
  posted_on: postedOn,
  ...facts,
});

const observationRow = ({ contentHash, observedOn, skillId, ...facts }: ObservationFacts) => ({
  content_hash: contentHash,
  observed_on: observedOn,
  skill_id: skillId,
  ...facts,
});

/** Those of the rows that are there, each with the lexicon that read it. */
async function knownOf(s: TenantSession, rows: Readonly<Record<Table, readonly Row[]>>): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const table of ['postings', 'skill_observations'] as const) {
    if (rows[table].length === 0) continue;
    const found = await s.query<{ hash: string; version: string }>(
      `select content_hash as hash, ${versions[table]} as version from headhunter.${table}
       where tenant_id = ${s.tenant} and content_hash = any($1)`,
      [rows[table].map((row) => row.content_hash)],
    );
    for (const { hash, version } of found.rows) known.set(hash, version);
  }
  return known;
}

async function remove(s: TenantSession, table: Table, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await s.query(`delete from headhunter.${table} where tenant_id = ${s.tenant} and content_hash = any($1)`, [
    rows.map((row) => row.content_hash),
  ]);
}

async function insert(
  s: TenantSession,
  table: Table,
  rows: readonly Row[],
  lexiconVersion: string,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await s.query(
    `insert into headhunter.${table} (tenant_id, content_hash, lexicon_version, imported_at, week_start, ${tables[table]})
     select ${s.tenant}, content_hash, $2, $3, ${dayOf[table]} - (extract(isodow from ${dayOf[table]})::integer - 1), ${tables[table]}
     from jsonb_to_recordset($1::jsonb) as r (content_hash text, ${types}) order by content_hash`,
    [JSON.stringify(rows), lexiconVersion, now],
  );
}
