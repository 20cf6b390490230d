import type { NamedSkill } from '../../functions/src/domain/matching/skill-finder.ts';
import type { Engine } from './engine.ts';
import { evenly, means, reciprocalRank, rPrecisionAt } from './metrics.ts';
import type { Sentences } from './sentences.ts';

/** Ranks all skills for each sentence; a skill is its English preferred name. `sample` takes that many sentences, evenly spread. */
export function measureSkills({ sentences }: Sentences, skills: readonly NamedSkill[], engine: Engine, sample: number) {
  const finder = engine.finder(skills);
  const known = new Set(skills.map(({ id }) => id));
  const rows = evenly([...sentences], sample).map(([sentence, asked]) => {
    // What the taxonomy does not have cannot be found; it counts as missed, so that no set is made easier.
    const ranked = finder.rank(sentence, 50).map(({ concept }) => concept);
    return {
      'RP@5': rPrecisionAt(5, ranked, asked),
      'RP@10': rPrecisionAt(10, ranked, asked),
      MRR: reciprocalRank(ranked, asked),
    };
  });
  const unknown = new Set([...sentences.values()].flatMap((asked) => [...asked].filter((one) => !known.has(one))));
  return { queries: rows.length, documents: skills.length, unknown: unknown.size, ...means(rows) };
}
