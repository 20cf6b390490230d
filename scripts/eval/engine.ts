import type { TaxonomyOccupation } from '../../functions/src/contract/taxonomy.ts';
import type { Label } from '../../functions/src/domain/matching/best-labels.ts';
import { openConceptGraph } from '../../functions/src/domain/matching/concept-graph.ts';
import { openConceptRanker } from '../../functions/src/domain/matching/concept-ranker.ts';
import { openLexicalRanker, type Ranker } from '../../functions/src/domain/matching/lexical-ranker.ts';
import { openNameRanker } from '../../functions/src/domain/matching/name-ranker.ts';
import { type NamedSkill, openSkillFinder } from '../../functions/src/domain/matching/skill-finder.ts';
import { localEmbedder, openLocalModel } from '../../functions/src/platform/local-embedder.ts';
import { openTaxonomy } from '../../functions/src/platform/taxonomy.ts';

/** What is measured: the matching of functions/src/domain/matching, with the local model and the taxonomy that ship. */
export async function openEngine() {
  const { encode, occupations: vectors } = await openLocalModel();
  const taxonomy = await openTaxonomy();
  const { dimensions, values, ids, rows } = vectors;
  const occupations = await taxonomy.part('occupations');
  const groups = new Map(occupations.map((occupation) => [occupation.id, groupOf(occupation)]));
  const graph = openConceptGraph(
    { dimensions, values },
    ids.map((id) => groups.get(id) ?? ''),
  );
  const vectorOf = (id: string) => {
    const row = rows.get(id);
    return row === undefined ? undefined : values.subarray(row * dimensions, (row + 1) * dimensions);
  };
  const skills = await taxonomy.part('skills');
  const descriptions = new Map((await taxonomy.part('skill-descriptions')).map(({ skill, text }) => [skill, text.en]));
  return {
    label: localEmbedder.label,
    taxonomy: taxonomy.manifest.version,
    occupations,
    groups: await taxonomy.part('groups'),
    /** English skills by preferred name, which is their id here. */
    skills: new Map(
      skills.flatMap(({ labels }, i): [string, NamedSkill][] => {
        const [id] = labels.en ?? [];
        const description = descriptions.get(i);
        return id === undefined ? [] : [[id, { id, names: labels.en ?? [], ...(description && { description }) }]];
      }),
    ),
    lexical: (labels: readonly Label[]): Ranker => openLexicalRanker(labels),
    names: (labels: readonly Label[]): Ranker => openNameRanker(labels, encode, graph),
    concepts: (labels: readonly Label[]): Ranker => openConceptRanker(labels, encode, vectorOf),
    finder: (skills: readonly NamedSkill[]): Ranker => openSkillFinder(skills, encode),
  };
}

// Four digits of ISCO, CBO or SOC; what is our own is filed under ISCO, as ESCO is.
const groupOf = ({ system, group }: TaxonomyOccupation) =>
  `${system === 'own' ? 'esco' : system} ${group.replace(/\D/g, '').slice(0, 4)}`;

export type Engine = Awaited<ReturnType<typeof openEngine>>;
