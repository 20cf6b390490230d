import type { Lexicon } from '../../contract/lexicon.ts';
import type { TemplateContent } from '../../contract/title-proposal.ts';
import type { RoleEvidence, RoleSkill, SkillShares } from '../../stores/title-evidence.ts';
import { leastSupport } from '../msgs/no-data.ts';
import { regionBands } from '../msgs/region-bands.ts';
import { labelOf, type MarketLocale } from '../msgs/skill-named.ts';
import { templateConfidence } from '../msgs/template-confidence.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { roleYears } from './level-years.ts';
import { isRequired, type SkillTelling, skillConfidence } from './skill-confidence.ts';

const mostSkills = 25;
/** What an advertisement that prefers a skill weighs beside one that requires it, and beside somebody who has it. */
const preferenceWeight = 0.5;

/**
 * What a role asks for, by its people and advertisements; null with fewer than 5 of both, or when no skill is sure. Skills by
 * confidence; years as quartiles; regions as the market's templates have them, and as sure as those are.
 */
export function proposeTemplate(
  evidence: RoleEvidence,
  shares: SkillShares,
  lexicon: Lexicon,
  locale: MarketLocale,
): { readonly content: TemplateContent; readonly confidence: number } | null {
  const { people, ads, adsWeight, regions } = evidence;
  if (people + ads < leastSupport) return null;
  const recognizer = recognizerOf(lexicon);
  const role = { count: people + ads, weight: people + adsWeight };
  const skills = evidence.skills
    .flatMap((one) => {
      const skill = recognizer.skillById(one.id);
      const telling = tellingOf(one, shares);
      const confidence = skillConfidence(telling, role);
      if (!skill || confidence === null) return [];
      const { required, preferred, people: having } = one;
      const told = { skillId: one.id, label: labelOf(skill, locale), confidence, required, preferred, people: having };
      return [{ told, isRequired: isRequired(telling) }];
    })
    .sort((a, b) => b.told.confidence - a.told.confidence || (a.told.skillId < b.told.skillId ? -1 : 1));
  if (skills.length === 0) return null;
  const ofKind = (wanted: boolean) =>
    skills
      .filter((one) => one.isRequired === wanted)
      .map(({ told }) => told)
      .slice(0, mostSkills);
  const years = roleYears(evidence.years);
  const telling = {
    skills: Math.max(...skills.map(({ told }) => told.required + told.preferred + told.people)),
    years: years?.count ?? 0,
    regions: regions.reduce((sum, one) => sum + one.ads, 0),
  };
  return {
    content: {
      requiredSkills: ofKind(true),
      preferredSkills: ofKind(false),
      years: years && { ...years, p25: tenth(years.p25), p50: tenth(years.p50), p75: tenth(years.p75) },
      regions: regionBands(regions),
      people,
      ads,
    },
    confidence: templateConfidence(telling),
  };
}

function tellingOf(
  { id, people, required, preferred, requiredWeight, preferredWeight }: RoleSkill,
  { count, skills }: SkillShares,
): SkillTelling {
  const weight = people + requiredWeight + preferenceWeight * preferredWeight;
  return { required, preferred, people, weight, share: (skills.get(id) ?? 0) / Math.max(1, count) };
}

const tenth = (value: number) => Math.round(value * 10) / 10;
