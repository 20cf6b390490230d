import type { InLanguages, TaxonomyOccupation } from '../../functions/src/contract/taxonomy.ts';
import { byCode } from '../lexicon/names.ts';
import { type Row, readSource, readTable } from '../lexicon/tables.ts';
import { type Bridge, readBridge, toBrazilian } from './bridge.ts';
import { distinct, oneLine, splitBracketed, splitGendered, spoken } from './labels.ts';

/** An occupation with its description, before positions are given out. */
export interface DescribedOccupation extends TaxonomyOccupation {
  readonly description: InLanguages<string>;
}

/** ESCO's URI as our id. */
export const escoId = (uri: string): string => `esco:${uri.slice(uri.lastIndexOf('/') + 1)}`;
export const onetId = (code: string): string => `onet:${code}`;
export const cboId = (code: string): string => `cbo:${code.slice(0, 4)}-${code.slice(4)}`;

/** All occupations, by id. @param from folder of the public data */
export function readOccupations(from: string): DescribedOccupation[] {
  const folder = `${from}/taxonomies`;
  return [...cbo(`${folder}/cbo2002`), ...esco(`${folder}/esco_1_2_0`), ...onet(`${folder}/onet_29_2`), ...own()].sort(
    (a, b) => byCode(a.id, b.id),
  );
}

const grouped = <Value>(rows: readonly Row[], key: string, value: (row: Row) => Value[]): Map<string, Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const row of rows) groups.set(row.get(key), [...(groups.get(row.get(key)) ?? []), ...value(row)]);
  return groups;
};

function esco(folder: string): DescribedOccupation[] {
  const bridge = readBridge();
  const english = readTable(`${folder}/occupations_en.csv.gz`);
  const translations = (['pt', 'es'] as const).map(
    (language) =>
      [
        language,
        new Map(readTable(`${folder}/occupations_${language}.csv.gz`).map((row) => [row.get('conceptUri'), row])),
      ] as const,
  );
  return english.map((row) => {
    const uri = row.get('conceptUri');
    const told: [string, Row][] = [['en', row]];
    for (const [language, rows] of translations) {
      const found = rows.get(uri);
      if (found) told.push([language, found]);
    }
    return {
      id: escoId(uri),
      system: 'esco',
      group: row.get('iscoGroup'),
      code: row.get('code'),
      labels: withBrazilian(
        spoken(Object.fromEntries(told.map(([language, one]) => [language, escoLabels(one)]))),
        bridge,
      ),
      description: spoken(
        Object.fromEntries(told.map(([language, one]) => [language, oneLine(one.get('description'))])),
      ),
    };
  });
}

const escoLabels = (row: Row) =>
  distinct(
    [row.get('preferredLabel'), ...row.list('altLabels', '\n'), ...row.list('hiddenLabels', '\n')].flatMap(
      splitGendered,
    ),
  );

function withBrazilian({ pt = [], ...labels }: Record<string, string[]>, bridge: Bridge): Record<string, string[]> {
  return spoken({ 'pt-BR': distinct(pt.flatMap((label) => toBrazilian(label, bridge))), pt, ...labels });
}

function onet(folder: string): DescribedOccupation[] {
  const titles = (file: string, column: string) =>
    grouped(readTable(`${folder}/${file}.tsv.gz`), 'O*NET-SOC Code', (row) => splitBracketed(row.get(column)));
  const reported = titles('Sample_of_Reported_Titles', 'Reported Job Title');
  const alternate = titles('Alternate_Titles', 'Alternate Title');
  return readTable(`${folder}/Occupation_Data.tsv.gz`).map((row) => {
    const code = row.get('O*NET-SOC Code');
    return {
      id: onetId(code),
      system: 'onet',
      group: code.slice(0, 7),
      labels: { en: distinct([row.get('Title'), ...(reported.get(code) ?? []), ...(alternate.get(code) ?? [])]) },
      description: { en: oneLine(row.get('Description')) },
    };
  });
}

function cbo(folder: string): DescribedOccupation[] {
  // The newest titles first, so that they are the preferred ones.
  const files = ['ocupacao_2025_gravetogeek.csv', '5_ocupacao.csv', '6_sinonimo.csv'];
  const titles = grouped(
    files.flatMap((file) => readTable(`${folder}/${file}`)),
    'codigo',
    (row) => [row.get('titulo')],
  );
  return [...titles].map(([code, labels]) => ({
    id: cboId(code),
    system: 'cbo',
    group: code.slice(0, 4),
    labels: { 'pt-BR': distinct(labels.flatMap(splitGendered)) },
    description: {},
  }));
}

function own(): DescribedOccupation[] {
  return readSource('titles-br.tsv').map((row) => ({
    id: `own:${row.get('id')}`,
    system: 'own',
    group: row.get('isco'),
    labels: { 'pt-BR': distinct(row.list('pt')), en: distinct(row.list('en')) },
    description: {},
  }));
}
