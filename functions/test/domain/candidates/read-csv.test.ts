import { CandidateProfile } from '../../../src/contract/candidate.ts';
import { readCandidateCsv } from '../../../src/domain/candidates/read-csv.ts';

const read = (csv: string, mapping?: Record<string, string>) => readCandidateCsv({ csv, mapping });
/** The one row of a file with these columns, as the contract reads it. */
const profile = (header: string, row: string) => CandidateProfile.parse(read(`${header}\n${row}\n`).rows[0]?.profile);

const problemOf = (call: () => unknown) => {
  try {
    call();
  } catch (problem) {
    return problem;
  }
  throw new Error('no problem was thrown');
};

describe('a CSV of candidates', () => {
  it('with Brazilian headers, semicolons and a byte-order mark becomes profiles', () => {
    const header =
      'Código;Nome completo;E-mail;Telefone;Cargo;Resumo;Cidade;UF;País;Senioridade;Anos de experiência;Habilidades;Idiomas;Setor;Empresa atual;LinkedIn;GitHub';
    const row =
      'cand-001;Ana Prado;ana@example.com;+55 81 99999-0000;Engenheira de dados;"Gosta de dados; e de gente";Recife;PE;Brasil;Sênior;"3,5";Python; inglês avançado;Saúde;Acme;linkedin.com/in/ana-exemplo;https://github.com/ana-exemplo';
    const { rows, unmapped } = read(`\uFEFF${header}\r\n${row}\r\n`);
    expect(unmapped).toEqual([]);
    expect(rows).toEqual([expect.objectContaining({ line: 2, candidateId: 'cand-001' })]);
    expect(CandidateProfile.parse(rows[0]?.profile)).toEqual({
      fullName: 'Ana Prado',
      email: 'ana@example.com',
      phone: '+55 81 99999-0000',
      title: 'Engenheira de dados',
      summary: 'Gosta de dados; e de gente',
      location: { city: 'Recife', region: 'PE', country: 'BR' },
      seniority: 'senior',
      yearsExperience: 3.5,
      skills: [{ name: 'Python' }],
      languages: [{ code: 'en', level: 'C1' }],
      industries: ['Saúde'],
      experience: [{ title: 'Engenheira de dados', company: 'Acme', current: true }],
      links: ['https://linkedin.com/in/ana-exemplo', 'https://github.com/ana-exemplo'],
      education: [],
      certifications: [],
      metadata: {},
    });
  });

  it.each([
    [',', 'Full Name,Job Title,Years of Experience\nAna,Dev,5+ years'],
    ['\t', 'Full Name\tJob Title\tYears of Experience\nAna\tDev\t5+ years'],
    [';', 'Full Name;Job Title;Years of Experience\nAna;Dev;5+ years'],
    ['; by Excel’s hint', 'sep=;\nFull Name;Job Title;Years of Experience\nAna;Dev;5+ years'],
    [', inside quotes too', '"Full Name","Job Title","Years of Experience"\n"Ana", "Dev","5+ years"'],
  ])('parted by %s is understood without being told', (_, csv) => {
    const { rows, mapping } = read(csv);
    expect(Object.values(mapping)).toEqual(['fullName', 'title', 'yearsExperience']);
    expect(rows[0]?.profile).toMatchObject({ fullName: 'Ana', title: 'Dev', yearsExperience: 5 });
  });

  it('takes the delimiter the caller names', () => {
    expect(
      readCandidateCsv({ csv: 'nome;cargo,uf\nAna,PE', delimiter: ',', mapping: { 'nome;cargo': 'fullName' } }).rows,
    ).toEqual([{ line: 2, profile: { fullName: 'Ana', location: { region: 'PE' } } }]);
  });

  it.each([
    ['3,5', 3.5],
    ['10+', 10],
    ['2 anos e 6 meses', 2.5],
    ['18 meses', 1.5],
    ['1 ano', 1],
  ])('reads %s as %f years', (cell, years) => {
    expect(profile('nome;anos de experiência', `Ana;${cell}`).yearsExperience).toBe(years);
  });

  it('leaves what is no number to be refused by name', () => {
    expect(() => profile('nome;anos de experiência', 'Ana;muitos')).toThrow(/yearsExperience/);
  });

  it.each([
    [
      'pt:native | en:C1',
      [
        { code: 'pt', level: 'native' },
        { code: 'en', level: 'C1' },
      ],
    ],
    [
      'inglês fluente, espanhol intermediário',
      [
        { code: 'en', level: 'C1' },
        { code: 'es', level: 'B1' },
      ],
    ],
    [
      'Português (nativo)|German - upper intermediate',
      [
        { code: 'pt', level: 'native' },
        { code: 'de', level: 'B2' },
      ],
    ],
    ['francês', [{ code: 'fr' }]],
  ])('reads the languages %s', (cell, languages) => {
    expect(profile('nome;idiomas', `Ana;${cell}`).languages).toEqual(languages);
  });

  it('keeps a language without a code in metadata', () => {
    expect(profile('nome,idiomas', 'Ana,Libras').metadata).toEqual({ otherLanguages: ['Libras'] });
  });

  it('splits skills at semicolon, comma and bar, each once', () => {
    expect(profile('nome\thabilidades', 'Ana\tJava; SQL|Go,SQL').skills).toEqual([
      { name: 'Java' },
      { name: 'SQL' },
      { name: 'Go' },
    ]);
  });

  it('keeps a company without a title in metadata', () => {
    expect(profile('nome,empresa', 'Ana,Acme')).toMatchObject({ experience: [], metadata: { company: 'Acme' } });
  });

  it('keeps cells that look like formulas as plain text', () => {
    expect(profile('nome,cargo,metadata.fonte', 'Ana,"=HYPERLINK(""x"")",@SUM(1)')).toMatchObject({
      title: '=HYPERLINK("x")',
      metadata: { fonte: '@SUM(1)' },
    });
  });

  it('skips empty lines and rows, and still numbers lines as an editor does', () => {
    const { rows } = read('nome,cargo\n\nAna,Dev\n,\n"Bia","Analista\nde dados"\nCaio,QA\n');
    expect(rows.map(({ line }) => line)).toEqual([3, 5, 7]);
  });

  it('follows the caller’s mapping before the headers, and names the columns left out', () => {
    const { mapping, unmapped } = read('Nome,Apelido,Cargo,Obs\nAna,Aninha,Dev,x', {
      Apelido: 'fullName',
      Obs: 'metadata.notes',
      Cargo: 'ignore',
    });
    expect(mapping).toEqual({ Apelido: 'fullName', Obs: 'metadata.notes' });
    expect(unmapped).toEqual(['Nome', 'Cargo']);
  });
});

describe('a CSV is refused whole', () => {
  it.each([
    ['an open quote', 'nome,cargo\nAna,Dev\n\nBia,"QA\nCaio,QA\n', 4],
    ['an open quote at the start of a line', 'nome\r\n\r\nAna\r\n"Bia\r\nCaio\r\n', 4],
    ['a stray quote', 'nome,cargo\nAna,De"v\n', 2],
    ['text after a closing quote', 'nome,cargo\nAna,"De"v\n', 2],
    ['a row with a column less', 'nome,cargo\nAna,Dev\nBia\n', 3],
    ['a row with a column more', 'nome,cargo\nAna,Dev,x\n', 2],
    ['two columns of one name', 'nome,nome\nAna,Bia\n', 1],
    ['no row', 'nome,cargo\n', 2],
    ['nothing', '', 1],
  ])('for %s, with the line', (_, csv, line) => {
    expect(problemOf(() => read(csv))).toMatchObject({
      code: 'csv.malformed',
      details: [{ path: `csv.line[${line}]`, message: expect.any(String) as string }],
    });
  });

  it('for more than 500 rows, with the line of the first surplus row', () => {
    expect(read(`nome\n${'Ana\n'.repeat(500)}`).rows).toHaveLength(500);
    expect(problemOf(() => read(`nome\n${'Ana\n'.repeat(501)}`))).toMatchObject({
      code: 'input.too_large',
      details: [{ path: 'csv.line[502]' }],
    });
  });

  it.each([
    ['an unknown column', { Nope: 'title' }, 'mapping.Nope'],
    ['an unknown field', { Cargo: 'salary' }, 'mapping.Cargo'],
    ['a bad metadata key', { Cargo: 'metadata.não' }, 'mapping.Cargo'],
    ['one field twice', { Nome: 'title', Cargo: 'title' }, 'mapping.Cargo'],
    ['no full name', { Nome: 'title' }, 'mapping'],
  ])('for a mapping with %s', (_, mapping, path) => {
    expect(problemOf(() => read('Nome,Cargo\nAna,Dev', mapping as Record<string, string>))).toMatchObject({
      code: 'input.invalid',
      details: [{ path }],
    });
  });
});
