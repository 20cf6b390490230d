import type { Seniority } from '../../contract/candidate.ts';
import type { MarketEvidence } from './adjacency.ts';

export type Locale = 'pt-BR' | 'en';

type Counts = Pick<MarketEvidence, 'together' | 'outOf'>;

/** The sentences of an explanation. */
export const wording = {
  'pt-BR': {
    skill: (s: string) => `Tem ${s}`,
    transferableSkill: (s: string, from: string) => `Não cita ${s}, mas ${from} se transfere bem`,
    adjacentSkill: (s: string, from: string, { together, outOf }: Counts) =>
      `Não cita ${s}, mas tem ${from}: ${together} de ${outOf} anúncios que citam ${s} citam os dois`,
    title: (s: string) => `Cargo compatível: ${s}`,
    seniority: (s: string) => `Senioridade: ${s}`,
    place: (s: string) => `Local: ${s}`,
    language: (s: string) => `Idioma: ${s}`,
    years: (s: string) => `Anos de experiência: ${s}`,
    workMode: (s: string) => `Modalidade: ${s}`,
    unmet: (s: string) => `Falta: ${s}`,
    unknown: (s: string) => `Não informado: ${s}`,
  },
  en: {
    skill: (s: string) => `Has ${s}`,
    transferableSkill: (s: string, from: string) => `Does not mention ${s}, but ${from} transfers well`,
    adjacentSkill: (s: string, from: string, { together, outOf }: Counts) =>
      `Does not mention ${s}, but has ${from}: ${together} of ${outOf} advertisements that name ${s} name both`,
    title: (s: string) => `Matching title: ${s}`,
    seniority: (s: string) => `Seniority: ${s}`,
    place: (s: string) => `Location: ${s}`,
    language: (s: string) => `Language: ${s}`,
    years: (s: string) => `Years of experience: ${s}`,
    workMode: (s: string) => `Work mode: ${s}`,
    unmet: (s: string) => `Missing: ${s}`,
    unknown: (s: string) => `Not stated: ${s}`,
  },
} as const;

const seniorityPt: Readonly<Record<Seniority, string>> = {
  intern: 'estágio',
  junior: 'júnior',
  mid: 'pleno',
  senior: 'sênior',
  staff: 'especialista',
  principal: 'principal',
  manager: 'gerência',
  director: 'diretoria',
  vp: 'vice-presidência',
  'c-level': 'presidência',
};
const workModePt: Readonly<Record<string, string>> = { remote: 'remoto', hybrid: 'híbrido', onsite: 'presencial' };

export const seniorityName = (level: Seniority, locale: Locale): string =>
  locale === 'pt-BR' ? seniorityPt[level] : level;
export const workModeName = (mode: string, locale: Locale): string =>
  locale === 'pt-BR' ? (workModePt[mode] ?? mode) : mode;

const languageNames = {
  'pt-BR': new Intl.DisplayNames('pt-BR', { type: 'language' }),
  en: new Intl.DisplayNames('en', { type: 'language' }),
};
/** `en` -> `inglês`. */
export const languageName = (code: string, locale: Locale): string => languageNames[locale].of(code) ?? code;
