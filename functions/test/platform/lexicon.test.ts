import { readFileSync } from 'node:fs';
import { seniorityLadder } from '../../src/contract/candidate.ts';
import { jobFunctions, type Lexicon, skillFamilies } from '../../src/contract/lexicon.ts';
import { openLexicon } from '../../src/platform/lexicon.ts';

const fold = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[-_\s]+/g, ' ')
    .trim();

describe('the lexicon', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await openLexicon();
  });

  const skill = (id: string) => {
    const found = lexicon.skills.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no skill ${id}`);
    return found;
  };
  const names = (one: Lexicon['skills'][number]) =>
    [one.label, one.labelPt, ...one.aliases].filter((name) => name !== undefined);

  it('is opened once and shared', () => {
    expect(openLexicon()).toBe(openLexicon());
  });

  it('holds what its page says, checksum included', () => {
    const page = readFileSync(new URL('../../data/LEXICON.md', import.meta.url), 'utf8');
    expect(page).toContain(`version \`${lexicon.version}\``);
    expect(page).toContain(`| skills | ${lexicon.skills.length} |`);
  });

  it('has 1,500 to 2,500 skills, each with a Portuguese name of its own or marked as a proper name', () => {
    expect(lexicon.skills.length).toBeGreaterThanOrEqual(1_500);
    expect(lexicon.skills.length).toBeLessThanOrEqual(2_500);
    expect(lexicon.skills.filter((one) => one.labelPt === undefined && !one.properName).map(({ id }) => id)).toEqual(
      [],
    );
    expect(lexicon.skills.filter((one) => one.labelPt !== undefined && one.properName).map(({ id }) => id)).toEqual([]);
  });

  it('keeps what ESCO, O*NET and GitHub call a skill, no ESCO id twice', () => {
    expect(skill('java').sources).toMatchObject({ esco: [expect.stringMatching(/^[0-9a-f-]{36}$/)] });
    expect(skill('java').sources?.github).toContain('java');
    expect(skill('microsoft-excel').sources?.onet).toContain('Microsoft Excel');
    const esco = lexicon.skills.flatMap((one) => one.sources?.esco ?? []);
    expect(esco.length).toBeGreaterThan(1_000);
    expect(new Set(esco).size).toBe(esco.length);
  });

  it('has context for ambiguous names only, and every one of those names belongs to a skill', () => {
    const ambiguous = new Set(lexicon.skills.flatMap((one) => one.caseSensitive ?? []));
    expect(lexicon.contexts.flatMap((context) => context.names).filter((name) => !ambiguous.has(name))).toEqual([]);
  });

  it('gives every skill, title and industry an id of its own', () => {
    for (const part of [lexicon.skills, lexicon.titles, lexicon.industries]) {
      expect(new Set(part.map((one) => one.id)).size).toBe(part.length);
    }
  });

  it('keeps families, functions and levels inside their closed sets', () => {
    expect(lexicon.skills.filter((one) => !skillFamilies.includes(one.family))).toEqual([]);
    expect(lexicon.titles.filter((one) => !jobFunctions.includes(one.function))).toEqual([]);
    expect(lexicon.seniority.filter((one) => !seniorityLadder.includes(one.level))).toEqual([]);
  });

  it('lets no two skills share a name', () => {
    const owner = new Map<string, string>();
    const shared: string[] = [];
    for (const one of lexicon.skills) {
      for (const name of names(one)) {
        const known = owner.get(fold(name));
        if (known !== undefined && known !== one.id) shared.push(`${name}: ${known}, ${one.id}`);
        owner.set(fold(name), one.id);
      }
    }
    expect(shared).toEqual([]);
  });

  it('holds no name that is an everyday word in Portuguese or English, unless it is matched as written', () => {
    const everyday =
      'go r c excel swift rust spring react angular word access project teams sem assembly chef vendas compras banco caixa informatica dei pis lua data design code support management action less express crystal scheme dash ray typing reception cleaning faturamento hospedagem beleza presto hive spark slack notion sketch unity outlook lean tableau julia consul'.split(
        ' ',
      );
    const unsafe = lexicon.skills.flatMap((one) =>
      names(one).filter((name) => everyday.includes(fold(name)) && !(one.caseSensitive ?? []).includes(name)),
    );
    expect(unsafe).toEqual([]);
  });

  it('marks as case-sensitive only names the skill has', () => {
    for (const one of lexicon.skills) {
      for (const name of one.caseSensitive ?? []) expect(names(one)).toContain(name);
    }
  });

  it.each([
    ['c', 'C', true],
    ['r', 'R', true],
    ['go', 'Go', true],
    ['microsoft-excel', 'Excel', true],
    ['c-plus-plus', 'C++', false],
    ['c-sharp', 'C#', false],
    ['dot-net', '.NET', false],
    ['node-js', 'Node.js', false],
    ['sql', 'SQL', false],
    ['java', 'Java', false],
  ])('knows %s as %s (case-sensitive: %s)', (id, name, exact) => {
    expect(names(skill(id))).toContain(name);
    expect((skill(id).caseSensitive ?? []).includes(name)).toBe(exact);
  });

  it('knows what Brazilian adverts ask for', () => {
    const known = new Set(lexicon.skills.flatMap((one) => names(one).map(fold)));
    const asked = [
      'folha de pagamento',
      'NR-10',
      'SPED',
      'CLT',
      'eSocial',
      'TOTVS Protheus',
      'Power BI',
      'Excel avançado',
      'aprendizado de máquina',
      'banco de dados',
      'UTI',
    ];
    expect(asked.filter((name) => !known.has(fold(name)))).toEqual([]);
  });

  it('weighs each transfer between 0 and 1, from a skill there is to another there is', () => {
    const ids = new Set(lexicon.skills.map((one) => one.id));
    const wrong = lexicon.transfer.filter(
      ({ from, to, weight }) => !ids.has(from) || !ids.has(to) || from === to || !(weight > 0 && weight <= 1),
    );
    expect(wrong).toEqual([]);
    expect(lexicon.transfer).toContainEqual({ from: 'java', to: 'kotlin', weight: 0.9 });
    expect(new Set(lexicon.transfer.map(({ from, to }) => `${from} ${to}`)).size).toBe(lexicon.transfer.length);
  });

  it('puts today’s titles into the function people expect', () => {
    const functionOf = (title: string) =>
      new Set(
        lexicon.titles
          .filter((one) =>
            [...(one.labels.pt ?? []), ...(one.labels.en ?? [])].some((label) => fold(label) === fold(title)),
          )
          .map((one) => one.function),
      );
    expect(functionOf('Cientista de dados')).toEqual(new Set(['data']));
    expect(functionOf('Desenvolvedora backend')).toEqual(new Set(['engineering']));
    expect(functionOf('Enfermeira')).toContain('health');
    expect(functionOf('Analista contábil')).toEqual(new Set(['finance']));
    expect(functionOf('Product manager')).toEqual(new Set(['product']));
  });
});
