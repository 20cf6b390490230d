import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { SourceText } from '../../../contract/quote.ts';
import { quote } from './claims.ts';
import type { Passage } from './passages.ts';

type Claims = EnrichedClaims;
export interface Said {
  readonly source: SourceText;
  readonly passage: Passage;
}

const w = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, 'u');

const leads = w(
  'lider(?:ei|o|ou|ava|ando|anca|ar)|gerenci(?:ei|o|ou|ava|ando|ar)|coorden(?:ei|o|ou|ava|ando|ar)|geri|gestao|supervision(?:ei|o|ou|ava|ando)|dirigi|chefi(?:ei|o|ou|ava)|comand(?:ei|o|ou)|' +
    'managed|manage|managing|led|lead|leading|supervised|supervising|headed|directed|oversaw|overseeing|coached|mentored|grew|scaled|built',
);
const people =
  /(?<![\p{L}\d.,])(\d{1,5})\+? (?:(?:[\p{L}-]+) ){0,2}?(?:pessoas|colaborador\p{L}*|funcionari\p{L}+|analistas|desenvolvedor\p{L}*|engenheir\p{L}+|profissionais|liderad\p{L}+|membros|integrantes|vendedor\p{L}*|tecnicos|consultores|people|engineers|developers|employees|reports|members|analysts|professionals|staff|direct reports|nurses|agents|designers|scientists|associates|representatives)(?![\p{L}])/u;
const teamOf =
  /(?<![\p{L}])(?:equipe|time|squad|team|grupo)(?: [\p{L}-]+){0,2} (?:de|com|of|from \d+ to) (?:ate |up to )?(\d{1,5})(?![\d%.,]*\d|%)/u;
const group = w('equipes?|times?|squads?|teams?|pessoas|colaborador\\p{L}*|people|reports');

/** Whom somebody led, by a verb of leading with a team; the size is the largest that is told. */
export function leadershipIn(said: readonly Said[]): Claims['leadership'] {
  const told = said.flatMap((one) => {
    const { flat } = one.passage;
    if (flat.length > 500 || !leads.test(flat)) return [];
    const size = Number(teamOf.exec(flat)?.[1] ?? people.exec(flat)?.[1] ?? 0);
    return size > 0 || group.test(flat) ? [{ ...one, size }] : [];
  });
  if (told.length === 0) return null;
  const [largest] = told.toSorted((a, b) => b.size - a.size);
  const shown = largest && largest.size > 0 ? [largest, ...told.filter((one) => one !== largest)] : told;
  return {
    leadsPeople: true,
    teamSize: largest && largest.size > 0 ? largest.size : null,
    confidence: largest && largest.size > 0 ? 0.9 : 0.65,
    evidence: shown.slice(0, 3).map(quoteOf),
  };
}

const effect = w(
  'reduzi\\p{L}*|reducao|aument\\p{L}+|cresc\\p{L}+|economi\\p{L}+|otimiz\\p{L}+|melhor(?:ei|ou|ando|ia)|elev(?:ei|ou|ando)|ger(?:ei|ou|ando)|diminui\\p{L}*|super(?:ei|ou|ando)|atingi\\p{L}*|conquist\\p{L}+|dobr(?:ei|ou)|tripli\\p{L}+|acelerei|acelerou|cortei|recuper\\p{L}+|bati|alcanc\\p{L}+|venc\\p{L}+|entreg(?:uei|ou)|implant(?:ei|ou)|' +
    'reduc(?:ed|ing|tion)|increas(?:ed|ing)|grew|growing|saved|saving|improv(?:ed|ing|ement)|cut|cutting|boosted|generated|generating|delivered|achiev(?:ed|ing)|exceed(?:ed|ing)|doubled|tripled|raised|optimi[sz](?:ed|ing)|accelerated|decreas(?:ed|ing)|won|drove|driving|scaled|lowered|expanded|launched',
);
const figure =
  /\d+(?:[.,]\d+)? ?(?:%|x(?![\p{L}])|por cento|percent|mil(?:hao|hoes)?(?![\p{L}])|million|[kmb]\+?(?![\p{L}]))|(?:r\$|us\$|\$|€) ?\d|(?<![\p{L}\d/.-])\d{2,}(?![\d/.-]*\d)\+? (?!anos|years|meses|months)[\p{L}]/u;

/** Points of what was done with a verb of effect and a figure. */
export const achievementsIn = (said: readonly Said[]): Claims['achievements'] =>
  distinct(said.filter(({ passage: { flat } }) => flat.length <= 400 && effect.test(flat) && figure.test(flat)))
    .slice(0, 20)
    .map((one) => ({ text: one.passage.text.slice(0, 400), confidence: 0.75, evidence: [quoteOf(one)] }));

const kinds: readonly (readonly [Claims['mobility'][number]['kind'], RegExp])[] = [
  [
    'relocation',
    w(
      'disponibilidade (?:para|de) mudanca|mudanca de cidade|disponivel para (?:mudanca|mudar)|aceito mudar|mudar de (?:cidade|estado)|(?:open|willing|able) to relocat\\p{L}+|relocation',
    ),
  ],
  [
    'travel',
    w(
      'disponibilidade (?:para|de) viage\\p{L}+|disponivel para viage\\p{L}+|aceito viajar|(?:para|e|ou) viagens|(?:open|willing|available) to travel|travel up to',
    ),
  ],
  [
    'remote',
    w(
      '(?:trabalho|modelo|atuacao|preferencia por|disponivel para|somente|100%) remot[oa]|home office|(?:work|working|fully|prefer\\p{L}*|open to) remote(?:ly)?|remote work',
    ),
  ],
  [
    'hybrid',
    w('(?:modelo|trabalho|regime|formato) hibrido|hybrid (?:work|model|setup)|open to hybrid|hibrido ou|ou hibrido'),
  ],
  ['onsite', w('(?:modelo|trabalho|regime) presencial|on-?site work|work(?:ing)? on-?site')],
  [
    'visa',
    w(
      'visto de trabalho|work (?:visa|permit)|work authori[sz]ation|authori[sz]ed to work|visa sponsorship|cidadania (?:europeia|italiana|portuguesa|espanhola|americana)|green card|eu citizen\\p{L}*',
    ),
  ],
];

/** What the person says of where they would work, each kind once. */
export const mobilityIn = (said: readonly Said[]): Claims['mobility'] =>
  kinds.flatMap(([kind, form]) => {
    const one = said.find(({ passage: { flat } }) => flat.length <= 400 && form.test(flat));
    return one ? [{ kind, confidence: 0.8, evidence: [quoteOf(one)] }] : [];
  });

const pay = w(
  'pretensao salarial|pretensao|expectativa salarial|salario pretendido|remuneracao pretendida|salary expectations?|expected salary|desired salary|compensation expectations?',
);
const culture = w(
  'trabalho em equipe|trabalhar em equipe|trabalho bem|gosto de|valorizo|me motiva|sou apaixonad[oa]|apaixonad[oa] por|proativ[oa]|ambiente (?:de|colaborativo|dinamico)|perfil (?:analitico|colaborativo|dinamico|comunicativo)|busco desafios|procuro ambiente|' +
    'i enjoy|i value|i thrive|team player|passionate about|i like|i love|collaborative (?:environment|culture)|fast-paced|work well|calm under pressure|self-starter|looking for work',
);

export const compensationIn = (said: readonly Said[]): Claims['compensation'] =>
  distinct(
    said.filter(
      ({ passage: { flat } }) => flat.length <= 200 && pay.test(flat) && /\d|combinar|negoti|negoc/.test(flat),
    ),
  )
    .slice(0, 5)
    .map((one) => ({ text: one.passage.text.slice(0, 200), confidence: 0.9, evidence: [quoteOf(one)] }));

export const cultureIn = (said: readonly Said[]): Claims['culture'] =>
  distinct(said.filter(({ passage: { flat } }) => flat.length <= 300 && culture.test(flat)))
    .slice(0, 10)
    .map((one) => ({ text: one.passage.text.slice(0, 300), confidence: 0.6, evidence: [quoteOf(one)] }));

const quoteOf = ({ source, passage: { start, end } }: Said) => quote(source, start, end);

/** The same words in a profile and a document are said once. */
function distinct(said: readonly Said[]): Said[] {
  const seen = new Set<string>();
  return said.filter(({ passage: { flat } }) => !seen.has(flat) && seen.add(flat));
}
