import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { SourceText } from '../../../contract/quote.ts';
import { timesOf } from '../job-times.ts';
import { whole } from './claims.ts';
import { degreeOf } from './degrees.ts';
import type { ToldJob } from './jobs.ts';
import type { Reading } from './reading.ts';

/** The fields of a profile by their paths, as `sourceTextsOf` names them. */
export interface Fields {
  get(path: string): SourceText | undefined;
  /** How many entries a list has. */
  count(list: string): number;
}

export function fieldsOf(sources: readonly SourceText[]): Fields {
  const byPath = new Map<string, SourceText>();
  const counts = new Map<string, number>();
  for (const source of sources) {
    if (!('field' in source.source)) continue;
    const { field } = source.source;
    byPath.set(field, source);
    const entry = /^(\w+)\[(\d+)\]/.exec(field);
    if (entry?.[1]) counts.set(entry[1], Math.max(counts.get(entry[1]) ?? 0, Number(entry[2]) + 1));
  }
  return { get: (path) => byPath.get(path), count: (list) => Math.min(200, counts.get(list) ?? 0) };
}

const entries = (fields: Fields, list: string) => Array.from({ length: fields.count(list) }, (_, i) => `${list}[${i}]`);
const quotesOf = (sources: readonly (SourceText | undefined)[]) =>
  sources
    .filter((source) => source !== undefined)
    .map(whole)
    .slice(0, 5);

/** Jobs as the profile lists them; the description of each is its text. */
export function jobsInFields(reading: Reading, fields: Fields, now: Date): ToldJob[] {
  return entries(fields, 'experience').flatMap((path) => {
    const [title, company, start, end, current, description] = [
      'title',
      'company',
      'start',
      'end',
      'current',
      'description',
    ].map((name) => fields.get(`${path}.${name}`));
    if (!title) return [];
    const dates = { start: start?.text ?? null, end: end?.text ?? null, current: current ? true : end ? false : null };
    const job = {
      title: title.text,
      ecoId: reading.occupationOf(title.text)?.ecoId ?? null,
      company: company?.text ?? null,
      ...timesOf(dates, now),
      confidence: 0.95,
      evidence: quotesOf([title, company, start, end ?? current]),
    };
    const source = description ?? title;
    return [{ job, source, start: 0, end: source.text.length }];
  });
}

type Claims = EnrichedClaims;

export function studiesInFields(fields: Fields): Claims['education'] {
  return entries(fields, 'education').flatMap((path) => {
    const [institution, degree, field, end] = ['institution', 'degree', 'field', 'end'].map((name) =>
      fields.get(`${path}.${name}`),
    );
    const evidence = quotesOf([degree, field, institution, end]);
    if (evidence.length === 0) return [];
    const known = degreeOf(degree?.text ?? '') ?? degreeOf(field?.text ?? '');
    return [
      {
        institution: institution?.text ?? null,
        degree: degree?.text ?? null,
        level: known?.level ?? null,
        field: field?.text ?? null,
        start: null,
        end: end?.text ?? null,
        completed: null,
        confidence: 0.95,
        evidence,
      },
    ];
  });
}

export function languagesInFields(fields: Fields): Claims['languages'] {
  return entries(fields, 'languages').flatMap((path) => {
    const [code, level] = [fields.get(`${path}.code`), fields.get(`${path}.level`)];
    if (!code) return [];
    return [
      {
        code: code.text,
        level: (level?.text ?? null) as Claims['languages'][number]['level'],
        confidence: 0.95,
        evidence: quotesOf([code, level]),
      },
    ];
  });
}

export function certificationsInFields(fields: Fields): Claims['certifications'] {
  return entries(fields, 'certifications').flatMap((path) => {
    const name = fields.get(path);
    return name ? [{ name: name.text, year: null, confidence: 0.95, evidence: [whole(name)] }] : [];
  });
}

export function personInFields(fields: Fields): Claims['personal'] {
  const claimed = (path: string) => {
    const source = fields.get(path);
    return source ? { value: source.text, confidence: 0.95, evidence: [whole(source)] } : null;
  };
  return {
    name: claimed('fullName'),
    headline: claimed('headline') ?? claimed('title'),
    city: claimed('location.city'),
    region: claimed('location.region'),
    country: claimed('location.country'),
  };
}
