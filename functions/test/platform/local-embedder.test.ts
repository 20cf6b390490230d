import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readModel } from '../../src/platform/local-embedder/model.ts';
import { localEmbedder, openLocalModel } from '../../src/platform/local-embedder.ts';
import { openTaxonomy } from '../../src/platform/taxonomy.ts';

const data = new URL('../../data/', import.meta.url);

async function vectorOf(text: string, concepts: readonly string[] = []): Promise<Float32Array> {
  const [vector] = await localEmbedder.embed([{ text, concepts }], 'query');
  if (vector === undefined) throw new Error('no vector came back');
  return vector;
}
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

describe('the local embedder', () => {
  it.each(['Contadora', '', '🦜', 'a'.repeat(10_000), 'SQL; drop table', 'Enfermeira '.repeat(5_000)])(
    'makes of any text a vector of length 1 and of the labelled dimensions (%#)',
    async (text) => {
      const vector = await vectorOf(text);
      expect(vector).toHaveLength(localEmbedder.label.dimensions);
      expect(cosine(vector, vector)).toBeCloseTo(1, 5);
    },
  );

  it('reads a text the same whatever its capitals and accents, and whatever came before', async () => {
    const first = await vectorOf('Gerente de produção');
    await vectorOf('something else entirely');
    expect(await vectorOf('GERENTE DE PRODUCAO')).toEqual(first);
  });

  // Each title is closer to its own than to every other one, in languages that share hardly a letter of it.
  it.each([
    [
      'pt',
      'en',
      [
        ['enfermeiro', 'nurse'],
        ['motorista de caminhão', 'truck driver'],
        ['contador', 'accountant'],
        ['advogado', 'lawyer'],
        ['desenvolvedor de software', 'software developer'],
        ['padeiro', 'baker'],
      ],
    ],
    [
      'es',
      'pt',
      [
        ['enfermera', 'enfermeira'],
        ['camionero', 'motorista de caminhão'],
        ['abogado', 'advogado'],
        ['panadero', 'padeiro'],
        ['peluquero', 'cabeleireiro'],
        ['cocinero', 'cozinheiro'],
      ],
    ],
    [
      'en',
      'es',
      [
        ['nurse', 'enfermera'],
        ['truck driver', 'camionero'],
        ['lawyer', 'abogado'],
        ['baker', 'panadero'],
        ['hairdresser', 'peluquero'],
        ['cook', 'cocinero'],
      ],
    ],
  ])('knows titles in %s by their names in %s', async (_, __, pairs) => {
    const right = await Promise.all(pairs.map(([, title = '']) => vectorOf(title)));
    for (const [i, [title = '']] of pairs.entries()) {
      const vector = await vectorOf(title);
      const cosines = right.map((other) => cosine(vector, other));
      expect([title, cosines.indexOf(Math.max(...cosines))]).toEqual([title, i]);
    }
  });

  it('draws a text to the occupation that was recognised in it, and passes over concepts it does not know', async () => {
    const { occupations } = await openLocalModel();
    const row = occupations.rows.get('onet:29-1141.00') ?? -1;
    const nurse = occupations.values.subarray(row * occupations.dimensions, (row + 1) * occupations.dimensions);
    const plain = await vectorOf('dez anos de hospital');
    expect(cosine(await vectorOf('dez anos de hospital', ['title:onet:29-1141.00']), nurse)).toBeGreaterThan(
      cosine(plain, nurse) + 0.1,
    );
    expect(await vectorOf('dez anos de hospital', ['title:onet:none', 'skill:java'])).toEqual(plain);
  });

  it('tells words it has learned from slips of typing and from what has no letters', async () => {
    const { knows } = await openLocalModel();
    for (const text of ['Enfermeira', 'GERENTE DE PRODUÇÃO', 'truck driver', 'encargado de nóminas'])
      expect([text, knows(text)]).toEqual([text, true]);
    for (const text of ['enfremeira', 'gerente de prodçuão', 'asdfgh', '', '2024', '护士'])
      expect([text, knows(text)]).toEqual([text, false]);
  });

  it('embeds a long resume in a few milliseconds', async () => {
    const resume = Array.from({ length: 800 }, (_, i) => `palavra${i % 300} equipe projeto${i % 90}`).join(' ');
    await vectorOf(resume);
    // The processor's time and not the clock's, which tells of what else the machine does.
    const before = process.cpuUsage().user;
    for (let i = 0; i < 10; i++) await vectorOf(resume);
    expect((process.cpuUsage().user - before) / 10_000).toBeLessThan(30);
  });
});

describe('the model', () => {
  it('was trained from the occupations that ship beside it', async () => {
    const { occupations } = await openLocalModel();
    const taxonomy = await (await openTaxonomy()).part('occupations');
    expect([...occupations.rows.keys()]).toEqual(taxonomy.map(({ id }) => id));
  });

  it('is at most 12 MB', async () => {
    expect((await readModel(data)).manifest.bytes).toBeLessThanOrEqual(12_000_000);
  });

  it('is refused when it is not the one its manifest tells of', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'embedder-'));
    writeFileSync(path.join(folder, 'embedder.json'), readFileSync(new URL('embedder.json', data)));
    const bytes = readFileSync(new URL('embedder.bin', data));
    bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1;
    writeFileSync(path.join(folder, 'embedder.bin'), bytes);
    const reading = readModel(pathToFileURL(`${folder}/`));
    await expect(reading).rejects.toThrow(/local embedder's model in .* could not be read/);
  });
});
