import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { loadTaxonomy } from '../../../scripts/taxonomy/load.ts';
import { writeArtifact } from '../../../scripts/taxonomy/write.ts';
import type { TaxonomyParts } from '../../src/contract/taxonomy.ts';
import { openTaxonomyAt, type TaxonomyArtifact } from '../../src/platform/taxonomy.ts';
import { type OwnDatabase, openOwnDatabase } from '../own-database.ts';

const parts: TaxonomyParts = {
  occupations: [
    { id: 'cbo:2235-05', system: 'cbo', group: '2235', labels: { 'pt-BR': ['Enfermeiro'] } },
    { id: 'esco:nurse', system: 'esco', group: '2221', labels: { en: ['nurse'], pt: ['Enfermeira'] } },
  ],
  descriptions: [{ occupation: 1, text: { en: 'Nurses nurse.' } }],
  skills: [{ id: 'esco-skill:care', type: 'skill', labels: { en: ['care'] } }],
  'skill-descriptions': [],
  requirements: [{ occupation: 1, essential: [0], optional: [] }],
  tasks: [],
  technologies: [],
  related: [],
  groups: [{ scheme: 'isco', code: '2221', labels: { en: 'Nursing professionals' } }],
  topics: [],
  links: [{ from: 0, to: 1, match: 'exact', method: 'lexical', confidence: 0.9 }],
  'group-links': [],
  'title-forms': [],
};

let database: OwnDatabase;
let operator: pg.Client;
let runtime: pg.Client;
const folders: string[] = [];

async function artifactOf(changed: Partial<TaxonomyParts>): Promise<TaxonomyArtifact> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taxonomy-'));
  folders.push(folder);
  const url = pathToFileURL(`${folder}/`);
  writeArtifact(url, { ...parts, ...changed });
  return openTaxonomyAt(url);
}
const load = (taxonomy: TaxonomyArtifact) =>
  loadTaxonomy(taxonomy, { query: async (text, values) => operator.query(text, values as unknown[]) as never });
const codeOf = (statement: string) =>
  runtime.query(statement).then(
    () => 'done',
    (error: pg.DatabaseError) => error.code,
  );
const column = async (statement: string) => (await runtime.query({ text: statement, rowMode: 'array' })).rows.flat();

beforeAll(async () => {
  database = await openOwnDatabase();
  const connect = async (login: string) => {
    const client = new pg.Client({ connectionString: database.url(login) });
    await client.connect();
    return client;
  };
  [operator, runtime] = await Promise.all([connect('headhunter_operator'), connect('headhunter_runtime_a')]);
}, 60_000);
afterAll(async () => {
  await Promise.all([operator.end(), runtime.end()]);
  await database.stop();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('loading the taxonomy', () => {
  it('writes the same bytes for the same content, and another version for another', async () => {
    const [one, same, other] = await Promise.all([artifactOf({}), artifactOf({}), artifactOf({ links: [] })]);
    expect(same.manifest).toEqual(one.manifest);
    expect(other.manifest.version).not.toBe(one.manifest.version);
  });

  it('fills the tables once, and has nothing to do the second time', async () => {
    const taxonomy = await artifactOf({});
    expect(await load(taxonomy)).toEqual({
      taxonomy_occupations: 2,
      taxonomy_skills: 1,
      taxonomy_groups: 1,
      taxonomy_requirements: 1,
      taxonomy_links: 1,
    });
    expect(await load(taxonomy)).toBeNull();
    expect(await column('select version from headhunter.taxonomy_release')).toEqual([taxonomy.manifest.version]);
    const joined = `select s.labels #>> '{en,0}' from headhunter.taxonomy_links l
      join headhunter.taxonomy_requirements r on r.occupation_id = l.to_id join headhunter.taxonomy_skills s using (skill_id)
      where l.from_id = 'cbo:2235-05'`;
    expect(await column(joined)).toEqual(['care']);
  });

  it('puts another version in the place of the one before', async () => {
    const taxonomy = await artifactOf({ requirements: [], links: [] });
    expect(await load(taxonomy)).toMatchObject({ taxonomy_links: 0 });
    expect(await column('select count(*)::int from headhunter.taxonomy_requirements')).toEqual([0]);
    expect(await column('select version from headhunter.taxonomy_release')).toEqual([taxonomy.manifest.version]);
  });

  it('leaves the version before when it fails half way, and nobody sees the half', async () => {
    const before = await column('select version from headhunter.taxonomy_release');
    const impossible = [{ from: 0, to: 1, match: 'exact', method: 'lexical', confidence: 2 }] as const;
    await expect(load(await artifactOf({ links: impossible }))).rejects.toThrow('check constraint');
    expect(await column('select version from headhunter.taxonomy_release')).toEqual(before);
    expect(await column('select count(*)::int from headhunter.taxonomy_occupations')).toEqual([2]);
  });

  it('lets the runtime read it and change none of it', async () => {
    for (const table of ['release', 'occupations', 'skills', 'requirements', 'groups', 'links']) {
      expect([table, await codeOf(`select * from headhunter.taxonomy_${table}`)]).toEqual([table, 'done']);
      expect([table, await codeOf(`delete from headhunter.taxonomy_${table}`)]).toEqual([table, '42501']);
    }
    expect(await codeOf('select headhunter.taxonomy_clear()')).toBe('42501');
    expect(await codeOf(`select headhunter.taxonomy_add('taxonomy_groups', '[]')`)).toBe('42501');
    expect(await codeOf(`select headhunter.taxonomy_finish('mine')`)).toBe('42501');
  });

  it('adds to no other table', async () => {
    await expect(operator.query(`select headhunter.taxonomy_add('candidates', '[]')`)).rejects.toMatchObject({
      code: '42P01',
    });
  });
});
