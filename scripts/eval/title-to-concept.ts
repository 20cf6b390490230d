import type { Label } from '../../functions/src/domain/matching/best-labels.ts';
import type { Engine } from './engine.ts';
import { DatasetError, filesOf, readRows } from './files.ts';
import { accuracyAt, evenly, means, reciprocalRank } from './metrics.ts';

const escoUri = /^https?:\/\/data\.europa\.eu\/esco\/occupation\//;

/** Titles with the one ESCO occupation somebody gave each. */
export interface TitledConcepts {
  readonly name: string;
  readonly titles: readonly { readonly text: string; readonly uri: string }[];
}

/** Every table of a folder that has a column of ESCO occupation URIs; the title is the longest other text. */
export function readTitledConcepts(folder: string): TitledConcepts[] {
  const sets = filesOf(folder)
    .filter(({ stem }) => !/^train/i.test(stem))
    .flatMap(({ stem, path }) => {
      const rows = readRows(path);
      const column = (rows[1] ?? []).findIndex((cell) => escoUri.test(cell.trim()));
      if (column < 0) return [];
      const title = titleColumn(rows[0] ?? [], rows[1] ?? [], column);
      const titles = rows
        .filter((row) => escoUri.test(row[column]?.trim() ?? '') && (row[title] ?? '').trim() !== '')
        .map((row) => ({ text: (row[title] ?? '').trim(), uri: (row[column] ?? '').trim() }));
      return [{ name: stem, titles }];
    });
  if (sets.length === 0)
    throw new DatasetError(`${folder} has no table with a title and the URI of an ESCO occupation in each row.`);
  return sets;
}

function titleColumn(heading: readonly string[], row: readonly string[], uri: number): number {
  const named = heading.findIndex((cell, i) => i !== uri && /title|text|query|name/i.test(cell));
  if (named >= 0) return named;
  return row.reduce(
    (best, cell, i) => (i !== uri && (best < 0 || cell.length > (row[best]?.length ?? 0)) ? i : best),
    -1,
  );
}

/** Finds the occupation of each title among all of ESCO; `sample` takes that many, evenly spread. */
export function measureTitleToConcept({ titles }: TitledConcepts, engine: Engine, sample: number) {
  const labels: Label[] = engine.occupations.flatMap(({ id, labels: byLanguage }) =>
    Object.values(byLanguage).flatMap((names) => names.map((text) => ({ text, concept: id }))),
  );
  const esco = labels.filter(({ concept }) => concept.startsWith('esco:'));
  const ranker = engine.concepts(esco);
  const rows = evenly(titles, sample).map(({ text, uri }) => {
    const right = new Set([uri.replace(escoUri, 'esco:')]);
    const ranked = ranker.rank(text, 10).map(({ concept }) => concept);
    return {
      'acc@1': accuracyAt(1, ranked, right),
      'acc@5': accuracyAt(5, ranked, right),
      'MRR@10': reciprocalRank(ranked, right),
    };
  });
  return { queries: rows.length, documents: new Set(esco.map(({ concept }) => concept)).size, ...means(rows) };
}
