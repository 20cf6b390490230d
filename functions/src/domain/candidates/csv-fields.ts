import type { FieldBook } from '../csv/map-columns.ts';
import { fold } from './known-names.ts';

/** Fields of one value, then fields that gather the values of several columns; further ones are `metadata.<key>`. */
const singleFields = [
  'candidateId',
  'fullName',
  'email',
  'phone',
  'headline',
  'title',
  'summary',
  'city',
  'region',
  'country',
  'seniority',
  'yearsExperience',
  'company',
] as const;
const listFields = ['skills', 'languages', 'industries', 'links'] as const;

export type SingleField = (typeof singleFields)[number];
export type ListField = (typeof listFields)[number];
/** Where a column of a CSV goes; `ignore` keeps a column out that its header would have mapped. */
export type CsvField = SingleField | ListField | `metadata.${string}` | 'ignore';

const csvFieldNames = [...singleFields, ...listFields, 'metadata.<key>', 'ignore'] as const;

export const isListField = (field: CsvField): field is ListField => (listFields as readonly string[]).includes(field);

const isCsvField = (name: string): name is CsvField =>
  (singleFields as readonly string[]).includes(name) ||
  (listFields as readonly string[]).includes(name) ||
  /^metadata\.[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name) ||
  name === 'ignore';

/** Headers as people write them in Portuguese and English, folded. */
const headers: Record<SingleField | ListField, readonly string[]> = {
  candidateId: ['candidateid', 'candidate id', 'id', 'id do candidato', 'id candidato', 'codigo', 'matricula'],
  fullName: ['fullname', 'full name', 'name', 'candidate', 'candidate name', 'nome', 'nome completo', 'candidato'],
  email: [
    'email',
    'e mail',
    'email address',
    'e mail address',
    'endereco de email',
    'endereco de e mail',
    'correio eletronico',
  ],
  phone: ['phone', 'phone number', 'mobile', 'cell', 'telefone', 'celular', 'telefone celular', 'whatsapp', 'fone'],
  headline: ['headline', 'chamada', 'titulo do perfil', 'titulo profissional'],
  title: [
    'title',
    'job title',
    'current title',
    'position',
    'role',
    'cargo',
    'cargo atual',
    'ultimo cargo',
    'funcao',
    'posicao',
  ],
  summary: ['summary', 'about', 'bio', 'profile', 'resumo', 'resumo profissional', 'sobre', 'perfil', 'objetivo'],
  city: ['city', 'location', 'cidade', 'municipio', 'localidade', 'localizacao'],
  region: ['region', 'state', 'province', 'estado', 'uf', 'regiao'],
  country: ['country', 'country code', 'pais'],
  seniority: ['seniority', 'seniority level', 'level', 'senioridade', 'nivel'],
  yearsExperience: [
    'yearsexperience',
    'years experience',
    'years of experience',
    'experience years',
    'anos de experiencia',
    'anos experiencia',
    'tempo de experiencia',
    'experiencia anos',
    'experiencia em anos',
  ],
  company: ['company', 'current company', 'employer', 'empresa', 'empresa atual', 'ultima empresa', 'empregador'],
  skills: [
    'skills',
    'skill',
    'key skills',
    'technologies',
    'habilidades',
    'competencias',
    'tecnologias',
    'conhecimentos',
  ],
  languages: ['languages', 'language', 'idiomas', 'idioma', 'linguas'],
  industries: ['industries', 'industry', 'sector', 'setor', 'setores', 'segmento', 'area de atuacao', 'ramo'],
  links: [
    'links',
    'link',
    'url',
    'linkedin',
    'linkedin url',
    'github',
    'site',
    'website',
    'portfolio',
    'portifolio',
    'perfil linkedin',
  ],
};

const fieldOfHeader = new Map(
  Object.entries(headers).flatMap(([field, names]) => names.map((name) => [name, field as CsvField] as const)),
);

/** The field a header names in Portuguese or English, or that it names outright (`metadata.source`); null when none. */
const suggestField = (header: string): CsvField | null => {
  const name = header.trim();
  if (name !== 'ignore' && isCsvField(name)) return name;
  return fieldOfHeader.get(fold(name)) ?? null;
};

export const candidateFields: FieldBook<CsvField> = {
  names: csvFieldNames,
  needed: ['fullName'],
  isField: isCsvField,
  isList: isListField,
  suggest: suggestField,
};
