import type { EnrichedClaims } from '../../../../src/contract/enriched-profile.ts';
import { openAnalyst } from '../analyst.ts';

let read: (text: string) => EnrichedClaims;
beforeAll(async () => {
  read = await openAnalyst();
});

const jobsOf = (text: string) =>
  read(text).jobs.map(({ title, company, start, end, current }) => [title, company, start, end, current]);

const two = [
  ['Analista Contábil Sênior', 'Aurora Alimentos', '2021-03', null, true],
  ['Assistente Fiscal', 'Cedro Serviços', '2017-01', '2021-02', false],
];

describe('jobs are read', () => {
  it.each([
    [
      'with the title over the company and the dates below',
      'Experiência\nAnalista Contábil Sênior\nAurora Alimentos\n03/2021 - atual\n- Fechamento mensal.\nAssistente Fiscal\nCedro Serviços\n01/2017 - 02/2021\n- Apuração.',
    ],
    [
      'with the company first and a title with dates',
      'EXPERIÊNCIA PROFISSIONAL\nAurora Alimentos\nAnalista Contábil Sênior (mar/2021 - presente)\nFechei balanços todos os meses.\nCedro Serviços\nAssistente Fiscal (jan/2017 - fev/2021)\nApurei impostos.',
    ],
    [
      'from one line',
      'Histórico profissional:\nAnalista Contábil Sênior — Aurora Alimentos (desde março de 2021)\nAssistente Fiscal — Cedro Serviços (01.2017-02.2021)',
    ],
    [
      'between bars, under no heading at all',
      'Ana Prado\nAurora Alimentos | Analista Contábil Sênior | março de 2021 até o momento\n• Fechamento\nCedro Serviços | Assistente Fiscal | janeiro de 2017 a fevereiro de 2021\n• Apuração',
    ],
    [
      'with dates at the right margin, read below the rest',
      'Experiência\nAurora Alimentos, Analista Contábil Sênior\n• Fechamento mensal do grupo\n• Apoio à auditoria\nSão Paulo, SP\nmar 2021 – atual\nCedro Serviços, Assistente Fiscal\n• Apuração de impostos\nCampinas, SP\njan 2017 – fev 2021',
    ],
    [
      'from labels',
      'Experiência\nEmpresa: Aurora Alimentos\nCargo: Analista Contábil Sênior\nPeríodo: 03/2021 até hoje\n\nEmpresa: Cedro Serviços\nCargo: Assistente Fiscal\nPeríodo: 01/2017 a 02/2021',
    ],
  ])('%s', (_, text) => {
    expect(jobsOf(text)).toEqual(two);
  });

  it('each with its own words', () => {
    const text = 'Experiência\nAnalista Contábil Sênior\nAurora Alimentos\n03/2021 - atual\n- Fechamento mensal.';
    const [job] = read(text).jobs;
    expect(job?.evidence.map(({ text }) => text)).toEqual([
      'Analista Contábil Sênior\nAurora Alimentos\n03/2021 - atual',
    ]);
    for (const { text: words, start, end } of job?.evidence ?? []) expect(text.slice(start, end)).toBe(words);
    expect(job?.ecoId).not.toBeNull();
  });
});
