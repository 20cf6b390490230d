import type { Attribution } from '../../src/context.ts';
import {
  type AuditBody,
  type AuditEntry,
  auditGenesis,
  auditHash,
  type RecordedEntry,
} from '../../src/contract/audit.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { changeWithAudit, recordAdministration } from '../../src/stores/ledger.ts';
import { openWorld, type World } from '../harness.ts';

let world: World;
let tenant: TenantId;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  tenant = await world.tenant('ledger');
});
afterAll(() => world.close());

const attribution: Attribution = {
  actorKind: 'person',
  actor: 'u-admin',
  by: 'admin.test',
  requestId: 'request-0001',
  address: '203.0.113.7',
};

const chainOf = async (of: TenantId): Promise<AuditEntry[]> => {
  const { docs } = await (await openFirestore()).collection(`tenants/${of}/audit`).orderBy('seq').get();
  return docs.map((doc) => doc.data() as AuditEntry);
};
const thing = async (id: string) => (await (await openFirestore()).doc(`tenants/${tenant}/things/${id}`).get()).data();
const putThing = (id: string, by = attribution) =>
  changeWithAudit(tenant, by, async (tx, firestore) => {
    tx.set(firestore.doc(`tenants/${tenant}/things/${id}`), { id });
    return { result: id, entry: { action: 'thing.put', subjects: [id], details: { fresh: true } } };
  });

describe('a change of a tenant’s administration', () => {
  it('is there with an entry that says who, by which call, from where and to what', async () => {
    const recorded: RecordedEntry[] = [];
    expect(await putThing('t1', { ...attribution, keyId: 'key-1', onRecorded: (one) => recorded.push(one) })).toBe(
      't1',
    );
    expect(await thing('t1')).toEqual({ id: 't1' });
    const [entry, ...others] = await chainOf(tenant);
    expect(others).toEqual([]);
    const body = JSON.parse(entry?.body ?? '') as AuditBody;
    expect(body).toEqual({
      ...attribution,
      keyId: 'key-1',
      action: 'thing.put',
      subjects: ['t1'],
      subjectCount: 1,
      outcome: 'allowed',
      details: { fresh: true },
    });
    expect(entry).toMatchObject({ seq: 1, previousHash: auditGenesis.hash, hash: auditHash(entry as AuditEntry) });
    expect(recorded).toEqual([{ chain: 'administration', seq: 1, hash: entry?.hash }]);
  });

  it('that fails leaves no entry, and nobody is told of one', async () => {
    const recorded: RecordedEntry[] = [];
    const failing = changeWithAudit(
      tenant,
      { ...attribution, onRecorded: (one) => recorded.push(one) },
      async (tx, firestore) => {
        tx.set(firestore.doc(`tenants/${tenant}/things/t1`), { id: 't1' });
        throw new Error('changed my mind');
      },
    );
    await expect(failing).rejects.toThrow('changed my mind');
    expect([await thing('t1'), await chainOf(tenant), recorded]).toEqual([undefined, [], []]);
  });

  it('is not made when its entry cannot be written', async () => {
    const firestore = await openFirestore();
    // Somebody has put an entry where the next one belongs.
    await firestore.doc(`tenants/${tenant}/audit/000000000001`).set({ seq: 1 });
    await expect(putThing('t1')).rejects.toThrow();
    expect(await thing('t1')).toBeUndefined();
  });

  it('is not made over a head that cannot be read', async () => {
    await (await openFirestore()).doc(`tenants/${tenant}/ledger/head`).set({ seq: 'x' });
    await expect(putThing('t1')).rejects.toThrow();
    expect([await thing('t1'), await chainOf(tenant)]).toEqual([undefined, []]);
  });

  it('that says it changed nothing changes nothing, whatever it did, and records nothing', async () => {
    const idle = changeWithAudit(tenant, attribution, async (tx, firestore) => {
      tx.set(firestore.doc(`tenants/${tenant}/things/t1`), { id: 't1' });
      return { result: 7, entry: null };
    });
    expect([await idle, await thing('t1'), await chainOf(tenant)]).toEqual([7, undefined, []]);
  });

  it('names the first 50 ids of many, their number, and a hash of them all', async () => {
    const subjects = Array.from({ length: 51 }, (_, i) => `t${i}`);
    await changeWithAudit(tenant, attribution, async () => ({ result: 0, entry: { action: 'thing.put', subjects } }));
    const body = JSON.parse((await chainOf(tenant))[0]?.body ?? '') as AuditBody;
    expect(body).toMatchObject({ subjects: subjects.slice(0, 50), subjectCount: 51 });
    expect(body.subjectsHash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a refusal', () => {
  it('is an entry of its own, with its code', async () => {
    const refused = { action: 'call.refused', subjects: [], outcome: 'refused', code: 'auth.scope_missing' } as const;
    await recordAdministration(tenant, attribution, refused);
    const body = JSON.parse((await chainOf(tenant))[0]?.body ?? '') as AuditBody;
    expect(body).toMatchObject({ outcome: 'refused', code: 'auth.scope_missing', actor: 'u-admin', subjectCount: 0 });
  });
});

describe('twenty writers at once', () => {
  it('make one chain without a gap', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => putThing(`t${i}`)));
    const entries = await chainOf(tenant);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    let previousHash = auditGenesis.hash;
    for (const entry of entries) {
      expect([entry.previousHash, entry.hash]).toEqual([previousHash, auditHash(entry)]);
      previousHash = entry.hash;
    }
    const head = (await (await openFirestore()).doc(`tenants/${tenant}/ledger/head`).get()).data();
    expect(head).toEqual({ seq: 20, hash: previousHash });
  }, 60_000);
});
