import { fold } from '../text/tokens.ts';

/**
 * What a part of a job description is about: what is asked for, what would be welcome, the work itself, or what is offered
 * and who offers it, which asks for nothing.
 */
export type Section = 'opening' | 'required' | 'preferred' | 'duties' | 'offer';

/** A sentence or line; `start` and `end` are UTF-16 offsets into the text. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly section: Section;
}

// Folded, in both languages; each is looked for at the start of a line, the first that fits counts.
const headings: readonly (readonly [Section, RegExp])[] = [
  [
    'preferred',
    /^(requisitos? |qualificacoes |conhecimentos? |competencias |skills )?(desejave(l|is)|diferencia(l|is)|nice[ -]to[ -]haves?|preferred|good to have|bonus( points)?|conta pontos|sera(o)? (um )?(diferencia(l|is)|plus))\b/,
  ],
  [
    'offer',
    /^((nossos |our |seus )?beneficios|benefits|perks|vantagens|remuneracao|salario|compensation|(o que )?(nos )?oferecemos|what we offer|we offer|why (join )?us|por que (trabalhar|vir)|sobre (a empresa|nos|a gente|a companhia|o grupo)|quem somos|a empresa|nossa (empresa|cultura|historia)|about (us|the company|our company)|who we are|our (company|culture|story)|company (description|overview)|etapas do processo|processo seletivo|hiring process|interview process|equal opportunity)\b/,
  ],
  [
    'required',
    /^((pre[ -]?)?requisitos?|qualificacoes|competencias|conhecimentos? (necessarios?|obrigatorios?|tecnicos?)|habilidades|hard skills|soft skills|perfil|formacao|escolaridade|experiencia (?:minima|profissional|necessaria|desejada)|obrigatori[oa]s?|necessari[oa]s?|imprescindive(l|is)|o que (buscamos|esperamos|procuramos|voce precisa|e preciso)|voce precisa|precisa(mos)? de|quem (buscamos|procuramos)|(minimum |basic |key |job )?(requirements?|qualifications?)|required|must[ -]haves?|mandatory|skills|experience|what (you need|you ll need|you'll need|you’ll need|we re looking for|we're looking for|we’re looking for|we are looking for|you bring|we expect)|who you are|about you)\b/,
  ],
  [
    'duties',
    /^((principais |suas |main |key |your )?(responsabilidades?|atividades|atribuicoes|desafios|funcoes|responsibilities|duties|tasks)|o que voce (vai|ira) fazer|como sera (o )?seu dia|seu dia a dia|dia a dia|missao|descricao|sobre (a vaga|o cargo|a posicao)|a vaga|what you( will|'ll|’ll) (do|be doing)|the role|about the (role|job|position)|role (description|overview)|job description|day[ -]to[ -]day)\b/,
  ],
];

// A sentence that does not end within 800 characters is no sentence, and reading one costs its length squared.
const sentences = /.{1,800}?(?:[.;!?](?=\s)|$)|.{1,800}(?=\s)|.{800}/g;
const bullet = /^[\s•·*▪●✓✔►>#–-]*/;

/** The sentences and lines of a text, each with the section it stands in; a heading holds until the next one. */
export function readClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  let section: Section = 'opening';
  let start = 0;
  for (const line of text.split('\n')) {
    const heading = headingOf(line);
    if (heading) section = heading;
    for (const { index, 0: sentence } of line.matchAll(sentences)) {
      const from = start + index;
      // A heading that shares its line with others: "Java. Required: SQL".
      const inline = index > 0 && headingOf(sentence, /:/);
      if (inline) section = inline;
      clauses.push({ start: from, end: from + sentence.length, section });
    }
    start += line.length + 1;
  }
  return clauses;
}

/** The section a line opens: its heading stands alone or before a colon. */
function headingOf(line: string, closed = /:|^.{0,60}$/): Section | undefined {
  const words = fold(line).replace(bullet, '');
  const found = headings.find(([, opening]) => opening.test(words));
  if (!found) return undefined;
  const [beforeColon = '', afterColon] = words.split(':', 2);
  // A line of a list is a heading only with its colon: "- Diferencial Docker" speaks for itself.
  if (afterColon === undefined && /^\s*[•·*▪●✓✔►>–-]/.test(line)) return undefined;
  const isShort = beforeColon.trim().split(/\s+/).length <= (afterColon === undefined ? 6 : 9);
  // "Experiência com Java" begins like a heading and is a requirement itself.
  const isWhole = afterColon !== undefined || !/[.,;]/.test(words.trim().replace(/[.!?]+$/, ''));
  return isShort && isWhole && closed.test(words) ? found[0] : undefined;
}
