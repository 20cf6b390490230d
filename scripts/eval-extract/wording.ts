import type { Random } from '../demo/random.ts';
import type { Lang } from '../demo/wording.ts';
import type { Person } from './truth.ts';

const long: Readonly<Record<Lang, readonly string[]>> = {
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** A way to write when a job was; `years` loses the months, and so does what it can be held against. */
export interface DateStyle {
  readonly yearsOnly: boolean;
  write(start: string, end: string | null): string;
}

const monthOf = (date: string) => Number(date.slice(5)) - 1;
const yearOf = (date: string) => date.slice(0, 4);
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** One style for the whole of a resume, as people keep to one. */
export function dateStyle(lang: Lang, random: Random): DateStyle {
  const name = (date: string) => long[lang][monthOf(date)] ?? '';
  const number = (date: string) => date.slice(5);
  const open = random.pick(
    lang === 'pt'
      ? ['atual', 'Atual', 'presente', 'o momento', 'Atualmente', 'hoje']
      : ['Present', 'present', 'Current', 'now'],
  );
  const dash = random.pick([' - ', ' – ', ' — ', '–']);
  const to = random.pick(lang === 'pt' ? [' a ', ' até '] : [' to ', ' until ']);
  const styles: readonly DateStyle[] = [
    ...(lang === 'pt'
      ? [
          span((date) => `${capital(name(date).slice(0, 3))}/${yearOf(date)}`, dash),
          span((date) => `${name(date)} de ${yearOf(date)}`, random.pick([dash, to]), 'de '),
          span((date) => `${name(date).slice(0, 3)}/${yearOf(date).slice(2)}`, ' - '),
        ]
      : [
          span((date) => `${name(date).slice(0, 3)} ${yearOf(date)}`, dash),
          span((date) => `${name(date)} ${yearOf(date)}`, random.pick([dash, to])),
          span((date) => `${name(date).slice(0, 3)}. ${yearOf(date)}`, dash),
        ]),
    span((date) => `${number(date)}/${yearOf(date)}`, random.pick([dash, to])),
    span((date) => `${number(date)}.${yearOf(date)}`, '-'),
    { ...span(yearOf, random.pick([dash, to])), yearsOnly: true },
  ];
  return random.pick(styles);

  function span(date: (text: string) => string, between: string, before = ''): DateStyle {
    const article = open === 'o momento' && between !== ' até ' ? ' até ' : between;
    return {
      yearsOnly: false,
      write: (start, end) =>
        `${end === null || between === ' a ' ? before : ''}${date(start)}${end === null ? `${article}${open}` : `${between}${date(end)}`}`,
    };
  }
}

const languageNames: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  pt: { pt: 'Português', en: 'Inglês', es: 'Espanhol' },
  en: { pt: 'Portuguese', en: 'English', es: 'Spanish' },
};
const levelNames: Readonly<Record<Lang, Readonly<Record<string, readonly string[]>>>> = {
  pt: {
    native: ['nativo', 'língua materna'],
    C2: ['proficiente', 'C2'],
    C1: ['fluente', 'avançado', 'C1'],
    B2: ['B2', 'intermediário avançado'],
    B1: ['intermediário', 'B1'],
    A2: ['básico', 'A2'],
  },
  en: {
    native: ['native', 'mother tongue'],
    C2: ['C2', 'proficient'],
    C1: ['fluent', 'advanced', 'C1'],
    B2: ['B2', 'upper intermediate'],
    B1: ['intermediate', 'B1'],
    A2: ['basic', 'A2'],
  },
};

/** `Inglês (fluente)`, `Inglês: fluente`, `Inglês - fluente`. */
export function languageLines({ lang, languages }: Person, random: Random): string[] {
  const [before, after] = random.pick([
    [' (', ')'],
    [': ', ''],
    [' - ', ''],
    [' ', ''],
  ] as const);
  return languages.map(({ code, level }) => {
    const name = languageNames[lang][code] ?? code;
    const word = random.pick(levelNames[lang][level ?? 'B1'] ?? ['']);
    return `${name}${before}${word}${after}`;
  });
}

type Part = 'summary' | 'jobs' | 'study' | 'skills' | 'languages';
const headingNames: Readonly<Record<Lang, Readonly<Record<Part, readonly string[]>>>> = {
  pt: {
    summary: ['Resumo profissional', 'Perfil', 'Sobre mim', 'Resumo'],
    jobs: ['Experiência profissional', 'Experiência', 'Histórico profissional', 'Trajetória profissional'],
    study: ['Formação acadêmica', 'Formação', 'Educação', 'Escolaridade'],
    skills: ['Competências', 'Habilidades', 'Conhecimentos técnicos', 'Principais competências'],
    languages: ['Idiomas', 'Línguas'],
  },
  en: {
    summary: ['Summary', 'Profile', 'About me', 'Professional summary'],
    jobs: ['Experience', 'Work experience', 'Professional experience', 'Employment history'],
    study: ['Education', 'Academic background'],
    skills: ['Skills', 'Technical skills', 'Core competencies', 'Key skills'],
    languages: ['Languages'],
  },
};

export const heading = (lang: Lang, part: Part, random: Random): string => random.pick(headingNames[lang][part]);
