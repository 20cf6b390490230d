import { type TitleReader, titleReaderOf } from '../../../src/domain/eco/read-title.ts';
import { openTaxonomy } from '../../../src/platform/taxonomy.ts';

let reader: TitleReader;
beforeAll(async () => {
  reader = titleReaderOf(await (await openTaxonomy()).part('title-forms'));
});

describe('reading a title', () => {
  it.each([
    ['eng. de software pl.', 'engenheiro de software', 'mid'],
    ['Analista Contábil Jr', 'analista contabil', 'junior'],
    ['Enfermeiro(a)', 'enfermeiro', null],
    ['Desenvolvedor(a) Back-end Sênior - 100% remoto', 'desenvolvedor back end', 'senior'],
    ['Técnico/a de enfermagem', 'tecnico de enfermagem', null],
    ['VAGA: Assistente de vendas II', 'assistente de vendas', 'mid'],
    ['Estágio em engenharia civil', 'engenharia civil', 'intern'],
    ['Tec. Enf. UTI', 'técnico de enfermagem terapia intensiva', null],
    ['Aux adm', 'auxiliar administrativo', null],
    // A level that is all there is is the title too, and a numeral that begins it is a word.
    ['Estagiário', 'estagiario', 'intern'],
    ['III Milênio', 'iii milenio', null],
    // Part of another word, or of an occupation's name.
    ['Auxiliar de enfermagem', 'auxiliar de enfermagem', null],
    ['Planejador', 'planejador', null],
  ])('%s is %s', (written, title, seniority) => {
    const read = reader.read(written);
    expect(read.titles[0]).toBe(title);
    expect(read.seniority).toBe(seniority);
  });

  it('gives every meaning of an abbreviation, and what was written', () => {
    expect(reader.read('Dev Java').titles).toEqual(['desenvolvedor java', 'developer java', 'dev java']);
  });

  it('reads nothing in a text without words', () => {
    expect(reader.read('🚀 .* -- ()')).toEqual({ titles: [], seniority: null });
  });
});
