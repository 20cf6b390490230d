import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TaxonomyOccupation } from '../../src/contract/taxonomy.ts';
import { openTaxonomy, openTaxonomyAt } from '../../src/platform/taxonomy.ts';

const shipped = new URL('../../data/taxonomy/', import.meta.url);

describe('the taxonomy artifact', () => {
  let occupations: readonly TaxonomyOccupation[];
  let positions: Map<string, number>;
  beforeAll(async () => {
    occupations = await (await openTaxonomy()).part('occupations');
    positions = new Map(occupations.map(({ id }, position) => [id, position]));
  });

  const at = (id: string): number => {
    const position = positions.get(id);
    if (position === undefined) throw new Error(`no occupation ${id}`);
    return position;
  };

  it('is opened once, and its parts once each', async () => {
    expect(openTaxonomy()).toBe(openTaxonomy());
    const taxonomy = await openTaxonomy();
    expect(taxonomy.part('groups')).toBe(taxonomy.part('groups'));
  });

  it('has as many rows in each part as the manifest says, and every position points at something', async () => {
    const taxonomy = await openTaxonomy();
    const [links, requirements, skills, related] = await Promise.all([
      taxonomy.part('links'),
      taxonomy.part('requirements'),
      taxonomy.part('skills'),
      taxonomy.part('related'),
    ]);
    const { parts } = taxonomy.manifest;
    expect([links.length, requirements.length, skills.length, occupations.length]).toEqual([
      parts.links.rows,
      parts.requirements.rows,
      parts.skills.rows,
      parts.occupations.rows,
    ]);
    const named = new Set([
      ...links.flatMap(({ from, to }) => [from, to]),
      ...related.flatMap((row) => [row.occupation, ...row.related]),
      ...requirements.map(({ occupation }) => occupation),
    ]);
    expect([...named].filter((position) => occupations[position] === undefined)).toEqual([]);
    const asked = new Set(requirements.flatMap(({ essential, optional }) => [...essential, ...optional]));
    expect([...asked].filter((position) => skills[position] === undefined)).toEqual([]);
  });

  it('gives every occupation an id of its own, and a title in every language it has', () => {
    expect(positions.size).toBe(occupations.length);
    const wordless = occupations.filter(
      ({ labels }) =>
        Object.keys(labels).length === 0 || Object.values(labels).some((names) => !names[0] || names[0].trim() === ''),
    );
    expect(wordless).toEqual([]);
  });

  it('has ESCO titles as Brazilians write them', () => {
    const plumber = occupations.find(({ labels }) => labels.pt?.some((label) => label === 'Canalizador'));
    expect(plumber?.labels['pt-BR']).toContain('Encanador');
    const left = occupations
      .flatMap(({ labels }) => labels['pt-BR'] ?? [])
      .filter((label) => /\b(rececion|autocarro|comboio|canalizad|talhante)/i.test(label));
    expect(left).toEqual([]);
  });

  it('says of every link how it was found and how sure it is', async () => {
    const links = await (await openTaxonomy()).part('links');
    expect(links.filter(({ confidence }) => !(confidence > 0 && confidence <= 1))).toEqual([]);
    const official = links.filter(({ method }) => method === 'official');
    expect(new Set(official.map(({ from, to }) => `${occupations[from]?.system} ${occupations[to]?.system}`))).toEqual(
      new Set(['onet esco']),
    );
    const nurse = links.filter(({ from }) => from === at('cbo:2235-05')).map(({ to }) => occupations[to]);
    expect(nurse.map((found) => found?.group)).toContain('2221');
  });

  describe('damaged', () => {
    let folder: string;
    let url: URL;
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'taxonomy-'));
      url = pathToFileURL(`${folder}/`);
      for (const file of ['manifest.json', 'links.json.br', 'topics.json.br'])
        cpSync(new URL(file, shipped), new URL(file, url));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('names the part whose file is not the one the manifest tells of, and reads the others', async () => {
      const bytes = readFileSync(new URL('links.json.br', url));
      bytes[bytes.length >> 1] = 255 - (bytes[bytes.length >> 1] ?? 0);
      writeFileSync(new URL('links.json.br', url), bytes);
      const taxonomy = await openTaxonomyAt(url);
      await expect(taxonomy.part('links')).rejects.toThrow('the part "links" of the taxonomy');
      await expect(taxonomy.part('groups')).rejects.toThrow('the part "groups" of the taxonomy');
      expect((await taxonomy.part('topics')).length).toBe(taxonomy.manifest.parts.topics.rows);
      cpSync(new URL('links.json.br', shipped), new URL('links.json.br', url));
      expect((await taxonomy.part('links')).length).toBe(taxonomy.manifest.parts.links.rows);
    });

    it('says so when there is no manifest', async () => {
      await expect(openTaxonomyAt(new URL('nowhere/', url))).rejects.toThrow('the manifest of the taxonomy');
    });
  });
});
