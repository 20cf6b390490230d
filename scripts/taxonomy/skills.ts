import type {
  TaxonomyRequirement,
  TaxonomySkill,
  TaxonomySkillDescription,
  TaxonomySkillType,
} from '../../functions/src/contract/taxonomy.ts';
import { byCode, fold, slug } from '../lexicon/names.ts';
import { readTable } from '../lexicon/tables.ts';
import { distinct, oneLine, spoken } from './labels.ts';
import { escoId } from './occupations.ts';

interface Skills {
  readonly skills: TaxonomySkill[];
  readonly descriptions: TaxonomySkillDescription[];
  readonly requirements: TaxonomyRequirement[];
}

interface Draft {
  id: string;
  type: TaxonomySkillType;
  en: string[];
  es: string[];
  description: { en: string; es: string };
}

// Each holds the preferred and alternative names of some of ESCO's skills in Spanish too.
const collections = ['digital', 'green', 'language', 'research', 'transversal'] as const;

const skillId = (uri: string) => `esco-skill:${uri.slice(uri.lastIndexOf('/') + 1)}`;

const typeOf = (named: string): TaxonomySkillType =>
  named === 'knowledge' ? 'knowledge' : named.startsWith('skill') ? 'skill' : 'unknown';

/** ESCO's skills, and which occupation asks for which. @param positions of occupations by id */
export function readSkills(from: string, positions: ReadonlyMap<string, number>): Skills {
  const folder = `${from}/taxonomies/esco_1_2_0`;
  const drafts = readDrafts(from, folder);
  const byLabel = new Map<string, Draft>();
  for (const draft of drafts.values()) {
    const key = fold(draft.en[0] ?? '');
    if (!byLabel.has(key)) byLabel.set(key, draft);
  }
  const relations = readTable(`${folder}/occupation_skill_relations_en.tsv.gz`);
  for (const row of relations) {
    const label = row.get('skill_label');
    if (byLabel.has(fold(label))) continue;
    const draft: Draft = {
      id: `esco-skill:${slug(label)}`,
      type: 'unknown',
      en: [label],
      es: [],
      description: { en: '', es: '' },
    };
    byLabel.set(fold(label), draft);
    drafts.set(draft.id, draft);
  }
  const ordered = [...drafts.values()].sort((a, b) => byCode(a.id, b.id));
  const place = new Map(ordered.map((draft, index) => [draft, index]));
  const required = new Map<number, { essential: Set<number>; optional: Set<number> }>();
  for (const row of relations) {
    const occupation = positions.get(escoId(row.get('occupation_uri')));
    const skill = place.get(byLabel.get(fold(row.get('skill_label'))) as Draft);
    if (occupation === undefined || skill === undefined) continue;
    let asked = required.get(occupation);
    if (!asked) required.set(occupation, (asked = { essential: new Set(), optional: new Set() }));
    asked[row.get('relation') === 'essential' ? 'essential' : 'optional'].add(skill);
  }
  const ascending = (positions: Iterable<number>) => [...positions].sort((a, b) => a - b);
  return {
    skills: ordered.map(({ id, type, en, es }) => ({
      id,
      type,
      labels: spoken({ en: distinct(en), es: distinct(es) }),
    })),
    descriptions: ordered.flatMap(({ description }, skill) => {
      const text = spoken(description);
      return Object.keys(text).length === 0 ? [] : [{ skill, text }];
    }),
    requirements: ascending(required.keys()).map((occupation) => {
      const { essential, optional } = required.get(occupation) ?? { essential: new Set(), optional: new Set<number>() };
      return { occupation, essential: ascending(essential), optional: ascending(optional.difference(essential)) };
    }),
  };
}

function readDrafts(from: string, folder: string): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const row of readTable(`${from}/skills/esco_skills_merged_en.tsv.gz`)) {
    const id = skillId(row.get('uri'));
    drafts.set(id, {
      id,
      type: typeOf(row.get('skill_type')),
      en: [row.get('label_en'), ...row.list('alt_labels_en(|)')],
      es: [],
      description: { en: oneLine(row.get('description')), es: '' },
    });
  }
  for (const collection of collections) {
    for (const language of ['en', 'es'] as const) {
      for (const row of readTable(`${folder}/${collection}SkillsCollection_${language}.csv.gz`)) {
        const draft = drafts.get(skillId(row.get('conceptUri')));
        if (!draft) continue;
        const names = [row.get('preferredLabel'), ...row.list('altLabels', / \| |\n/)];
        if (language === 'es') draft.es.push(...names);
        else draft.en = [...names, ...draft.en];
        draft.description[language] ||= oneLine(row.get('description'));
        draft.type =
          collection === 'language' ? 'language' : draft.type === 'unknown' ? typeOf(row.get('skillType')) : draft.type;
      }
    }
  }
  return drafts;
}
