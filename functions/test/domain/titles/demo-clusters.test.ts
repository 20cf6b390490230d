import { readFileSync } from 'node:fs';
import { careers } from '../../../../scripts/demo/careers/index.ts';
import type { TenantId } from '../../../src/contract/ids.ts';
import type { ProposedCluster, ProposedEntry } from '../../../src/contract/title-proposal.ts';
import { occupationsOf } from '../../../src/domain/eco/occupations.ts';
import type { ProposalRun } from '../../../src/domain/titles/propose-titles.ts';
import { openTaxonomy } from '../../../src/platform/taxonomy.ts';
import { openWorld, type Person, type World } from '../../harness.ts';
import { openTenantRows, type TenantRows } from '../../tenant-rows.ts';
import { clusterTitlesOf } from '../../title-proposal.ts';

let world: World;
let rows: TenantRows;
let acme: TenantId;
let ana: Person;
let run: ProposalRun;
const now = new Date('2026-06-01T12:00:00Z');

/** Advertisements for one job: each requires Java, every other prefers Docker; two without a number of years. */
const postings = Array.from({ length: 8 }, (_, i) => ({
  postedAt: `2026-05-${String(10 + i)}`,
  source: i < 4 ? 'gupy' : 'LinkedIn',
  title: ['Desenvolvedor(a) Backend Pleno', 'Backend Engineer'][i % 2],
  skills: ['Java'],
  preferredSkills: i % 2 === 0 ? ['Docker'] : [],
  text: i < 6 ? `Mínimo de ${3 + (i % 3)} anos de experiência.` : undefined,
  region: i < 5 ? 'SP' : 'PE',
  externalId: String(i),
}));

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  acme = await world.tenant('titles-demo');
  ana = await world.person(acme);
  const people = JSON.parse(readFileSync(new URL('../../../../demo/acme/candidates.json', import.meta.url), 'utf8'));
  const imported = await ana.rest('POST', '/v1/candidates/import', { candidates: people });
  expect([imported.status, imported.body.counts.rejected]).toEqual([200, 0]);
  const posted = await ana.rest('POST', '/v1/postings/import', { postings });
  expect([posted.status, posted.body.counts]).toMatchObject([200, { created: 8, rejected: 0 }]);
  run = (await clusterTitlesOf(acme, {}, now)) as ProposalRun;
}, 120_000);
afterAll(async () => {
  await rows.close();
  await world.close();
});

/** Bagga and Baldwin's (1998): of each title's cluster, the share of uses that are of its career; and the other way round. */
function bCubed(titles: readonly { cluster: number; career: string | undefined; uses: number }[]) {
  const usesOf = (wanted: (one: (typeof titles)[number]) => boolean) =>
    titles.filter(wanted).reduce((sum, { uses }) => sum + uses, 0);
  const all = usesOf(() => true);
  let [precision, recall] = [0, 0];
  for (const { cluster, career, uses } of titles) {
    const both = usesOf((one) => one.cluster === cluster && one.career === career);
    precision += (uses * both) / usesOf((one) => one.cluster === cluster) / all;
    recall += (uses * both) / usesOf((one) => one.career === career) / all;
  }
  return { precision, recall };
}

const clusterOf = (title: string): ProposedCluster | undefined =>
  run.draft.clusters.find(({ titles }) => titles.some((one) => one.title === title));
const entriesOf = <Kind extends ProposedEntry['kind']>(kind: Kind, cluster: number | undefined) =>
  run.draft.entries.filter(
    (one): one is Extract<ProposedEntry, { kind: Kind }> => one.kind === kind && one.cluster === cluster,
  );

describe('titles of the demo', () => {
  it.each([
    ['Enfermeira', 'Registered nurse', 'own:nurse'],
    ['Engenheiro de dados', 'Data engineer', 'own:data-engineer'],
    ['Analista contábil', 'Accountant', 'own:accountant-analyst'],
    ['Advogada', 'Legal counsel', 'own:lawyer'],
    ['Técnica de enfermagem', 'Nursing technician', 'own:nursing-technician'],
    ['Executivo de contas', 'Account executive', 'own:account-executive'],
    ['Gerente de produto', 'Product manager', 'own:product-manager'],
    ['Analista de segurança da informação', 'Information security analyst', 'own:security-analyst'],
  ])('%s and %s are one job, %s', (portuguese, english, ecoId) => {
    expect(clusterOf(portuguese)?.cluster).toBeDefined();
    expect(clusterOf(english)?.cluster).toBe(clusterOf(portuguese)?.cluster);
    expect(clusterOf(portuguese)?.occupation?.ecoId).toBe(ecoId);
  });

  it.each([
    ['Enfermeiro', 'Técnico de enfermagem'],
    ['Analista de dados', 'Engenheiro de dados'],
    ['Cientista de dados', 'Analista de dados'],
    ['Desenvolvedora back-end', 'Desenvolvedora front-end'],
    ['Analista de marketing', 'Analista financeira'],
    ['Analista de logística', 'Analista de suporte'],
  ])('%s and %s are two', (one, other) => {
    expect(clusterOf(one)?.cluster).toBeDefined();
    expect(clusterOf(other)?.cluster).not.toBe(clusterOf(one)?.cluster);
  });

  it('keep apart who leads and who does, and leave internships aside', () => {
    for (const { category, titles } of run.draft.clusters)
      for (const { title } of titles) {
        if (/^(Gerente|Head|Diretor|Coordenador)/.test(title)) expect(category).not.toBe('professional');
        expect(title).not.toMatch(/Ciência da Computação|Administração/);
      }
  });

  it('hold together well enough to need no advice on clusters', () => {
    const { quality, counts, advice } = run.draft.madeFrom;
    expect(quality.silhouette).toBeGreaterThan(0.6);
    expect(quality.daviesBouldin).toBeLessThan(0.5);
    expect(advice.filter((line) => line.startsWith('Silhouette'))).toEqual([]);
    expect(counts.clusters).toBe(run.draft.clusters.length);
    const inClusters = run.draft.clusters.reduce((sum, { titleCount }) => sum + titleCount, 0);
    expect(inClusters + counts.noise).toBe(counts.clustered);
    expect(counts.clustered).toBeLessThan(counts.titles);
  });

  it('agree with the careers they were written for: B-cubed precision and recall above .95', async () => {
    const { reader } = await occupationsOf(await openTaxonomy());
    const readingOf = (title: string) => reader.read(title).titles[0] ?? '';
    const careerOf = new Map(
      careers.flatMap(({ id, pt, en, lead }) => [
        ...[...pt, en].map((title) => [readingOf(title), id] as const),
        ...(lead ? [...lead.pt, lead.en] : []).map((title) => [readingOf(title), `${id}, leading`] as const),
      ]),
    );
    const titles = run.draft.clusters.flatMap(({ cluster, titles }) =>
      titles.map(({ title, uses }) => ({ cluster, uses, career: careerOf.get(readingOf(title)) })),
    );
    const { precision, recall } = bCubed(titles.filter(({ career }) => career !== undefined));
    expect(precision).toBeGreaterThan(0.95);
    expect(recall).toBeGreaterThan(0.95);
  });

  it('fall the same way again, and each run takes the place of the one before', async () => {
    const again = await clusterTitlesOf(acme, {}, now);
    expect(again?.draft).toEqual(run.draft);
    expect(again?.kept).toMatchObject({ version: (run.kept?.version ?? 0) + 1 });
    const kept = await rows.query(
      'select version, status from headhunter.title_proposals where tenant_id = $1 order by version',
      [acme],
    );
    expect(kept.map(({ status }) => status)).toEqual([...kept.slice(1).map(() => 'superseded'), 'open']);
  });

  it('change nothing that counts', async () => {
    const counts = await rows.countsOf(acme);
    expect([counts['occupation_aliases'], counts['occupation_overrides']]).toEqual([0, 0]);
  });
});

describe('names that are proposed', () => {
  it('are those no occupation has, each with its evidence; what has a name is told', () => {
    for (const { kind, content, confidence } of run.draft.entries) {
      if (kind !== 'alias') continue;
      expect(content.needsReview).toBe(confidence < 0.45);
      expect(content.interval.low).toBeLessThanOrEqual(confidence);
      expect(content.interval.high).toBeGreaterThanOrEqual(confidence);
      const told = run.draft.clusters.flatMap(({ titles }) => titles).find(({ title }) => title === content.alias);
      expect([content.alias, told?.names]).toEqual([content.alias, null]);
    }
    const backend = clusterOf('Back-end engineer');
    const [english] = entriesOf('alias', backend?.cluster).filter(
      ({ content }) => content.alias === 'Back-end engineer',
    );
    expect(english).toMatchObject({ ecoId: 'own:backend-engineer', content: { parts: { sources: 3 } } });
    expect(clusterOf('Enfermeira')?.titles.find(({ title }) => title === 'Enfermeiro')?.names).toBe('own:nurse');
  });
});

describe('the template of backend developers', () => {
  const template = () => {
    const cluster = run.draft.clusters.find(({ titles }) =>
      titles.some(({ title }) => title === 'Desenvolvedor back-end'),
    );
    return entriesOf('template', cluster?.cluster)[0];
  };

  it('requires what advertisements require, and prefers what they prefer or people have', () => {
    const { content } = template() as NonNullable<ReturnType<typeof template>>;
    const java = content.requiredSkills.find(({ skillId }) => skillId === 'java');
    const docker = content.preferredSkills.find(({ skillId }) => skillId === 'docker');
    expect(java).toMatchObject({ label: 'Java', required: content.ads, preferred: 0 });
    expect(java?.people).toBeGreaterThan(5);
    expect(docker?.required).toBe(0);
    expect(docker?.preferred).toBeGreaterThan(0);
    for (const { confidence, required, preferred, people } of [...content.requiredSkills, ...content.preferredSkills]) {
      expect(confidence).toBeGreaterThanOrEqual(0.35);
      expect(required + preferred + people).toBeGreaterThanOrEqual(2);
    }
  });

  it('counts the people who hold the title now, as the database has them', async () => {
    const [{ n }] = await rows.query(
      `select count(*)::int as n from headhunter.candidates where tenant_id = $1
         and profile ->> 'title' ~* '^((junior|senior|staff) )?(desenvolvedora? back-?end|back-?end engineer)( |$)'`,
      [acme],
    );
    const clusters = ['Desenvolvedor back-end', 'Back-end engineer'].map((title) => clusterOf(title)?.cluster);
    const people = [...new Set(clusters)].flatMap((cluster) =>
      entriesOf('template', cluster).map(({ content }) => content.people),
    );
    expect(people.reduce((sum, one) => sum + one, 0)).toBe(n);
  });
});
