import type { TaxonomyGroup, TaxonomyTopic } from '../../functions/src/contract/taxonomy.ts';
import { byCode } from '../lexicon/names.ts';
import { readTable } from '../lexicon/tables.ts';
import { oneLine, spoken } from './labels.ts';

/** Groups of all three classifications, by scheme and code. @param from folder of the public data */
export function readGroups(from: string): TaxonomyGroup[] {
  const esco = `${from}/taxonomies/esco_1_2_0`;
  const inLanguage = (language: string) =>
    new Map(
      readTable(`${esco}/ISCOGroups_${language}.csv.gz`).map((row) => [row.get('code'), row.get('preferredLabel')]),
    );
  const spanish = inLanguage('es');
  const portuguese = new Map(
    readTable(`${esco}/isco_groups_pt.tsv`).map((row) => [row.get('isco_code'), row.get('label_pt')]),
  );
  const isco = [...inLanguage('en')].map(([code, en]) => ({
    scheme: 'isco' as const,
    code,
    labels: spoken({ pt: portuguese.get(code) ?? '', en, es: spanish.get(code) ?? '' }),
  }));

  const cbo = new Map<string, string>();
  for (const file of [
    '1_grande_grupo',
    '2_subgrupo_principal',
    '3_subgrupo',
    '4_familia',
    'familia_2025_gravetogeek',
  ]) {
    for (const row of readTable(`${from}/taxonomies/cbo2002/${file}.csv`))
      cbo.set(row.get('codigo'), row.get('titulo'));
  }

  // O*NET's own subdivisions (`.01` and on) stand inside the SOC occupation that ends in `.00`.
  const soc = readTable(`${from}/taxonomies/onet_29_2/Occupation_Data.tsv.gz`)
    .filter((row) => row.get('O*NET-SOC Code').endsWith('.00'))
    .map((row) => ({
      scheme: 'soc' as const,
      code: row.get('O*NET-SOC Code').slice(0, 7),
      labels: { en: row.get('Title') },
    }));

  return [
    ...isco,
    ...[...cbo].map(([code, label]) => ({ scheme: 'cbo' as const, code, labels: { 'pt-BR': label } })),
    ...soc,
  ].sort((a, b) => byCode(a.scheme, b.scheme) || byCode(a.code, b.code));
}

/** GitHub's topics, by id. */
export function readTopics(from: string): TaxonomyTopic[] {
  return readTable(`${from}/skills/github_explore_topics.tsv`)
    .map((row) => ({
      id: row.get('topic'),
      name: row.get('display_name'),
      aliases: row.list('aliases', ','),
      related: row.list('related', ','),
      description: oneLine(row.get('short_description')),
    }))
    .sort((a, b) => byCode(a.id, b.id));
}
