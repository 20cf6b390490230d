import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type DataFile, DatasetError, fileLike, filesOf, readRows, readText } from './files.ts';

export interface Item {
  readonly id: string;
  readonly text: string;
}

/** Queries, what they are asked of, and which answers are right. */
export interface Judged {
  readonly queries: readonly Item[];
  readonly documents: readonly Item[];
  /** Query -> ids of relevant documents; queries without one are not measured. */
  readonly relevant: ReadonlyMap<string, ReadonlySet<string>>;
  /** Document -> taxonomy concept, where the data set tells. */
  readonly conceptOf: ReadonlyMap<string, string>;
}

/**
 * A folder of queries, corpus and judgements: `queries`, `corpus_elements` or `corpus_documents`, `annotations` or `qrels`, and
 * perhaps `concept_mapping`, each .tsv or .csv or without ending, gzipped or not, with a heading or not; queries and corpus
 * may be folders of one text file for each id.
 */
export function readJudged(folder: string): Judged {
  const queries = items(fileLike(folder, /quer(y|ies)|topics/i, 'queries'));
  const documents = items(fileLike(folder, /corpus|documents|elements/i, 'a corpus'));
  const relevant = judgements(fileLike(folder, /annotation|qrels?|judg/i, 'judgements'));
  const mapping = filesOf(folder).find(({ stem }) => /mapping/i.test(stem));
  const conceptOf = new Map(mapping ? readRows(mapping.path).map(([id = '', concept = '']) => [id, concept]) : []);
  return check(folder, { queries, documents, relevant, conceptOf });
}

/** @throws DatasetError when the judgements name no query or no document that is there */
export function check(folder: string, judged: Judged): Judged {
  const documents = new Set(judged.documents.map(({ id }) => id));
  const judgedQueries = judged.queries.filter(({ id }) => judged.relevant.has(id));
  if (judgedQueries.length === 0)
    throw new DatasetError(`In ${folder} no judgement names one of the ${judged.queries.length} queries by its id.`);
  if (!judgedQueries.some(({ id }) => [...(judged.relevant.get(id) ?? [])].some((found) => documents.has(found)))) {
    throw new DatasetError(`In ${folder} no judgement names one of the ${documents.size} documents by its id.`);
  }
  return judged;
}

function items(file: DataFile): Item[] {
  if (statSync(file.path).isDirectory()) return itemsOfFolder(file.path);
  const rows = withoutHeading(readRows(file.path), /^(.*_)?(id|qid|docid|key)$|^(query|document)$/i);
  return rows.map(([id = '', ...rest]) => ({ id, text: (rest.length > 0 ? rest : [id]).join(' ').trim() }));
}

function itemsOfFolder(folder: string): Item[] {
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
  const [only] = names;
  if (names.length === 1 && only) return items({ stem: only, path: path.join(folder, only) });
  return names.map((name) => ({ id: name.replace(/\.[^.]*$/, ''), text: readText(path.join(folder, name)) }));
}

const withoutHeading = (rows: string[][], heading: RegExp) =>
  heading.test(rows[0]?.[0]?.trim() ?? '') ? rows.slice(1) : rows;

// `query 0 document grade`, `query document grade` or `query document`; grade 0 and less is not relevant.
export function judgements(file: DataFile): Map<string, Set<string>> {
  const relevant = new Map<string, Set<string>>();
  for (const cells of readRows(file.path)) {
    const row = cells.length === 1 ? (cells[0] ?? '').trim().split(/\s+/) : cells.map((cell) => cell.trim());
    const [query = '', document = '', grade = '1'] = row.length >= 4 ? [row[0], row[2], row[3]] : row;
    // A heading's grade is a word.
    if (document === '' || !(Number(grade) > 0)) continue;
    const known = relevant.get(query);
    if (known) known.add(document);
    else relevant.set(query, new Set([document]));
  }
  if (relevant.size === 0)
    throw new DatasetError(`${file.path} judges nothing as relevant; its rows are query, 0, document, grade.`);
  return relevant;
}
