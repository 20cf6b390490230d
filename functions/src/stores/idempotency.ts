import { randomUUID } from 'node:crypto';
import type { Claim } from '../context.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';
import { giveUpClaim } from './claim-effects.ts';
import { keyHolder } from './sealed-reply.ts';

/** One request under a client's key. */
export interface KeyedRequest {
  readonly actor: string;
  readonly key: string;
  readonly endpoint: string;
  /** Whatever has to be the same for the request to count as the same. */
  readonly request: string;
  /** After which the work is held to have died, if nothing was heard of it. */
  readonly leaseSeconds: number;
}

/** The right to do the work, until `keep` or `release`. */
export interface HeldKey {
  readonly state: 'held';
  readonly claim: Claim;
  /** Keeps the answer; `code` is `ok` or an error's, for whoever looks at the table. */
  keep(code: string, reply: string): Promise<void>;
  /** Lets the work be done anew, unless it took effect. */
  release(): Promise<void>;
}

export type Begun =
  | HeldKey
  | { readonly state: 'answered'; readonly reply: string }
  | { readonly state: 'reused' }
  | { readonly state: 'in_progress'; readonly waitSeconds: number }
  | { readonly state: 'lost' };

export interface IdempotencyKeys {
  begin(asked: KeyedRequest): Promise<Begun>;
}

// A day is promised; an hour more, so that a client that counts to 24 h by its own clock is never disappointed.
const keepSeconds = 25 * 3_600;

interface Row {
  readonly verdict: 'claimed' | 'replay' | 'reused' | 'in_progress' | 'lost';
  readonly wait_seconds: number | null;
  readonly reply: Buffer | null;
  readonly gone_lease: string | null;
}

/** The tenant's memory of what was done under which key. */
export function idempotencyKeysOf(database: TenantDatabase): IdempotencyKeys {
  return {
    async begin({ actor, key, endpoint, request, leaseSeconds }) {
      const holder = keyHolder(database.tenant, actor, key);
      const claim: Claim = { actor, keyId: holder.keyId, lease: randomUUID() };
      const { rows } = await database.call<Row>('headhunter.claim_idempotency(s.tenant, $1, $2, $3, $4, $5, $6, $7)', [
        actor,
        claim.keyId,
        endpoint,
        holder.macOf(`${endpoint}\n${request}`),
        claim.lease,
        leaseSeconds,
        keepSeconds,
      ]);
      const [row] = rows;
      if (row?.verdict === 'claimed') {
        const held = heldKey(database, claim, holder.seal);
        if (row.gone_lease === null || !(await giveUpClaim(database.tenant, row.gone_lease))) return held.key;
        await held.letGo(true);
        return { state: 'lost' };
      }
      if (row?.verdict === 'replay' && row.reply) return { state: 'answered', reply: holder.open(row.reply) };
      if (row?.verdict === 'in_progress') return { state: 'in_progress', waitSeconds: row.wait_seconds ?? 1 };
      if (row?.verdict === 'reused' || row?.verdict === 'lost') return { state: row.verdict };
      throw new Error('the database gave no verdict on an idempotency key');
    },
  };
}

function heldKey(database: TenantDatabase, claim: Claim, seal: (reply: string) => Buffer) {
  const held = [claim.actor, claim.keyId, claim.lease];
  const letGo = async (effected: boolean) => {
    await database.call('headhunter.release_key(s.tenant, $1, $2, $3, $4)', [...held, effected]);
  };
  const key: HeldKey = {
    state: 'held',
    claim,
    async keep(code, reply) {
      const call = 'headhunter.keep_reply(s.tenant, $1, $2, $3, $4, $5, $6)';
      await database.call(call, [...held, code, seal(reply), keepSeconds]);
    },
    release: async () => letGo(await giveUpClaim(database.tenant, claim.lease)),
  };
  return { key, letGo };
}
