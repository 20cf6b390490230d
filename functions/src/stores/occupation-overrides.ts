import { Problem } from '../contract/errors.ts';
import type { EcoId } from '../contract/ids.ts';
import { mostTenantAliases, type OccupationOverride, type OccupationTemplate } from '../contract/occupation.ts';
import type { TenantDatabase, TenantSession } from '../platform/tenant-database.ts';

export interface TenantAlias {
  readonly occupation: string;
  readonly alias: string;
}

export interface OccupationOverrides {
  /** What the tenant says of the occupation; null when it says nothing. */
  findById(ecoId: EcoId): Promise<OccupationOverride | null>;
  /** The sha256 of all aliases. */
  revision(): Promise<string>;
  /** Every alias, by occupation and alias; at most `mostTenantAliases`. */
  aliases(): Promise<readonly TenantAlias[]>;
  /** Says this of the occupation, in place of what was said before; nothing at all takes that away. @throws Problem `occupation.aliases_full` */
  put(ecoId: EcoId, override: OccupationOverride, now: Date): Promise<void>;
}

export function occupationOverridesOf(database: TenantDatabase): OccupationOverrides {
  return {
    findById: (ecoId) =>
      database.transaction(async (s) => {
        const { rows } = await s.query<OccupationOverride>(
          `select o.industries, o.template, array(select a.alias from headhunter.occupation_aliases a
             where a.tenant_id = ${s.tenant} and a.occupation_id = o.occupation_id order by a.alias) as aliases
           from headhunter.occupation_overrides o where o.tenant_id = ${s.tenant} and o.occupation_id = $1`,
          [ecoId],
        );
        return rows[0] ?? null;
      }),
    revision: () =>
      database.transaction(async (s) => {
        const { rows } = await s.query<{ revision: string }>(
          `select encode(sha256(convert_to(coalesce(
             string_agg(occupation_id || chr(9) || alias, chr(10) order by occupation_id, alias), ''), 'UTF8')), 'hex') as revision
           from headhunter.occupation_aliases where tenant_id = ${s.tenant}`,
        );
        return rows[0]?.revision ?? '';
      }),
    aliases: () => database.transaction(readAliases),
    put: (ecoId, override, now) =>
      database.change(async (s) => {
        await write(s, ecoId, override, now);
        const { aliases, industries, template } = override;
        const details = { aliases: aliases.length, industries: industries.length, template: template !== null };
        return { result: undefined, entry: { action: 'occupation.changed', subjects: [ecoId], details } };
      }),
  };
}

async function write(s: TenantSession, ecoId: EcoId, override: OccupationOverride, now: Date): Promise<void> {
  const { aliases, industries, template } = override;
  const asJson = template === null ? null : JSON.stringify(template);
  // What stays the same was published from where it was before.
  const { rows } = await s.query<{ published: Record<string, string> | null; from: string | null }>(
    `select case when o.template = $2::jsonb then o.template_proposal_id end as from,
       (select json_object_agg(a.alias, a.proposal_id) from headhunter.occupation_aliases a
        where a.tenant_id = ${s.tenant} and a.occupation_id = o.occupation_id and a.proposal_id is not null) as published
     from headhunter.occupation_overrides o where o.tenant_id = ${s.tenant} and o.occupation_id = $1`,
    [ecoId, asJson],
  );
  const { published, from = null } = rows[0] ?? {};
  await s.query(`delete from headhunter.occupation_overrides where tenant_id = ${s.tenant} and occupation_id = $1`, [
    ecoId,
  ]);
  if (aliases.length + industries.length === 0 && template === null) return;
  await s.query(
    `insert into headhunter.occupation_overrides (tenant_id, occupation_id, industries, template, template_proposal_id, updated_at)
     values (${s.tenant}, $1, $2, $3, $4, $5)`,
    [ecoId, industries, asJson, from, now],
  );
  await s.query(
    `insert into headhunter.occupation_aliases (tenant_id, occupation_id, alias, proposal_id)
     select ${s.tenant}, $1, alias, $3::jsonb ->> alias from unnest($2::text[]) as alias on conflict do nothing`,
    [ecoId, aliases, JSON.stringify(published ?? {})],
  );
  await refuseTooMany(s);
}

/** What a review publishes of a proposal, beside what the tenant says already. */
export interface Publication {
  readonly proposalId: string;
  readonly aliases: readonly { readonly ecoId: EcoId; readonly alias: string }[];
  /** One for an occupation; it takes the place of the one before. */
  readonly templates: readonly { readonly ecoId: EcoId; readonly template: OccupationTemplate }[];
}

/** Adds names and templates to what the tenant says of occupations. @throws Problem `occupation.aliases_full` */
export async function publish(
  s: TenantSession,
  { proposalId, aliases, templates }: Publication,
  now: Date,
): Promise<void> {
  const occupations = [...new Set([...aliases, ...templates].map(({ ecoId }) => ecoId))];
  await s.query(
    `insert into headhunter.occupation_overrides (tenant_id, occupation_id, industries, updated_at)
     select ${s.tenant}, id, '{}', $2 from unnest($1::text[]) as id
     on conflict (tenant_id, occupation_id) do update set updated_at = excluded.updated_at`,
    [occupations, now],
  );
  await s.query(
    `insert into headhunter.occupation_aliases (tenant_id, occupation_id, alias, proposal_id)
     select ${s.tenant}, id, alias, $3 from unnest($1::text[], $2::text[]) as a (id, alias) on conflict do nothing`,
    [aliases.map(({ ecoId }) => ecoId), aliases.map(({ alias }) => alias), proposalId],
  );
  await s.query(
    `update headhunter.occupation_overrides o set template = t.template, template_proposal_id = $3
     from unnest($1::text[], $2::jsonb[]) as t (id, template) where o.tenant_id = ${s.tenant} and o.occupation_id = t.id`,
    [templates.map(({ ecoId }) => ecoId), templates.map(({ template }) => JSON.stringify(template)), proposalId],
  );
  await refuseTooMany(s);
}

/** Every alias of the tenant, by occupation and alias; at most `mostTenantAliases`. */
export async function readAliases(s: TenantSession): Promise<readonly TenantAlias[]> {
  const { rows } = await s.query<TenantAlias>(
    `select occupation_id as occupation, alias from headhunter.occupation_aliases
     where tenant_id = ${s.tenant} order by occupation_id, alias limit ${mostTenantAliases}`,
  );
  return rows;
}

async function refuseTooMany(s: TenantSession): Promise<void> {
  const { rows } = await s.query<{ n: number }>(
    `select count(*)::int as n from headhunter.occupation_aliases where tenant_id = ${s.tenant}`,
  );
  if ((rows[0]?.n ?? 0) > mostTenantAliases) {
    throw new Problem('occupation.aliases_full', [
      { path: 'aliases', message: `there can be ${mostTenantAliases} over all occupations` },
    ]);
  }
}
