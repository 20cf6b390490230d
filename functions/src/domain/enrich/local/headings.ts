import { functionWords } from '../../text/function-words.ts';
import { tokenize } from '../../text/tokens.ts';

export type SectionKind =
  | 'summary'
  | 'experience'
  | 'education'
  | 'skills'
  | 'languages'
  | 'certifications'
  | 'courses'
  | 'achievements'
  | 'compensation'
  | 'personal'
  | 'projects'
  | 'other';

/** What stands over a section, folded, without the words that carry no meaning; pt and en. A heading that names two takes the first. */
const headings: Readonly<Record<SectionKind, string>> = {
  experience:
    'experiencia, experiencias, experiencia profissional, experiencias profissionais, historico profissional, trajetoria profissional, trajetoria, ' +
    'vivencia profissional, atuacao profissional, experiencia trabalho, carreira, historico carreira, empregos, empregos anteriores, experiencia relevante, ' +
    'experiencias relevantes, principais experiencias, experience, work experience, professional experience, employment, employment history, work history, career history, ' +
    'career, professional background, relevant experience, professional history, experience highlights, positions held, job history, historico empregos, ' +
    'experiencia laboral, vida profissional, percurso profissional, cargos ocupados, selected experience, industry experience, where worked, onde trabalhei',
  education:
    'formacao, formacao academica, educacao, escolaridade, historico academico, formacao escolar, formacao educacional, graduacao, ensino, academico, formacao complementar academica, ' +
    'dados academicos, education, academic background, academic history, educational background, academic qualifications, education training, studies, ' +
    'estudos, formacao superior, academic education, academics, percurso academico, estudei, trajetoria academica, instrucao',
  skills:
    'competencias, habilidades, competencias tecnicas, habilidades tecnicas, conhecimentos, conhecimentos tecnicos, competencias habilidades, tecnologias, ferramentas, ' +
    'principais competencias, hard skills, soft skills, skills, technical skills, key skills, core competencies, competencies, core skills, technologies, tools, tech stack, stack, ' +
    'expertise, areas expertise, areas conhecimento, informatica, conhecimentos informatica, qualificacoes tecnicas, habilidades competencias, skills tools, professional skills, ' +
    'aptidoes, dominio tecnico, technical proficiencies, skills summary, skill set, skillset, ferramentas tecnologias, other skills, conhecimento tecnico, stack tecnica, ' +
    'habilidades comportamentais, competencias comportamentais, programming languages, linguagens programacao, technical expertise, sei fazer, what know, areas atuacao',
  languages:
    'idiomas, linguas, idioma, languages, language skills, language, conhecimento idiomas, foreign languages, linguas estrangeiras, idiomas falo, languages speak',
  certifications:
    'certificacoes, certificados, certificacao, certifications, certificates, licenses, licenses certifications, certification, licencas certificados, licencas, ' +
    'certifications licenses, professional certifications, certificacoes profissionais, credenciais, credentials, registros profissionais',
  courses:
    'cursos, cursos complementares, formacao complementar, cursos extracurriculares, cursos livres, cursos treinamentos, treinamentos, courses, training, ' +
    'courses training, additional training, professional development, coursework, relevant coursework, qualificacoes complementares, aperfeicoamento, atividades complementares, cursos aperfeicoamento',
  summary:
    'resumo, resumo profissional, perfil, perfil profissional, sobre, sobre mim, apresentacao, sintese, qualificacoes, resumo qualificacoes, sintese qualificacoes, summary, ' +
    'professional summary, profile, about, about me, professional profile, executive summary, career summary, resumo executivo, quem sou, overview, bio, ' +
    'introduction, qualifications, summary qualifications, personal statement, career profile, personal profile, hello, ola, mini bio',
  achievements:
    'realizacoes, conquistas, resultados, principais realizacoes, principais resultados, premios, premiacoes, achievements, key achievements, accomplishments, awards, ' +
    'honors, honors awards, selected achievements, reconhecimentos, awards honors, highlights, selected honors',
  compensation:
    'pretensao salarial, pretensao, salary expectations, salary expectation, compensation, expectativa salarial, desired salary, remuneracao',
  personal:
    'dados pessoais, informacoes pessoais, contato, contatos, personal information, personal details, contact, contact information, personal data, dados contato, contact details',
  projects:
    'projetos, projects, personal projects, projetos pessoais, selected projects, principais projetos, side projects, key projects, portfolio, portfolio projetos, open source',
  other:
    'objetivo, objetivos, objetivo profissional, objective, career objective, referencias, references, publicacoes, publications, hobbies, interesses, interests, voluntariado, ' +
    'trabalho voluntario, volunteering, volunteer experience, volunteer, outras informacoes, informacoes adicionais, informacoes complementares, additional information, outros, ' +
    'patents, patentes, talks, invited talks, disponibilidade, availability, memberships, affiliations, extracurricular activities, ' +
    'area interesse, areas interesse, cargo pretendido, experiencia voluntaria, volunteer work, observacoes, declaracao, declaration, intercambio, additional, mobilidade, mobility',
};

const kindOf = new Map(
  (Object.entries(headings) as [SectionKind, string][]).flatMap(([kind, names]) =>
    names.split(', ').map((name) => [name, kind] as const),
  ),
);
const longest = 7;

const wordsOf = (text: string): string[] =>
  tokenize(text, longest + 1)
    .map(({ folded }) => folded)
    .filter((word) => !functionWords.has(word) && !/^\d+$/.test(word));

/** The section that a line of its own announces, if it does. */
export function headingIn(line: string): SectionKind | undefined {
  if (line.length > 60) return undefined;
  // `F O R M A Ç Ã O` is spaced out by design.
  const written = /^(?:\p{L} ){3,}\p{L}$/u.test(line) ? line.replaceAll(' ', '') : line;
  const words = wordsOf(written);
  if (words.length === 0 || words.length > longest) return undefined;
  const whole = kindOf.get(words.join(' '));
  if (whole) return whole;
  for (let cut = 1; cut < words.length; cut++) {
    const first = kindOf.get(words.slice(0, cut).join(' '));
    if (first && kindOf.has(words.slice(cut).join(' '))) return first;
  }
  return undefined;
}

/** A heading that its content follows on the same line: `Idiomas: inglês fluente`. `length` counts up to the content. */
export function headingBefore(line: string): { kind: SectionKind; length: number } | undefined {
  const colon = /^[^:\t]{3,45}[:\t]\s*(?=\S)/.exec(line);
  const kind = colon && headingIn(colon[0].slice(0, colon[0].search(/[:\t]/)));
  return kind ? { kind, length: colon[0].length } : undefined;
}
