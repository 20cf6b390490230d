import { type JobFunction, jobFunctions, type LexiconTitle } from '../../functions/src/contract/lexicon.ts';
import { byCode, fold } from './names.ts';
import { readSource, readTable } from './tables.ts';

type Scheme = 'isco' | 'cbo' | 'soc';

function jobFunction(name: string): JobFunction {
  const found = jobFunctions.find((known) => known === name);
  if (found === undefined) throw new Error(`unknown job function "${name}"`);
  return found;
}

/**
 * The function of an occupation: by a phrase of its label (`title-functions.tsv`; groups are older than data science),
 * else by the longest prefix of its group code (`functions.tsv`), else `other`.
 */
function functionTable(): (scheme: Scheme, code: string, label: string) => JobFunction {
  const phrases = readSource('title-functions.tsv').map((row) => ({
    pattern: new RegExp(`\\b${fold(row.get('phrase'))}\\b`),
    function: jobFunction(row.get('function')),
  }));
  const table = new Map(
    readSource('functions.tsv').map((row) => [
      `${row.get('scheme')}:${row.get('prefix')}`,
      jobFunction(row.get('function')),
    ]),
  );
  return (scheme, code, label) => {
    const phrase = phrases.find(({ pattern }) => pattern.test(fold(label)));
    if (phrase !== undefined) return phrase.function;
    for (let length = code.length; length > 0; length -= 1) {
      const found = table.get(`${scheme}:${code.slice(0, length)}`);
      if (found !== undefined) return found;
    }
    return 'other';
  };
}

/** Labels without repetition (by folded form), the first `most` of them. */
function distinct(labels: Iterable<string>, most: number): string[] {
  const seen = new Map<string, string>();
  for (const label of labels) {
    const key = fold(label);
    if (key.length > 1 && !seen.has(key)) seen.set(key, label.trim());
    if (seen.size === most) break;
  }
  return [...seen.values()];
}

/** Titles of today's job market, then CBO, ESCO and O*NET occupations; by id. @param from folder of the public data */
export function buildTitles(from: string): LexiconTitle[] {
  const functionOf = functionTable();
  return [...current(), ...cbo(from, functionOf), ...esco(from, functionOf), ...onet(from, functionOf)].sort((a, b) =>
    byCode(a.id, b.id),
  );
}

/** What job adverts say and the classifications do not yet: "Engenheira de dados", "UX designer". */
function current(): LexiconTitle[] {
  return readSource('titles-br.tsv').map((row) => ({
    id: `own:${row.get('id')}`,
    labels: { pt: row.list('pt'), en: row.list('en') },
    isco: row.get('isco'),
    function: jobFunction(row.get('function')),
  }));
}

type FunctionOf = ReturnType<typeof functionTable>;

function cbo(from: string, functionOf: FunctionOf): LexiconTitle[] {
  const folder = `${from}/taxonomies/cbo2002`;
  const labels = new Map<string, string[]>();
  for (const file of ['ocupacao_2025_gravetogeek.csv', '5_ocupacao.csv', '6_sinonimo.csv']) {
    for (const row of readTable(`${folder}/${file}`)) {
      const code = row.get('codigo');
      labels.set(code, [...(labels.get(code) ?? []), row.get('titulo')]);
    }
  }
  return [...labels].map(([code, pt]) => ({
    id: `cbo:${code.slice(0, 4)}-${code.slice(4)}`,
    labels: { pt: distinct(pt, 20) },
    function: functionOf('cbo', code, pt[0] ?? ''),
  }));
}

function esco(from: string, functionOf: FunctionOf): LexiconTitle[] {
  const folder = `${from}/taxonomies/esco_1_2_0`;
  const portuguese = new Map(
    readTable(`${folder}/occupations_pt.csv.gz`).map((row) => [
      row.get('conceptUri'),
      // "Diretor técnico/Diretora técnica": both forms are titles of their own.
      distinct([...row.list('preferredLabel', '/'), ...row.list('altLabels', '\n')], 4),
    ]),
  );
  return readTable(`${folder}/occupations_en.csv.gz`).map((row) => {
    const uri = row.get('conceptUri');
    const pt = portuguese.get(uri) ?? [];
    return {
      id: `esco:${uri.slice(uri.lastIndexOf('/') + 1)}`,
      labels: {
        ...(pt.length === 0 ? {} : { pt }),
        en: distinct([row.get('preferredLabel'), ...row.list('altLabels', '\n')], 4),
      },
      isco: row.get('iscoGroup'),
      function: functionOf('isco', row.get('iscoGroup'), row.get('preferredLabel')),
    };
  });
}

function onet(from: string, functionOf: FunctionOf): LexiconTitle[] {
  const folder = `${from}/taxonomies/onet_29_2`;
  const reported = new Map<string, string[]>();
  for (const row of readTable(`${folder}/Sample_of_Reported_Titles.tsv.gz`)) {
    const code = row.get('O*NET-SOC Code');
    // "CEO (Chief Executive Officer)" is two names of one job.
    const [, name = '', other = ''] = /^(.*?)(?:\s*\(([^)]*)\))?$/.exec(row.get('Reported Job Title')) ?? [];
    reported.set(code, [...(reported.get(code) ?? []), name, other]);
  }
  return readTable(`${folder}/Occupation_Data.tsv.gz`).map((row) => {
    const code = row.get('O*NET-SOC Code');
    return {
      id: `onet:${code}`,
      labels: { en: distinct([row.get('Title'), ...(reported.get(code) ?? [])], 9) },
      function: functionOf('soc', code, row.get('Title')),
    };
  });
}
