import type { Label } from '../../functions/src/domain/matching/best-labels.ts';
import type { Ranker } from '../../functions/src/domain/matching/lexical-ranker.ts';
import { nameKey } from '../../functions/src/domain/text/tokens.ts';
import type { Engine } from './engine.ts';
import type { Judged } from './judged.ts';
import { averagePrecision, evenly, means, precisionAt, reciprocalRank } from './metrics.ts';

/** How much a title's own score counts beside that of the concept it names. */
const ownWeight = 0.3;

/**
 * Ranks all titles of the corpus for each query: by the titles themselves, or, where the data set tells which concept of the
 * taxonomy each title names, by the concept and .3 of the title itself.
 */
export function measureTitles(judged: Judged, engine: Engine, lexicalOnly: boolean, sample: number) {
  const { documents, relevant } = judged;
  const labels = documents.map(({ id, text }) => ({ text, concept: id }));
  const ranker = lexicalOnly
    ? engine.lexical(labels)
    : judged.conceptOf.size > 0
      ? byConcept(judged, engine, labels)
      : engine.names(labels);
  const keyOf = new Map(documents.map(({ id, text }) => [id, nameKey(text)]));
  const queries = judged.queries.filter(({ id }) => relevant.has(id));
  const rows = evenly(queries, sample).map(({ id, text }) => {
    const right = relevant.get(id) ?? new Set<string>();
    const ranked = ranker.rank(text, documents.length).map(({ concept }) => concept);
    // The query itself, which some corpora hold and few judge to be an answer.
    const isSelf = (one: string) => keyOf.get(one) === nameKey(text);
    const others = new Set([...right].filter((one) => !isSelf(one)));
    return {
      MAP: averagePrecision(ranked, right),
      'MAP, self dropped':
        others.size === 0
          ? undefined
          : averagePrecision(
              ranked.filter((one) => !isSelf(one)),
              others,
            ),
      MRR: reciprocalRank(ranked, right),
      'P@5': precisionAt(5, ranked, right),
      'P@10': precisionAt(10, ranked, right),
    };
  });
  return { queries: rows.length, documents: documents.length, ...means(rows) };
}

function byConcept({ documents, conceptOf }: Judged, engine: Engine, labels: readonly Label[]): Ranker {
  const wanted = new Set(documents.map(({ id }) => conceptOf.get(id) ?? id));
  const known: Label[] = [
    ...engine.occupations.map(({ id, labels: names }) => ({
      concept: id.replace(/^esco:/, 'http://data.europa.eu/esco/occupation/'),
      names: Object.values(names).flat(),
    })),
    ...engine.groups.map(({ scheme, code, labels: names }) => ({
      concept: scheme === 'isco' ? `http://data.europa.eu/esco/isco/C${code}` : '',
      names: Object.values(names),
    })),
  ]
    .filter(({ concept }) => wanted.has(concept))
    .flatMap(({ concept, names }) => names.map((text) => ({ text, concept })));
  const own = documents.map(({ id, text }) => ({ text, concept: conceptOf.get(id) ?? id }));
  const concepts = engine.concepts([...known, ...own]);
  const titles = engine.names(labels);
  return {
    rank(text, limit) {
      const ofConcept = new Map(concepts.rank(text, wanted.size).map(({ concept, score }) => [concept, score]));
      return titles
        .rank(text, labels.length)
        .map((title) => ({
          ...title,
          score: (ofConcept.get(conceptOf.get(title.concept) ?? title.concept) ?? 0) + ownWeight * title.score,
        }))
        .sort((a, b) => b.score - a.score || a.label - b.label)
        .slice(0, limit);
    },
  };
}
