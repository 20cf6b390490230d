import { seniorityOf, splitList } from '../candidates/csv-values.ts';
import { countryCode, fold } from '../candidates/known-names.ts';
import type { FieldBook } from '../csv/map-columns.ts';
import type { RawPosting } from './read-posting.ts';

/** Headers as sites and people write them in Portuguese and English, folded. */
const headers = {
  postedAt: [
    'open date',
    'first seen',
    'postedat',
    'posted at',
    'posted',
    'date',
    'date posted',
    'data',
    'data de publicacao',
    'publicado em',
  ],
  source: ['source', 'site', 'fonte', 'origem', 'portal'],
  title: ['title', 'job title', 'position', 'position title', 'titulo', 'cargo', 'vaga', 'titulo da vaga'],
  text: ['text', 'description', 'job description', 'texto', 'descricao', 'descricao da vaga', 'requisitos'],
  skill: ['skill', 'habilidade', 'competencia', 'caracteristica', 'tecnologia'],
  count: ['count', 'vacancies', 'postings', 'numero de vagas', 'vagas', 'quantidade', 'total'],
  region: ['region', 'state', 'location', 'job location', 'uf', 'estado', 'regiao', 'local', 'localidade', 'cidade'],
  country: ['country', 'country code', 'pais'],
  industry: ['industry', 'sector', 'setor', 'ramo', 'segmento'],
  seniority: ['seniority', 'level', 'senioridade', 'nivel'],
  externalId: ['externalid', 'external id', 'id', 'job id', 'control number', 'codigo', 'codigo da vaga'],
  skills: ['skills', 'job skills', 'required skills', 'habilidades', 'competencias', 'tecnologias'],
  preferredSkills: ['preferredskills', 'preferred skills', 'nice to have', 'desejaveis', 'diferenciais'],
  skillIds: ['skillids', 'skill ids'],
} as const satisfies Record<string, readonly string[]>;

type PostingField = keyof typeof headers;
export type PostingColumn = PostingField | 'ignore';

const fields = Object.keys(headers) as PostingField[];
const lists: readonly string[] = ['skills', 'preferredSkills', 'skillIds'] satisfies PostingField[];
const fieldOfHeader: ReadonlyMap<string, PostingField> = new Map(
  fields.flatMap((field) => headers[field].map((name) => [name, field] as const)),
);

export const postingColumns: FieldBook<PostingColumn> = {
  names: [...fields, 'ignore'],
  needed: ['postedAt'],
  isField: (name): name is PostingColumn => name === 'ignore' || Object.hasOwn(headers, name),
  isList: (field) => lists.includes(field),
  suggest: (header) => fieldOfHeader.get(fold(header)) ?? null,
};

/** A row of cells as the contract names it, values still to be parsed; empty cells are left out. */
export function postingOfCells(columns: readonly (PostingColumn | undefined)[], cells: readonly string[]): RawPosting {
  const row: Record<string, unknown> = {};
  for (const [i, field] of columns.entries()) {
    const cell = cells[i]?.trim() ?? '';
    if (!field || field === 'ignore' || cell === '') continue;
    row[field] = lists.includes(field)
      ? [...((row[field] as string[]) ?? []), ...splitList(cell)]
      : parsedCell(field, cell);
  }
  return row;
}

function parsedCell(field: PostingField, cell: string): unknown {
  if (field === 'count') return /^-?\d{1,9}$/.test(cell) ? Number(cell) : cell;
  if (field === 'seniority') return seniorityOf(cell);
  if (field === 'country') return countryCode(cell) ?? cell;
  if (field === 'postedAt') return cell.replace(/^(\d{2})\/(\d{2})\/(\d{4})/, '$3-$2-$1');
  return cell;
}
