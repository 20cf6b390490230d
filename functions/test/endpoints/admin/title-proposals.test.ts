import { randomUUID } from 'node:crypto';
import type { TenantId } from '../../../src/contract/ids.ts';
import type { ProposalId, ProposedEntry } from '../../../src/contract/title-proposal.ts';
import { expectClear } from '../../clear-error.ts';
import { ask, dialects, type Json, openWorld, type Person, uidOf, type World } from '../../harness.ts';
import { openTenantRows, type TenantRows } from '../../tenant-rows.ts';
import { clusterTitlesOf } from '../../title-proposal.ts';

let world: World;
let rows: TenantRows;

/** A firm whose people call backend developers by names of its own. */
interface Firm {
  readonly tenant: TenantId;
  readonly admin: Person;
  readonly proposalId: ProposalId;
  readonly entries: readonly ProposedEntry[];
}

const crew = (title: string, count: number) =>
  Array.from({ length: count }, () => ({
    candidateId: `p-${randomUUID().slice(0, 12)}`,
    profile: { fullName: 'Gente Exemplo', title, skills: [{ name: 'Java' }, { name: 'PostgreSQL' }] },
  }));

const hire = async (admin: Person, titles: Readonly<Record<string, number>>) => {
  const candidates = Object.entries(titles).flatMap(([title, count]) => crew(title, count));
  const { status, body } = await admin.rest('POST', '/v1/candidates/import', { candidates });
  expect([status, body.counts.created]).toEqual([200, candidates.length]);
};

const ordinary = { 'Desenvolvedor backend': 6, 'Backend engineer craftsman': 4, 'Desenvolvedor backend artesão': 3 };

async function found(titles: Readonly<Record<string, number>> = ordinary): Promise<Firm> {
  const tenant = await world.tenant('titles');
  const admin = await world.person(tenant, ['admin']);
  await hire(admin, titles);
  return { tenant, admin, ...(await cluster(tenant)) };
}

async function cluster(tenant: TenantId): Promise<Pick<Firm, 'proposalId' | 'entries'>> {
  const run = await clusterTitlesOf(tenant, { radius: 0.4, eps: 0.4 });
  if (!run?.kept) throw new Error('no proposal came of these titles');
  return { proposalId: run.kept.proposalId, entries: run.draft.entries };
}

const review = ({ admin, proposalId }: Firm, decisions: object[], headers = {}) =>
  ask(admin, 'rest', 'admin.review-titles', { proposalId, decisions }, headers);
const publish = (entryId: string, ecoId?: string) => ({ entryId, verdict: 'publish', ...(ecoId && { ecoId }) });
const reject = (entryId: string) => ({ entryId, verdict: 'reject' });
const aliasesOf = ({ entries }: Firm) => entries.filter((one) => one.kind === 'alias');
const readEntries = async ({ admin, proposalId }: Firm): Promise<Json[]> =>
  (await ask(admin, 'rest', 'admin.get-title-proposal', { proposalId })).reply.clusters.flatMap(
    ({ entries }: Json) => entries,
  );
const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error('there is none');
  return one;
};
const meaningOf = async ({ admin }: Firm, title: string): Promise<Json> =>
  (await ask(admin, 'rest', 'eco.normalize', { titles: [title], limit: 1 })).reply.results[0].occupations[0];

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

describe('a proposal', () => {
  it('is listed newest first and read cluster by cluster, with what it was made from', async () => {
    const firm = await found({ ...ordinary, Enfermeira: 5, Advogada: 5 });
    const next = await cluster(firm.tenant);
    const { reply } = await ask(firm.admin, 'rest', 'admin.list-title-proposals', { limit: 1 });
    expect(reply.proposals).toMatchObject([{ proposalId: next.proposalId, version: 2, status: 'open' }]);
    expect(reply.proposals[0].madeFrom).toMatchObject({
      model: { provider: 'local', model: 'static-2' },
      parameters: { eps: 0.4, sourceTrust: { linkedin: 1 } },
    });
    const more = await ask(firm.admin, 'rest', 'admin.list-title-proposals', { limit: 1, cursor: reply.nextCursor });
    expect(more.reply.proposals).toMatchObject([{ proposalId: firm.proposalId, status: 'superseded' }]);
    expect(more.reply.nextCursor).toBeNull();
    const clusters: Json[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await ask(firm.admin, 'rest', 'admin.get-title-proposal', {
        proposalId: next.proposalId,
        limit: 1,
        ...(cursor && { cursor }),
      });
      expect(page.reply.clusters).toHaveLength(1);
      clusters.push(...page.reply.clusters);
      cursor = page.reply.nextCursor ?? undefined;
      if (!cursor) continue;
      const elsewhere = { proposalId: firm.proposalId, cursor };
      const wrong = await ask(firm.admin, 'rest', 'admin.get-title-proposal', elsewhere);
      expect([wrong.status, wrong.error.code]).toEqual([400, 'page.cursor_invalid']);
    }
    expect(clusters.map(({ cluster }) => cluster)).toEqual([1, 2, 3]);
    const whole = await ask(firm.admin, 'callable', 'admin.get-title-proposal', { proposalId: next.proposalId });
    expect(whole.reply.clusters).toEqual(clusters);
  });

  it('is for administrators: recruiters and auditors are refused', async () => {
    const firm = await found();
    for (const role of ['recruiter', 'auditor'] as const) {
      const person = await world.person(firm.tenant, [role]);
      for (const dialect of dialects) {
        const read = await ask(person, dialect, 'admin.get-title-proposal', { proposalId: firm.proposalId });
        const decisions = [reject('c1.template')];
        const write = await ask(person, dialect, 'admin.review-titles', { proposalId: firm.proposalId, decisions });
        expect([read.error.code, write.error.code]).toEqual(['auth.scope_missing', 'auth.scope_missing']);
      }
    }
  });

  it('of another tenant is nobody’s: proposal.not_found, and nothing is changed', async () => {
    const [firm, other] = [await found(), await found()];
    const entry = first(firm.entries);
    const { status, error } = await review({ ...other, proposalId: firm.proposalId }, [reject(entry.entryId)]);
    expect([status, error.code]).toEqual([404, 'proposal.not_found']);
    const before = await readEntries(firm);
    expect(before.every((one) => one.status === 'proposed')).toBe(true);
    const listed = await ask(other.admin, 'rest', 'admin.list-title-proposals', {});
    expect(listed.reply.proposals.map((one: Json) => one.proposalId)).toEqual([other.proposalId]);
  });

  it('is not made of nothing: a tenant without titles has none, and nothing is written', async () => {
    const tenant = await world.tenant('titles-empty');
    const before = await rows.countsOf(tenant);
    expect(await clusterTitlesOf(tenant)).toBeNull();
    await hire(await world.person(tenant, ['admin']), { 'Desenvolvedor backend': 1 });
    expect(await clusterTitlesOf(tenant, { minUses: 2 })).toBeNull();
    const after = await rows.countsOf(tenant);
    expect([after['title_proposals'], after['title_clusters'], after['title_entries']]).toEqual([
      before['title_proposals'],
      0,
      0,
    ]);
  });
});

describe('publishing', () => {
  it('a name has normalize, search and get answer with it at once, though they had answered before', async () => {
    const firm = await found();
    const entry = first(aliasesOf(firm));
    const { alias } = entry.content;
    const before = await meaningOf(firm, alias);
    expect(before?.matched.as).not.toBe('tenant-alias');
    const { reply } = await review(firm, [publish(entry.entryId)]);
    expect(reply).toMatchObject({ published: [{ entryId: entry.entryId, ecoId: entry.ecoId }], rejected: [] });
    expect(await meaningOf(firm, alias)).toMatchObject({
      ecoId: entry.ecoId,
      confidence: 1,
      matched: { text: alias, as: 'tenant-alias' },
    });
    const searched = await ask(firm.admin, 'rest', 'eco.search', { title: alias, limit: 1 });
    expect(searched.reply.results[0].ecoId).toBe(entry.ecoId);
    const read = await ask(firm.admin, 'rest', 'eco.get', { ecoId: entry.ecoId });
    expect(read.reply.tenantAliases).toEqual([alias]);
    const [kept] = (await readEntries(firm)).filter(({ entryId }) => entryId === entry.entryId);
    expect(kept).toMatchObject({ status: 'published', decidedBy: uidOf(firm.admin), ecoId: entry.ecoId });
  });

  it('a template gives the occupation its skills, and both remember the proposal they came from', async () => {
    const firm = await found();
    const template = first(firm.entries.filter((one) => one.kind === 'template'));
    const alias = first(aliasesOf(firm));
    await review(firm, [publish(template.entryId), publish(alias.entryId)]);
    const { reply } = await ask(firm.admin, 'rest', 'eco.get', { ecoId: template.ecoId });
    const labels = (skills: readonly { label: string }[]) => skills.map(({ label }) => label);
    expect(reply.template).toMatchObject({
      source: 'tenant',
      requiredSkills: labels(template.content.requiredSkills),
      preferredSkills: labels(template.content.preferredSkills),
    });
    expect(reply.template.preferredSkills).toContain('Java');
    const from = await rows.query(
      `select o.template_proposal_id as template, a.proposal_id as alias from headhunter.occupation_overrides o
       join headhunter.occupation_aliases a using (tenant_id, occupation_id) where tenant_id = $1`,
      [firm.tenant],
    );
    expect(from).toEqual([{ template: firm.proposalId, alias: firm.proposalId }]);
    // Somebody adds a name of their own: what stays was published from where it was.
    const { tenantAliases, template: kept } = reply;
    const { source, from: of, confidence, ...same } = kept;
    const own = { ecoId: template.ecoId, aliases: [...tenantAliases, 'Bruxo do servidor'], template: same };
    expect((await ask(firm.admin, 'rest', 'eco.override', own)).status).toBe(200);
    const after = await rows.query(
      `select a.alias, o.template_proposal_id as template, a.proposal_id as from from headhunter.occupation_overrides o
       join headhunter.occupation_aliases a using (tenant_id, occupation_id) where tenant_id = $1 order by 3 nulls first`,
      [firm.tenant],
    );
    expect(after).toEqual([
      { alias: 'Bruxo do servidor', template: firm.proposalId, from: null },
      { alias: alias.content.alias, template: firm.proposalId, from: firm.proposalId },
    ]);
  });

  it('keeps what the tenant said before of the occupation', async () => {
    const firm = await found();
    const entry = first(aliasesOf(firm));
    const said = { ecoId: entry.ecoId, aliases: ['Bruxo do servidor'], industries: ['fintech'] };
    await ask(firm.admin, 'rest', 'eco.override', said);
    await review(firm, [publish(entry.entryId)]);
    const { reply } = await ask(firm.admin, 'rest', 'eco.get', { ecoId: entry.ecoId });
    expect(reply.tenantAliases.toSorted()).toEqual([entry.content.alias, 'Bruxo do servidor'].toSorted());
    expect(reply.industries).toEqual(['fintech']);
  });

  it('for another occupation than the proposed one is the reviewer’s to say', async () => {
    const firm = await found();
    const entry = first(aliasesOf(firm));
    const { reply } = await review(firm, [publish(entry.entryId, 'own:software-architect')]);
    expect(reply.published).toEqual([{ entryId: entry.entryId, ecoId: 'own:software-architect' }]);
    expect((await meaningOf(firm, entry.content.alias)).ecoId).toBe('own:software-architect');
    const [kept] = (await readEntries(firm)).filter(({ entryId }) => entryId === entry.entryId);
    expect(kept.ecoId).toBe('own:software-architect');
  });

  it('leaves one entry in the audit log, with ids and counts and no title', async () => {
    const firm = await found();
    const entry = first(aliasesOf(firm));
    await review(firm, [publish(entry.entryId), reject('c1.template')]);
    const { reply } = await ask(firm.admin, 'rest', 'admin.audit', { action: 'titles.reviewed' });
    expect(reply.entries).toHaveLength(1);
    expect(reply.entries[0]).toMatchObject({
      actor: uidOf(firm.admin),
      by: 'admin.review-titles',
      subjects: [firm.proposalId, entry.ecoId],
      details: { aliases: 1, templates: 0, rejected: 1 },
    });
    expect(JSON.stringify(reply)).not.toContain(entry.content.alias);
    const proposed = await ask(firm.admin, 'rest', 'admin.audit', { action: 'titles.proposed' });
    expect(proposed.reply.entries).toMatchObject([{ subjects: [firm.proposalId], details: { version: 1 } }]);
  });

  it('happens once under one Idempotency-Key', async () => {
    const firm = await found();
    const decisions = [publish(first(aliasesOf(firm)).entryId)];
    const headers = { 'idempotency-key': randomUUID() };
    const [once, twice] = [await review(firm, decisions, headers), await review(firm, decisions, headers)];
    expect([once.status, twice.status]).toEqual([200, 200]);
    expect(twice.reply.published).toEqual(once.reply.published);
  });
});

describe('a name that would name two occupations', () => {
  const refusal = async (firm: Firm, decisions: object[]) => {
    const before = await rows.countsOf(firm.tenant);
    const { status, error } = await review(firm, decisions);
    expectClear(status, error, decisions);
    expect(await rows.countsOf(firm.tenant)).toEqual(before);
    expect((await readEntries(firm)).every((one) => one.status === 'proposed')).toBe(true);
    return error;
  };

  it('is refused with the one that has it: by the tenant’s own word', async () => {
    const firm = await found();
    const entry = first(aliasesOf(firm));
    await ask(firm.admin, 'rest', 'eco.override', { ecoId: 'own:dba', aliases: [entry.content.alias.toUpperCase()] });
    const { code, details } = await refusal(firm, [publish(entry.entryId)]);
    expect([code, details]).toEqual([
      'proposal.not_publishable',
      [{ path: 'decisions[0]', message: expect.stringMatching(/own:dba already/) }],
    ]);
  });

  it('and so is one that no occupation was found for, until the reviewer names one', async () => {
    const firm = await found({ 'Xyloq zwarb': 6 });
    const entry = first(aliasesOf(firm));
    expect(entry.ecoId).toBeNull();
    const { code, details } = await refusal(firm, [publish(entry.entryId)]);
    expect([code, details[0].message]).toEqual(['proposal.not_publishable', expect.stringMatching(/ecoId/)]);
    expect((await refusal(firm, [publish(entry.entryId, 'own:nobody-does-this')])).code).toBe('occupation.not_found');
    expect((await review(firm, [publish(entry.entryId, 'own:dba')])).status).toBe(200);
    expect((await meaningOf(firm, 'Xyloq zwarb')).ecoId).toBe('own:dba');
  });

  it('two of one occupation’s templates cannot both be published', async () => {
    const firm = await found({ ...ordinary, Advogada: 6 });
    const [one, other] = firm.entries.filter(({ kind }) => kind === 'template');
    const { details } = await refusal(firm, [
      publish(one?.entryId ?? '', 'own:dba'),
      publish(other?.entryId ?? '', 'own:dba'),
    ]);
    expect(details).toEqual([{ path: 'decisions[1]', message: expect.stringMatching(/own:dba .*two templates/) }]);
  });
});

describe('rejecting', () => {
  it('publishes nothing, and what was rejected is not proposed again', async () => {
    const firm = await found();
    const entry = first(aliasesOf(firm));
    expect((await review(firm, [reject(entry.entryId)])).reply).toMatchObject({
      published: [],
      rejected: [entry.entryId],
    });
    expect((await meaningOf(firm, entry.content.alias)).matched.as).not.toBe('tenant-alias');
    const again = await cluster(firm.tenant);
    expect(aliasesOf({ ...firm, ...again }).map(({ content }) => content.alias)).not.toContain(entry.content.alias);
    const { reply } = await ask(firm.admin, 'rest', 'admin.get-title-proposal', { proposalId: again.proposalId });
    expect(reply.madeFrom.counts.rejectedBefore).toBe(1);
  });
});

describe('a run after a review', () => {
  it('supersedes what was open, proposes nothing that was published, and leaves that as it is', async () => {
    const firm = await found();
    const [alias, template] = [first(aliasesOf(firm)), first(firm.entries.filter(({ kind }) => kind === 'template'))];
    await review(firm, [publish(alias.entryId), publish(template.entryId)]);
    const again = await cluster(firm.tenant);
    const ids = (entries: readonly ProposedEntry[]) =>
      entries.map(({ kind, content, ecoId }) => [kind, ecoId, kind === 'alias' ? (content as Json).alias : ''].join());
    expect(ids(again.entries)).not.toContain(first(ids([alias])));
    expect(ids(again.entries)).not.toContain(first(ids([template])));
    const left = firm.entries.find(({ entryId }) => entryId !== alias.entryId && entryId !== template.entryId);
    const { status, error } = await review(firm, [reject(left?.entryId ?? 'c1.a9')]);
    expect([status, error.code]).toEqual([400, 'proposal.superseded']);
    expect((await meaningOf(firm, alias.content.alias)).matched.as).toBe('tenant-alias');
  });
});

describe('two reviewers at once', () => {
  it('decide each entry once: one is told who was later', async () => {
    const firm = await found();
    const entry = first(aliasesOf(firm));
    const bruno = await world.person(firm.tenant, ['admin']);
    const told = await Promise.all([
      review(firm, [publish(entry.entryId)]),
      review({ ...firm, admin: bruno }, [reject(entry.entryId)]),
      review({ ...firm, admin: bruno }, [publish(entry.entryId, 'own:dba')]),
    ]);
    expect(told.map(({ status }) => status).toSorted()).toEqual([200, 400, 400]);
    for (const { error } of told.filter(({ status }) => status === 400))
      expect([error.code, error.details[0].path]).toEqual(['proposal.entry_decided', 'decisions[0].entryId']);
    const { reply } = await ask(firm.admin, 'rest', 'admin.audit', { action: 'titles.reviewed' });
    expect(reply.entries).toHaveLength(1);
  });

  it('of different entries both succeed', async () => {
    const firm = await found();
    const [one, other] = firm.entries;
    const told = await Promise.all([
      review(firm, [reject(one?.entryId ?? '')]),
      review(firm, [publish(other?.entryId ?? '')]),
    ]);
    expect(told.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('what is no review', () => {
  it.each<[string, object[], string]>([
    ['no decision', [], 'decisions'],
    ['an entry twice', [reject('c1.template'), publish('c1.template')], 'decisions'],
    ['an id that is none', [reject('c1')], 'decisions[0].entryId'],
    ['a verdict that is none', [{ entryId: 'c1.template', verdict: 'maybe' }], 'decisions[0].verdict'],
    ['too many', Array.from({ length: 101 }, (_, i) => reject(`c${i + 1}.template`)), 'decisions'],
  ])('%s is refused, naming the field', async (_, decisions, path) => {
    const firm = { admin: await world.person(await world.tenant('no-review'), ['admin']), proposalId: 'tp_x' } as Firm;
    const { status, error } = await review(firm, decisions);
    expectClear(status, error, decisions);
    expect([error.code, error.details[0].path]).toEqual(['input.invalid', path]);
  });

  it('one entry that is not there refuses all', async () => {
    const firm = await found();
    const { status, error } = await review(firm, [reject('c1.template'), reject('c99.a1')]);
    expect([status, error.code, error.details]).toEqual([
      404,
      'proposal.not_found',
      [{ path: 'decisions[1].entryId', message: 'is no entry of this proposal' }],
    ]);
    expect((await readEntries(firm)).every((one) => one.status === 'proposed')).toBe(true);
  });
});
