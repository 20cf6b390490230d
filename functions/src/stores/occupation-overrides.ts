import { Problem } from '../contract/errors.ts';
import type { EcoId } from '../contract/ids.ts';
import { mostTenantAliases, type OccupationOverride } from '../contract/occupation.ts';
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
    aliases: () =>
      database.transaction(async (s) => {
        const { rows } = await s.query<TenantAlias>(
          `select occupation_id as occupation, alias from headhunter.occupation_aliases
           where tenant_id = ${s.tenant} order by occupation_id, alias limit ${mostTenantAliases}`,
        );
        return rows;
      }),
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
  await s.query(`delete from headhunter.occupation_overrides where tenant_id = ${s.tenant} and occupation_id = $1`, [
    ecoId,
  ]);
  if (aliases.length + industries.length === 0 && template === null) return;
  await s.query(
    `insert into headhunter.occupation_overrides (tenant_id, occupation_id, industries, template, updated_at)
     values (${s.tenant}, $1, $2, $3, $4)`,
    [ecoId, industries, template === null ? null : JSON.stringify(template), now],
  );
  await s.query(
    `insert into headhunter.occupation_aliases (tenant_id, occupation_id, alias)
     select ${s.tenant}, $1, alias from unnest($2::text[]) as alias on conflict do nothing`,
    [ecoId, aliases],
  );
  const { rows } = await s.query<{ n: number }>(
    `select count(*)::int as n from headhunter.occupation_aliases where tenant_id = ${s.tenant}`,
  );
  if ((rows[0]?.n ?? 0) > mostTenantAliases) {
    throw new Problem('occupation.aliases_full', [
      { path: 'aliases', message: `there can be ${mostTenantAliases} over all occupations` },
    ]);
  }
}
