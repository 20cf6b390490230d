import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { CandidateProfile } from '../../../src/contract/candidate.ts';
import { minimise, minimiseSources } from '../../../src/domain/models/minimise.ts';

const joana = { fullName: 'Joana D’Ávila Conceição dos Santos' };
const without = (text: string, known: Parameters<typeof minimise>[1] = joana) => minimise(text, known).text;

describe('what leaves for a hosted model', () => {
  it.each([
    ['a name', 'JOANA D’ÁVILA CONCEIÇÃO DOS SANTOS'],
    ['a name without accents', 'joana d’avila conceicao dos santos'],
    ['a name with composed accents', 'Joana D’Ávila Conceição dos Santos'.normalize('NFD')],
    ['parts of a name', 'Conceição'],
    ['an e-mail', 'joana.santos+cv@mail.example.com.br'],
    ['a mobile', '(11) 98888-7777'],
    ['a mobile with a country', '+55 11 98888-7777'],
    ['a mobile in one', '11988887777'],
    ['a landline', '11 3333-4444'],
    ['a number without its area', '98888-7777'],
    ['an American number', '(212) 555-0100'],
    ['a foreign number', '+351 912 345 678'],
    ['a link', 'https://www.linkedin.com/in/joana-santos-123'],
    ['a link without a scheme', 'linkedin.com/in/joana-santos-123'],
    ['a page of GitHub', 'joana.github.io/blog'],
    // In pieces, so that nobody takes it for somebody's.
    ['a CPF', ['123', '456', '789-09'].join('.')],
    ['an RG', '12.345.678-X'],
    ['a CEP', '01310-100'],
    ['a street', 'Rua das Flores, 123, apto 45B'],
    ['an avenue', 'Av. Brigadeiro Luís Antônio, nº 2000'],
    ['an abbreviated street', 'R. das Palmeiras, 77'],
    ['a street without a number', 'Rua Augusta s/n'],
    ['an American street', '1600 Example Valley Road, Apt 4'],
  ])('has no %s', (_, personal) => {
    const text = `Contato: ${personal} | Java e Kafka`;
    const minimised = without(text);
    expect(minimised).toBe(`Contato: ${personal.replaceAll(/\S/g, '_')} | Java e Kafka`);
  });

  it.each([
    ['CPF: 12345678909', '12345678909'],
    ['RG nº MG-14.555.666', 'MG-14.555.666'],
    ['Data de nascimento: 12/03/1988', '12/03/1988'],
    ['Nascida em 12 de março de 1988, mora em Recife', '12 de março de 1988'],
    ['Date of birth: March 12, 1988', 'March 12, 1988'],
    ['Idade: 36 anos', '36'],
    ['Tel: 3333 4444', '3333 4444'],
    ['Endereço: Quadra 12 Conjunto B, Ceilândia', 'Quadra 12 Conjunto B, Ceilândia'],
  ])('keeps the label and not the data: %s', (text, personal) => {
    expect(without(text)).toBe(text.replace(personal, personal.replaceAll(/\S/g, '_')));
  });

  it.each([
    'Java, C#, C++, .NET, Node.js, Vue.js, ASP.NET/C#, socket.io, CI/CD, TCP/IP, SAP S/4HANA, ISO 27001, R. Python 3.12',
    'Janeiro de 2019 - Março de 2021; 2015-2019; 2015 - 2019; 03/2019 a 12/2021; de 01/02/2019 a 31/12/2021',
    'Faturamento de R$ 1.500.000,00, 25 milhões de requisições por dia, 99,99% e 10.000-20.000 usuários',
    'Trabalhei em Recife - PE e em São José dos Campos, CNPJ 12.345.678/0001-90 do cliente',
    'Apresentei a praça de alimentação e a rua como canal de venda',
    'Experiência em R. Trabalhei em 3 projetos; avenida criativa',
  ])('keeps what is no personal data: %s', (text) => {
    expect(without(text, { fullName: 'Bia Lima' })).toBe(text);
  });

  it('keeps words that only sound like the name, and lower-case words that are part of it', () => {
    const known = { fullName: 'Rosa Leite Campos' };
    expect(without('Indústria de leite e campos de soja, Rosângela', known)).toBe(
      'Indústria de leite e campos de soja, Rosângela',
    );
    expect(without('Rosa liderou; L. Campos aprovou', known)).toBe('____ liderou; L. ______ aprovou');
  });

  it('has none of what the profile knows, however odd it looks', () => {
    const known = { fullName: 'Bia Lima', phone: 'ramal 55-12', links: ['https://portfolio.example/bia/'] };
    expect(without('Fale no Ramal 55-12 ou em portfolio.example/bia', known)).toBe(
      'Fale no _____ _____ ou em _____________________',
    );
  });

  it('has quotes at the offsets of the text they are quoted from', () => {
    const text = 'Bia Lima\nbia@example.com\nLiderei 8 pessoas em Kafka.';
    const [minimised] = minimiseSources([{ source: { documentId: 'd1' }, text }], { fullName: 'Bia Lima' });
    const at = minimised?.text.indexOf('Liderei') ?? -1;
    expect(text.slice(at)).toBe('Liderei 8 pessoas em Kafka.');
    expect(minimised?.source).toEqual({ documentId: 'd1' });
  });

  it('is as long as the text and the same but for what was removed, whatever the text', () => {
    const hints = fc.constantFrom('bia@', '.com', '+55', '11 9', 'Rua ', '123', 'CPF', 'Bia', '\n', '́', '😀', ',', '-');
    const text = fc.array(fc.oneof(hints, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 });
    fc.assert(
      fc.property(text, (pieces) => {
        const given = pieces.join('');
        const { text: minimised, removed } = minimise(given, { fullName: 'Bia Lima' });
        expect(minimised).toHaveLength(given.length);
        const gone = new Set(removed.flatMap(({ start, end }) => [...Array(end - start).keys()].map((i) => start + i)));
        const units = given.split('').map((unit, i) => (gone.has(i) ? unit.replace(/\S/, '_') : unit));
        expect(minimised).toBe(units.join(''));
      }),
      { numRuns: 200 },
    );
  });

  it('takes no long time for a text made to take one', () => {
    const hard = ['a.'.repeat(20_000), '1 '.repeat(20_000), 'Rua a '.repeat(7_000), `${'a'.repeat(40_000)}@`];
    const from = performance.now();
    for (const text of hard) without(text);
    expect(performance.now() - from).toBeLessThan(5_000);
  });
});

describe('the people of the demo', () => {
  type Listed = { readonly profile: CandidateProfile };
  const all: Listed[] = JSON.parse(readFileSync(path.join(__dirname, '../../../../demo/acme/candidates.json'), 'utf8'));
  const people = all.filter((_, i) => i % 4 === 0);

  it('leave with their work and without themselves', () => {
    expect(people.length).toBeGreaterThan(50);
    for (const { profile } of people) {
      const { fullName, email = '', phone = '', summary = '', experience } = profile;
      const work = [
        summary,
        ...experience.map((job) => `${job.title} (${job.start} - ${job.end})\n${job.description}`),
      ];
      const contact = [fullName, email, phone, 'Rua das Acácias, 42'].join(' | ');
      const text = `${contact}\nMeu nome é ${fullName}.\n${work.join('\n')}`;
      const minimised = without(text, profile);
      for (const personal of [fullName, email, phone, 'Acácias'])
        if (personal !== '') expect(minimised).not.toContain(personal);
      expect(minimised.split('\n').slice(2).join('\n')).toBe(work.join('\n'));
    }
  });
});
