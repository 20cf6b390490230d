import { seniorityLadder } from '../../contract/candidate.ts';
import { fold } from './known-names.ts';

/** Non-empty parts of a cell such as "Java; Spring | SQL", each once. */
export const splitList = (cell: string): string[] => [
  ...new Set(
    cell
      .split(/[;,|\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
];

/** Years from "3,5", "3.5", "5 anos", "10+" or "2 anos e 6 meses"; the cell itself when it is no number, to be refused by name. */
export const yearsOf = (cell: string): number | string => {
  const match =
    /^\+?\s*(\d{1,2}(?:[.,]\d{1,2})?)\s*\+?\s*(?:anos?|years?|yrs?)?\.?(?:\s*(?:e|and|,)?\s*(\d{1,2})\s*(?:m[eê]s(?:es)?|months?))?\.?$/i.exec(
      cell.trim(),
    );
  const months = /^(\d{1,3})\s*(?:m[eê]s(?:es)?|months?)$/i.exec(cell.trim())?.[1];
  if (months !== undefined) return Math.round((Number(months) / 12) * 10) / 10;
  if (!match?.[1]) return cell;
  const years = Number(match[1].replace(',', '.'));
  return match[2] ? Math.round((years + Number(match[2]) / 12) * 10) / 10 : years;
};

const seniorityNames: Record<string, (typeof seniorityLadder)[number]> = {
  estagiario: 'intern',
  estagiaria: 'intern',
  estagio: 'intern',
  trainee: 'intern',
  internship: 'intern',
  jr: 'junior',
  pleno: 'mid',
  pl: 'mid',
  'mid level': 'mid',
  intermediate: 'mid',
  sr: 'senior',
  especialista: 'staff',
  specialist: 'staff',
  coordenador: 'manager',
  coordenadora: 'manager',
  gerente: 'manager',
  diretor: 'director',
  diretora: 'director',
  'vice president': 'vp',
  'vice presidente': 'vp',
  'c level': 'c-level',
};

/** A step of the career ladder from "Sênior", "Pleno", "Jr." or its own name; the cell itself when unknown, to be refused by name. */
export const seniorityOf = (cell: string): string => {
  const folded = fold(cell);
  return seniorityLadder.find((step) => step === folded) ?? seniorityNames[folded] ?? cell;
};
