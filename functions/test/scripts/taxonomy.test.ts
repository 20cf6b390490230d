import { readBridge, toBrazilian } from '../../../scripts/taxonomy/bridge.ts';
import { distinct, splitBracketed, splitGendered } from '../../../scripts/taxonomy/labels.ts';

describe('building the taxonomy', () => {
  const bridge = readBridge();

  it.each([
    ['Canalizador', ['Encanador']],
    ['Rececionista de hotel', ['Recepcionista de hotel']],
    ['Motorista de autocarros', ['Motorista de ônibus']],
    // The longer phrase goes first, and what it put there is not replaced again.
    ['Professora universitária de Economia', ['Professora de ensino superior de Economia']],
    // One phrase, two ways to say it.
    ['operador de câmara', ['cinegrafista', 'operador de câmera']],
    ['Fisioterapeuta', ['Fisioterapeuta']],
    ['Stand-in', ['Stand-in']],
  ])('says %s as Brazilians do', (european, brazilian) => {
    expect(toBrazilian(european, bridge)).toEqual(brazilian);
  });

  it.each([
    ['Diretor técnico/Diretora técnica', ['Diretor técnico', 'Diretora técnica']],
    ['Ator/Atriz', ['Ator', 'Atriz']],
    ['Gestor de agência de tradução/interpretação', ['Gestor de agência de tradução/interpretação']],
    ['redactor/a de revista', ['redactor/a de revista']],
    ['directora de desarrollo/', ['directora de desarrollo']],
  ])('takes %s apart where it is two names', (label, names) => {
    expect(splitGendered(label)).toEqual(names);
  });

  it('takes an abbreviation out of its brackets, and drops what was there before in other clothes', () => {
    expect(splitBracketed('Chief Executive Officer (CEO)')).toEqual(['Chief Executive Officer', 'CEO']);
    expect(distinct(['Técnico', 'técnico', ' Tecnico ', 'x', 'Técnica'])).toEqual(['Técnico', 'Técnica']);
  });
});
