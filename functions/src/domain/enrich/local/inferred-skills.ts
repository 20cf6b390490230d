import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { Lexicon, LexiconSkill } from '../../../contract/lexicon.ts';
import type { SourceText } from '../../../contract/quote.ts';
import type { LocalModel } from '../../../platform/local-embedder.ts';
import { dots, largest, stack, type Vectors } from '../../matching/vectors.ts';
import { functionWords } from '../../text/function-words.ts';
import { tokenize } from '../../text/tokens.ts';
import { quote, sure } from './claims.ts';
import type { Passage } from './passages.ts';

type Skill = EnrichedClaims['skills'][number];

interface SkillNames {
  readonly vectors: Vectors;
  readonly names: readonly string[];
  readonly skills: readonly LexiconSkill[];
}

const opened = new WeakMap<Lexicon, WeakMap<LocalModel, SkillNames>>();

/** A clause as near as this to a skill's name means it: chosen on the demo's careers. */
const leastCosine = 0.8;
/** So many clauses are looked at, each about 0.3 ms. */
const mostClauses = 30;
const mostSkills = 10;

/**
 * Skills that clauses of what the person did mean without naming them, by the cosine of the clause with a skill's names. `known` are not
 * told again.
 */
export function inferredSkills(
  { lexicon, localModel }: { lexicon: Lexicon; localModel: LocalModel },
  did: readonly { readonly source: SourceText; readonly passage: Passage }[],
  known: ReadonlySet<string>,
): Skill[] {
  const names = namesOf(lexicon, localModel);
  const found = new Map<string, Skill>();
  let looked = 0;
  for (const { source, passage } of did) {
    for (const clause of clausesOf(passage.text)) {
      if (!localModel.knows(clause) || looked++ >= mostClauses) continue;
      const cosines = dots(names.vectors, localModel.encode(clause), new Float32Array(names.names.length));
      const [best] = largest(cosines, 1);
      const cosine = best === undefined ? 0 : (cosines[best] as number);
      const skill = names.skills[best ?? -1];
      if (
        !skill ||
        cosine < leastCosine ||
        known.has(skill.id) ||
        (found.get(skill.id)?.confidence ?? 0) >= cosine * 0.7
      )
        continue;
      found.set(skill.id, {
        skillId: skill.id,
        name: skill.label,
        basis: 'inferred',
        because: `"${clause.slice(0, 120)}" ~ "${names.names[best ?? -1]}" (${cosine.toFixed(2)})`,
        lastUsed: null,
        confidence: sure(cosine * 0.7),
        evidence: [quote(source, passage.start, passage.end)],
      });
    }
  }
  return [...found.values()].slice(0, mostSkills);
}

/** Clauses of two to six words that carry meaning. */
function clausesOf(text: string): string[] {
  return text
    .split(/[,;:()•·|]|\.\s|\s[-–—]\s|\s(?:and|e|ou|or|para|com|with|using|usando|to|for)\s/i)
    .map((clause) => clause.trim().replace(/[.\s]+$/, ''))
    .filter((clause) => {
      const words = tokenize(clause, 10).filter(({ folded }) => !functionWords.has(folded));
      return words.length >= 2 && words.length <= 6;
    });
}

function namesOf(lexicon: Lexicon, model: LocalModel): SkillNames {
  const models = opened.get(lexicon) ?? new WeakMap<LocalModel, SkillNames>();
  opened.set(lexicon, models);
  let names = models.get(model);
  if (!names) models.set(model, (names = open(lexicon, model)));
  return names;
}

function open({ skills }: Lexicon, { encode }: LocalModel): SkillNames {
  // A name of one word is too near to everything that is about it.
  const rows = skills.flatMap((skill) =>
    [skill.label, skill.labelPt].flatMap((name) => (name?.includes(' ') ? [{ skill, name }] : [])),
  );
  const vectors = stack(
    rows.map(({ name }) => encode(name)),
    rows.length,
    encode('').length,
  );
  return { vectors, names: rows.map(({ name }) => name), skills: rows.map(({ skill }) => skill) };
}
