import { type Recognizer, recognizerOf } from '../../../src/domain/text/recognizer.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';
import { heldOut, type Judged, known } from './skill-sentences.ts';

let recognizer: Recognizer;
beforeAll(async () => {
  recognizer = recognizerOf(await openLexicon());
});
const ids = (text: string, anyCase?: boolean) => recognizer.skills(text, anyCase).map(({ value }) => value.id);

describe('a name that is an everyday word too', () => {
  it.each(known)('%j: %s is meant: %p', (text, skill, isMeant) => {
    expect(recognizer.skillById(skill)).toBeDefined();
    expect([text, ids(text).includes(skill)]).toEqual([text, isMeant]);
  });

  it('is told in sentences that no rule was written for: precision 98 %, recall 93 % and more', () => {
    expect(heldOut.map(([, skill]) => skill).filter((skill) => !recognizer.skillById(skill))).toEqual([]);
    const found = heldOut.filter(([text, skill]) => ids(text).includes(skill));
    const right = found.filter(([, , isMeant]) => isMeant);
    const meant = heldOut.filter(([, , isMeant]: Judged) => isMeant);
    expect(right.length / found.length).toBeGreaterThanOrEqual(0.98);
    expect(right.length / meant.length).toBeGreaterThanOrEqual(0.93);
  });

  it('is one in a list of one name a line, and in a field of its own in any case', () => {
    expect(ids('Go\nPython\nR\nExcel')).toEqual(['go', 'python', 'r', 'microsoft-excel']);
    for (const name of ['go', 'c', 'excel', 'access', 'WORD']) expect([name, recognizer.skillNamed(name)]).toBeTruthy();
    expect(recognizer.skillNamed('c')?.id).toBe('c');
    expect(ids('R')).toEqual(['r']);
    expect([ids('chef', true), recognizer.skillNamed('Chef')]).toEqual([[], undefined]);
  });

  it('needs no capitals in a text typed without any, and there too not where the words next to it deny it', () => {
    expect(ids('analista com word excel e access', true)).toEqual([
      'microsoft-word',
      'microsoft-excel',
      'microsoft-access',
    ]);
    expect(ids('dev go pleno', true)).toEqual(['go']);
    expect(ids('ready to go to market', true)).not.toContain('go');
  });
});

describe('what recruiters in Brazil write', () => {
  it.each([
    ['Folha de pagamento, férias e rescisão', ['folha-de-pagamento', 'ferias-e-rescisao']],
    ['conciliações bancárias e contas a pagar', ['conciliacao-bancaria', 'contas-a-pagar']],
    ['Atendimento ao cliente com foco em pós-venda', ['atendimento-ao-cliente', 'pos-venda']],
    ['CNH categoria D e direção defensiva', ['cnh-d', 'direcao-defensiva']],
    ['NR-10 e NR 35 em dia', ['nr-10', 'nr-35']],
    ['Solda MIG/MAG e solda TIG', ['solda-mig', 'solda-tig']],
    ['classificação de risco e sinais vitais', ['triagem-manchester', 'sinais-vitais']],
    ['separação de pedidos, expedição e WMS', ['separacao-de-pedidos', 'expedicao', 'wms']],
    ['gestão de riscos financeiros e análise de investimentos', ['manage-financial-risk', 'investment-analysis']],
    ['atenção aos detalhes e senso de dono', ['atencao-a-detalhes', 'senso-de-dono']],
  ])('%j', (text, skills) => {
    expect(ids(text)).toEqual(skills);
  });
});

it('reads a resume of 4 KB within 3 ms once warm', () => {
  const line =
    'Desenvolvedora com 8 anos de Java, Go e SQL; migrei serviços em C# para Node.js e reduzi custos na AWS.\n';
  const resume = line.repeat(Math.ceil(4_096 / line.length));
  for (let i = 0; i < 50; i++) recognizer.skills(resume);
  const spent = Array.from({ length: 20 }, () => {
    const started = performance.now();
    recognizer.skills(resume);
    return performance.now() - started;
  });
  expect(Math.min(...spent)).toBeLessThan(3);
});
