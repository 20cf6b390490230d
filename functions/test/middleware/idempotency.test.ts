import { createHash, randomUUID } from 'node:crypto';
import type { Claim } from '../../src/context.ts';
import { type ErrorCode, Problem } from '../../src/contract/errors.ts';
import { TenantId } from '../../src/contract/ids.ts';
import { upsert } from '../../src/endpoints/candidates/upsert.ts';
import { onceOnly } from '../../src/middleware/idempotency.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant } from '../../src/platform/tenant-database.ts';
import { changeWithAudit } from '../../src/stores/ledger.ts';
import { byTests } from '../attribution.ts';
import { ask, type Dialect, dialects, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let rows: TenantRows;
beforeAll(async () => {
  world = await openWorld();
  rows = await openTenantRows();
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

// Without an e-mail address every upsert makes another person.
const input = { profile: { fullName: 'Bia Exemplo', title: 'Analista' } };
const newKey = () => `order-${randomUUID()}`;
const under = (key: string) => ({ 'idempotency-key': key });
const write = (person: Person, dialect: Dialect, key: string, body: Record<string, unknown> = input) =>
  ask(person, dialect, 'candidates.upsert', body, under(key));
const peopleOf = async (tenant: string) => (await rows.countsOf(tenant))['candidates'];

/** As if the process had died after the work and before the answer was kept. */
const crash = (tenant: string, leaseLeft: string, effect: 'effect' | 'no effect') =>
  rows.query(
    `update headhunter.idempotency_keys set code = null, reply = null, lease = gen_random_uuid(), lease_until = now() + $2::interval,
       effected_at = ${effect === 'effect' ? 'effected_at' : 'null'} where tenant_id = $1`,
    [tenant, leaseLeft],
  );

describe.each(dialects)('a write over %s', (dialect) => {
  let tenant: TenantId;
  let ana: Person;
  beforeEach(async () => {
    tenant = await world.tenant('once');
    ana = await world.person(tenant);
  });

  it('asked for twice under one key is done once, and both are told the very same', async () => {
    const key = newKey();
    const [first, second] = [await write(ana, dialect, key), await write(ana, dialect, key)];
    expect([second.status, second.reply]).toEqual([200, first.reply]);
    expect(first.reply.outcome).toBe('created');
    expect([first, second].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect(second.headers.get('x-request-id')).not.toBe(second.reply.requestId);
    expect(await peopleOf(tenant)).toBe(1);
  });

  it('is the same whatever the order of its fields, and in the other dialect too', async () => {
    const key = newKey();
    const first = await write(ana, dialect, key);
    const turned = { profile: { title: 'Analista', fullName: 'Bia Exemplo' } };
    for (const other of dialects) expect((await write(ana, other, key, turned)).reply).toEqual(first.reply);
  });

  it('is done for every key anew, and for every call without one', async () => {
    await write(ana, dialect, newKey());
    await write(ana, dialect, newKey());
    for (let i = 0; i < 2; i++) await ask(ana, dialect, 'candidates.upsert', input);
    expect(await peopleOf(tenant)).toBe(4);
  });

  it('under a key of another request is refused: another body, another endpoint', async () => {
    const key = newKey();
    const { reply } = await write(ana, dialect, key);
    for (const again of [
      await write(ana, dialect, key, { profile: { fullName: 'Caio Exemplo' } }),
      await write(ana, dialect, key, { ...input, candidateId: reply.candidateId }),
      await ask(ana, dialect, 'candidates.remove', { candidateId: reply.candidateId }, under(key)),
    ]) {
      expect([again.status, again.error.code]).toEqual([400, 'idempotency.key_reused']);
    }
    expect(await peopleOf(tenant)).toBe(1);
  });

  it('twenty times at once under one key is done once; the others are told so, or to wait', async () => {
    const key = newKey();
    const all = await Promise.all(Array.from({ length: 20 }, () => write(ana, dialect, key)));
    const told = all.filter(({ status }) => status === 200);
    const waiting = all.filter(({ status }) => status !== 200);
    expect(told.filter(({ headers }) => !headers.has('idempotent-replayed')).length).toBe(1);
    expect(new Set(told.map(({ reply }) => reply.requestId)).size).toBe(1);
    for (const { status, error, headers } of waiting) {
      expect([status, error.code, headers.get('retry-after')]).toEqual([409, 'idempotency.in_progress', '1']);
    }
    expect(await peopleOf(tenant)).toBe(1);
    expect((await write(ana, dialect, key)).status).toBe(200);
  });

  it('has nothing to do with the same key of somebody else, in this tenant or another', async () => {
    const key = newKey();
    const elsewhere = await world.tenant('once');
    const others = [await world.person(tenant), await world.person(elsewhere)];
    const replies = [];
    for (const one of [ana, ...others]) replies.push((await write(one, dialect, key)).reply.candidateId);
    expect(new Set(replies).size).toBe(3);
    expect([await peopleOf(tenant), await peopleOf(elsewhere)]).toEqual([2, 1]);
  });

  it('that was refused by what it met is refused again in the same words, whatever has changed since', async () => {
    const key = newKey();
    const remove = () => ask(ana, dialect, 'candidates.remove', { candidateId: 'not-yet' }, under(key));
    const first = await remove();
    await ask(ana, dialect, 'candidates.upsert', { ...input, candidateId: 'not-yet' });
    const second = await remove();
    expect(first.error.code).toBe('candidate.not_found');
    expect([second.status, second.error]).toEqual([first.status, first.error]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await peopleOf(tenant)).toBe(1);
  });

  it('that was not valid, or not allowed, leaves its key unused', async () => {
    const key = newKey();
    expect((await write(ana, dialect, key, { profile: { fullName: '' } })).status).toBe(400);
    expect((await write(ana, dialect, key)).status).toBe(200);
    const auditor = await world.person(tenant, ['auditor']);
    expect((await write(auditor, dialect, key)).status).toBe(403);
    expect((await rows.countsOf(tenant))['idempotency_keys']).toBe(1);
  });

  it('of 500 people at once is answered again whole', async () => {
    const candidates = Array.from({ length: 500 }, (_, i) => ({ profile: { fullName: `Pessoa ${i + 1}` } }));
    const key = newKey();
    const put = () => ask(ana, dialect, 'candidates.import', { candidates }, under(key));
    const [first, second] = [await put(), await put()];
    expect(first.reply.counts.created).toBe(500);
    expect(second.reply).toEqual(first.reply);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await peopleOf(tenant)).toBe(500);
  });

  describe('whose process died', () => {
    it('before it took effect is done again under its key, once its lease has run out', async () => {
      const key = newKey();
      await write(ana, dialect, key);
      await crash(tenant, '1 hour', 'no effect');
      const early = await write(ana, dialect, key);
      expect([early.status, early.error.code]).toEqual([409, 'idempotency.in_progress']);
      expect(early.error.details).toEqual([
        { path: 'Idempotency-Key', message: expect.stringMatching(/^may be held for another 3\d{3} s$/) },
      ]);
      await crash(tenant, '-1 second', 'no effect');
      const late = await write(ana, dialect, key);
      expect([late.status, late.headers.get('idempotent-replayed')]).toEqual([200, null]);
      expect((await write(ana, dialect, key)).reply).toEqual(late.reply);
    });

    it('after it took effect is never done again', async () => {
      const key = newKey();
      await write(ana, dialect, key);
      await crash(tenant, '-1 second', 'effect');
      for (let i = 0; i < 2; i++) {
        const again = await write(ana, dialect, key);
        expect([again.status, again.error.code]).toEqual([409, 'idempotency.outcome_lost']);
      }
      expect(await peopleOf(tenant)).toBe(1);
    });

    it('is taken over by one of many who come at once', async () => {
      const key = newKey();
      await write(ana, dialect, key);
      await crash(tenant, '-1 second', 'no effect');
      const all = await Promise.all(Array.from({ length: 10 }, () => write(ana, dialect, key)));
      expect(all.filter(({ status, headers }) => status === 200 && !headers.has('idempotent-replayed')).length).toBe(1);
      expect(await peopleOf(tenant)).toBe(2);
    });
  });

  it('is forgotten when its day is over, and its key may be used for something else', async () => {
    const key = newKey();
    await write(ana, dialect, key);
    await rows.query(
      `update headhunter.idempotency_keys set expires_at = now() - interval '1 second' where tenant_id = $1`,
      [tenant],
    );
    const other = await write(ana, dialect, key, { profile: { fullName: 'Caio Exemplo' } });
    expect([other.status, other.headers.get('idempotent-replayed')]).toEqual([200, null]);
  });

  it.each<[string, string]>([
    ['short', 'fifteen-letters'],
    ['long', 'x'.repeat(256)],
    ['spaced', 'sixteen letters and more'],
    ['not ASCII', 'chave-de-sessão-número-um'],
  ])('with a key that is %s is refused by name, and nothing is done', async (_, key) => {
    const headers = under(Buffer.from(key, 'utf8').toString('latin1'));
    const answer = await ask(ana, dialect, 'candidates.upsert', input, headers);
    expect([answer.status, answer.error]).toEqual([
      400,
      expect.objectContaining({
        code: 'input.invalid',
        details: [{ path: 'Idempotency-Key', message: 'must be 16 to 255 visible ASCII characters' }],
      }),
    ]);
    expect(await peopleOf(tenant)).toBe(0);
  });

  it('takes a key of 16 and of 255 characters', async () => {
    for (const key of ['!'.repeat(16), '~'.repeat(255)]) expect((await write(ana, dialect, key)).status).toBe(200);
  });
});

describe('a key', () => {
  it('is kept nowhere, nor anything that it opens', async () => {
    const tenant = await world.tenant('once');
    const ana = await world.person(tenant);
    const key = newKey();
    const { reply } = await write(ana, 'rest', key);
    const dump = JSON.stringify(
      await rows.query('select k.*, k::text from headhunter.idempotency_keys k where tenant_id = $1', [tenant]),
    );
    const sha = createHash('sha256').update(key).digest();
    expect(dump).toContain('candidates.upsert');
    for (const secret of [
      key,
      reply.candidateId,
      reply.requestId,
      sha.toString('hex'),
      sha.toString('base64'),
      'Bia',
    ]) {
      for (const form of [secret, Buffer.from(secret).toString('hex')]) expect(dump).not.toContain(form);
    }
    expect(await rows.tracesOf(key)).toEqual([]);
  });

  it('of a call that only reads is ignored, even a bad one', async () => {
    const ana = await world.person(await world.tenant('once'));
    for (const key of [newKey(), 'bad']) {
      for (let i = 0; i < 2; i++) {
        const { status, headers } = await ask(ana, 'rest', 'candidates.list', {}, under(key));
        expect([status, headers.get('idempotent-replayed')]).toEqual([200, null]);
      }
    }
  });

  it('of a callable may come beside the input, as the Firebase SDK can send it', async () => {
    const tenant = await world.tenant('once');
    const ana = await world.person(tenant);
    const idempotencyKey = newKey();
    const call = (data: Json, headers = {}) => ask(ana, 'callable', 'candidates.upsert', data, headers);
    const first = await call({ ...input, idempotencyKey });
    expect((await call({ ...input, idempotencyKey })).reply).toEqual(first.reply);
    expect((await call(input, under(idempotencyKey))).reply).toEqual(first.reply);
    expect((await call({ ...input, idempotencyKey }, under(idempotencyKey))).reply).toEqual(first.reply);
    const differing = await call({ ...input, idempotencyKey }, under(newKey()));
    expect(differing.error.details).toEqual([
      { path: 'idempotencyKey', message: 'differs from the header Idempotency-Key' },
    ]);
    for (const bad of [null, 7, 'short', ['sixteen-letters-and-more'], {}]) {
      const refused = await call({ ...input, idempotencyKey: bad });
      expect([refused.status, refused.error.details?.[0]?.path]).toEqual([400, 'idempotencyKey']);
    }
    expect(await peopleOf(tenant)).toBe(1);
  });

  it('is no field of a REST body, nor of a callable that only reads', async () => {
    const ana = await world.person(await world.tenant('once'));
    const surplus = [{ path: 'idempotencyKey', message: 'is not a field of this contract' }];
    const rest = await ask(ana, 'rest', 'candidates.upsert', { ...input, idempotencyKey: newKey() });
    expect(rest.error.details).toEqual(surplus);
    const reading = await ask(ana, 'callable', 'candidates.list', { idempotencyKey: newKey() });
    expect(reading.error.details).toEqual(surplus);
  });

  it('clears away a hundred rows of its tenant whose day is over, and no other’s', async () => {
    const [tenant, other] = [await world.tenant('once'), await world.tenant('once')];
    for (const one of [tenant, other]) {
      await rows.query(
        `insert into headhunter.idempotency_keys (tenant_id, actor, key_id, endpoint, request_mac, created_at, expires_at)
         select $1, 'person:x', int4send(i), 'candidates.upsert', '', now() - interval '2 days', now() - interval '1 day' from generate_series(1, 150) i`,
        [one],
      );
    }
    const left = async (one: string) => (await rows.countsOf(one))['idempotency_keys'];
    const ana = await world.person(tenant);
    await write(ana, 'rest', newKey());
    expect([await left(tenant), await left(other)]).toEqual([51, 150]);
    await write(ana, 'rest', newKey());
    expect([await left(tenant), await left(other)]).toEqual([2, 150]);
  });
});

describe('a new API key, which is shown once', () => {
  const settings = { name: 'Integração', scopes: ['search:read'], callsPerSecond: null };
  let tenant: TenantId;
  let admin: Person;
  beforeEach(async () => {
    tenant = await world.tenant('once');
    admin = await world.person(tenant, ['admin']);
  });
  const create = (key: string) => ask(admin, 'rest', 'admin.create-api-key', settings, under(key));
  const documentsOf = async (collection: string) =>
    (await (await openFirestore()).collection(`tenants/${tenant}/${collection}`).get()).docs;

  it('is shown again to whoever repeats the request with its key, and readable nowhere', async () => {
    const key = newKey();
    const [first, second] = [await create(key), await create(key)];
    expect([first.status, second.reply]).toEqual([200, first.reply]);
    expect((await documentsOf('apiKeys')).length).toBe(1);
    expect(await rows.tracesOf(first.reply.key)).toEqual([]);
  });

  it('is not made twice when the process died between making it and keeping the answer', async () => {
    const key = newKey();
    await create(key);
    const [effect] = await documentsOf('claimEffects');
    await rows.query(
      `update headhunter.idempotency_keys set code = null, reply = null, lease = $2, lease_until = now() - interval '1 second'
       where tenant_id = $1`,
      [tenant, effect?.id],
    );
    for (let i = 0; i < 2; i++) expect((await create(key)).error.code).toBe('idempotency.outcome_lost');
    expect((await documentsOf('apiKeys')).length).toBe(1);
  });
});

describe('work under a key', () => {
  const fresh = () => ({
    endpoint: upsert,
    tenant: TenantId.parse(`once-${randomUUID()}`),
    by: byTests,
    key: newKey(),
    input,
  });
  const answer = { text: '{}', degraded: [], cache: 'none' } as const;
  const failing = (code: ErrorCode) => async () => {
    throw new Problem(code);
  };
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );

  /** The claim of a call that ran out of time, and then out of its lease: another may take over. */
  async function outlived(call: ReturnType<typeof fresh>): Promise<Claim | undefined> {
    let stale: Claim | undefined;
    await codeOf(
      onceOnly(call, async (claim) => {
        stale = claim;
        throw new Problem('call.timeout');
      }),
    );
    await rows.query(
      `update headhunter.idempotency_keys set lease_until = now() - interval '1 second' where tenant_id = $1`,
      [call.tenant],
    );
    return stale;
  }

  it.each<ErrorCode>([
    'embedder.unavailable',
    'database.unavailable',
    'candidate.conflict',
    'internal',
    'rate.limited',
  ])('that failed with %s may be done again at once', async (code) => {
    const call = fresh();
    expect(await codeOf(onceOnly(call, failing(code)))).toBe(code);
    expect(await codeOf(onceOnly(call, async () => answer))).toBe('ok');
  });

  it('that failed in no way we know may be done again at once', async () => {
    const call = fresh();
    const bug = () => Promise.reject(new TypeError('bug'));
    expect(await codeOf(onceOnly(call, bug))).toBe('TypeError: bug');
    expect(await codeOf(onceOnly(call, async () => answer))).toBe('ok');
  });

  it.each<ErrorCode>(['candidate.not_found', 'csv.malformed', 'embedding.model_mismatch', 'member.own_roles'])(
    'that was refused with %s is refused for good',
    async (code) => {
      const call = fresh();
      await codeOf(onceOnly(call, failing(code)));
      expect(await codeOf(onceOnly(call, async () => answer))).toBe(code);
    },
  );

  it('that overran its time may still go on, so its key is held until the lease has run out', async () => {
    const call = fresh();
    expect(await codeOf(onceOnly(call, failing('call.timeout')))).toBe('call.timeout');
    expect(await codeOf(onceOnly(call, async () => answer))).toBe('idempotency.in_progress');
    await rows.query(
      `update headhunter.idempotency_keys set lease_until = now() - interval '1 second' where tenant_id = $1`,
      [call.tenant],
    );
    expect(await codeOf(onceOnly(call, async () => answer))).toBe('ok');
  });

  describe('that changes somebody', () => {
    const add = async (tenant: TenantId, claim: Claim | undefined, id: string) => {
      const database = bindTenant(openPostgres(), tenant, { ...byTests, claim });
      await database.change(async (s) => {
        await s.query(
          `insert into headhunter.candidates (tenant_id, candidate_id, profile, content_hash, created_at, updated_at)
           values (${s.tenant}, $1, '{}', '', now(), now())`,
          [id],
        );
        return { result: undefined, entry: { action: 'candidate.changed', subjects: [id] } };
      });
      return answer;
    };
    const idsOf = async (tenant: TenantId) =>
      (await rows.query('select candidate_id as id from headhunter.candidates where tenant_id = $1', [tenant])).map(
        ({ id }) => id,
      );

    it('and fails after that is never done again', async () => {
      const call = fresh();
      const failed = onceOnly(call, async (claim) => {
        await add(call.tenant, claim, 'one');
        throw new Problem('database.unavailable');
      });
      expect(await codeOf(failed)).toBe('database.unavailable');
      expect(await codeOf(onceOnly(call, (claim) => add(call.tenant, claim, 'two')))).toBe('idempotency.outcome_lost');
      expect(await idsOf(call.tenant)).toEqual(['one']);
    });

    it('but whose change fails may be done again', async () => {
      const call = fresh();
      const failed = onceOnly(call, async (claim) => {
        await add(call.tenant, undefined, 'one');
        return add(call.tenant, claim, 'one');
      });
      expect(await codeOf(failed)).toMatch(/duplicate key/);
      expect(await codeOf(onceOnly(call, (claim) => add(call.tenant, claim, 'two')))).toBe('ok');
    });

    it('too late, when another has taken over, changes nobody', async () => {
      const call = fresh();
      const stale = await outlived(call);
      expect(await codeOf(onceOnly(call, (claim) => add(call.tenant, claim, 'second')))).toBe('ok');
      expect(await codeOf(add(call.tenant, stale, 'first'))).toBe('idempotency.in_progress');
      expect(await idsOf(call.tenant)).toEqual(['second']);
    });
  });

  describe('that changes the tenant’s administration', () => {
    const note = async (tenant: TenantId, claim: Claim | undefined, id: string) => {
      await changeWithAudit(tenant, { ...byTests, claim }, async (tx, firestore) => {
        tx.create(firestore.doc(`tenants/${tenant}/notes/${id}`), { id });
        return { result: undefined, entry: { action: 'note.made', subjects: [id] } };
      });
      return answer;
    };
    const notesOf = async (tenant: TenantId) =>
      (await (await openFirestore()).collection(`tenants/${tenant}/notes`).get()).docs.map(({ id }) => id);

    it('may change it more than once, and is never done again after failing then', async () => {
      const call = fresh();
      const failed = onceOnly(call, async (claim) => {
        for (const id of ['one', 'two']) await note(call.tenant, claim, id);
        throw new Problem('database.unavailable');
      });
      expect(await codeOf(failed)).toBe('database.unavailable');
      expect(await codeOf(onceOnly(call, (claim) => note(call.tenant, claim, 'three')))).toBe(
        'idempotency.outcome_lost',
      );
      expect(await notesOf(call.tenant)).toEqual(['one', 'two']);
    });

    it('but fails before may be done again', async () => {
      const call = fresh();
      expect(await codeOf(onceOnly(call, failing('database.unavailable')))).toBe('database.unavailable');
      expect(await codeOf(onceOnly(call, (claim) => note(call.tenant, claim, 'one')))).toBe('ok');
    });

    it('too late, when another has taken over, changes nothing', async () => {
      const call = fresh();
      const stale = await outlived(call);
      expect(await codeOf(onceOnly(call, (claim) => note(call.tenant, claim, 'second')))).toBe('ok');
      expect(await codeOf(note(call.tenant, stale, 'first'))).toBe('idempotency.in_progress');
      expect(await notesOf(call.tenant)).toEqual(['second']);
    });
  });

  it('is held for its endpoint’s time limit and a little more', async () => {
    const call = fresh();
    await codeOf(onceOnly(call, failing('call.timeout')));
    const [row] = await rows.query(
      `select extract(epoch from lease_until - created_at)::int as lease, extract(epoch from expires_at - created_at)::int as kept
       from headhunter.idempotency_keys where tenant_id = $1`,
      [call.tenant],
    );
    expect([row.lease, row.kept]).toEqual([30, 25 * 3_600]);
  });
});
