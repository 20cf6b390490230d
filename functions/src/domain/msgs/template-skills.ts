import type { Lexicon, LexiconSkill } from '../../contract/lexicon.ts';
import type { OccupationPool } from '../../stores/market.ts';
import type { StatedTemplate } from '../eco/template.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { labelOf, type MarketLocale } from './skill-named.ts';

/** A skill of a role, and who asks for it. */
export interface TemplateSkill {
  /** The lexicon's; `esco-skill:...` of what only the taxonomy knows; null of a tenant's words that neither knows. */
  readonly skillId: string | null;
  readonly label: string;
  /** Share of the advertisements that ask for it, and their number; null when advertisements are not among its sources. */
  readonly importance: number | null;
  readonly support: number | null;
  readonly source: ('postings' | 'taxonomy' | 'tenant')[];
}

/** Share of the advertisements that ask for a skill, from which on a role requires or prefers it. */
const requiredShare = 0.35;
const preferredShare = 0.1;
const leastAsking = 2;
const mostAsked = 25;

interface Placed {
  readonly isRequired: boolean;
  readonly told: TemplateSkill;
}

/**
 * What advertisements ask for, the most asked for first, then what is only stated, in the order it is. A skill is required when 35 % of
 * the advertisements ask for it, at least half of them as a requirement, and preferred from 10 %; of what they do not tell, or
 * where the tenant itself says, it is what was stated. At most 75 of each: 25 of the asked for, and all that are stated.
 */
export function templateSkills(
  lexicon: Lexicon,
  { pool, stated }: { pool: OccupationPool | undefined; stated: StatedTemplate | undefined },
  locale: MarketLocale,
): { required: TemplateSkill[]; preferred: TemplateSkill[] } {
  const placed = new Map<string, Placed>();
  for (const skill of pool ? askedFor(lexicon, pool, locale) : []) placed.set(keyOf(skill), skill);
  for (const skill of stated ? statedBy(lexicon, stated, locale) : []) {
    const before = placed.get(keyOf(skill));
    placed.set(keyOf(skill), before ? joined(before, skill) : skill);
  }
  return { required: ofKind([...placed.values()], true), preferred: ofKind([...placed.values()], false) };
}

const keyOf = ({ told }: Placed) => told.skillId ?? told.label;

/** A skill met before, and its next source; named twice by the same it stays where it was first. */
function joined(before: Placed, next: Placed): Placed {
  const added = next.told.source.filter((source) => !before.told.source.includes(source));
  return {
    isRequired: added.includes('tenant') ? next.isRequired : before.isRequired,
    told: { ...before.told, source: [...before.told.source, ...added] },
  };
}

function ofKind(placed: readonly Placed[], wanted: boolean): TemplateSkill[] {
  const skills = placed.filter(({ isRequired }) => isRequired === wanted).map(({ told }) => told);
  const asked = skills.filter(({ support }) => support !== null);
  const stated = skills.filter(({ support }) => support === null);
  return [...asked.filter(({ source }, place) => place < mostAsked || source.length > 1), ...stated];
}

function askedFor(lexicon: Lexicon, { skills, coverage }: OccupationPool, locale: MarketLocale): Placed[] {
  const recognizer = recognizerOf(lexicon);
  return skills
    .map(({ id, required, preferred }) => ({ id, support: required + preferred, mostRequire: required >= preferred }))
    .toSorted((a, b) => b.support - a.support || (a.id < b.id ? -1 : 1))
    .flatMap(({ id, support, mostRequire }) => {
      const skill = recognizer.skillById(id);
      const share = support / coverage.ads;
      if (!skill || support < leastAsking || share < preferredShare) return [];
      const importance = Math.round(share * 1e3) / 1e3;
      const told = { skillId: id, label: labelOf(skill, locale), importance, support, source: ['postings' as const] };
      return [{ isRequired: share >= requiredShare && mostRequire, told }];
    });
}

function statedBy(lexicon: Lexicon, { source, required, preferred }: StatedTemplate, locale: MarketLocale): Placed[] {
  const recognizer = recognizerOf(lexicon);
  const ofEsco = escoSkills(lexicon);
  const from = source === 'tenant' ? ('tenant' as const) : ('taxonomy' as const);
  return [...required, ...preferred].map(({ id, name }, place) => {
    const known = (id === null ? undefined : ofEsco.get(id)) ?? recognizer.skillNamed(name);
    const label = known ? labelOf(known, locale) : name;
    const told = { skillId: known?.id ?? id, label, importance: null, support: null, source: [from] };
    return { isRequired: place < required.length, told };
  });
}

const byEscoId = new WeakMap<Lexicon, ReadonlyMap<string, LexiconSkill>>();

/** The lexicon's skills by the taxonomy's ids of the same. */
function escoSkills(lexicon: Lexicon): ReadonlyMap<string, LexiconSkill> {
  let skills = byEscoId.get(lexicon);
  if (!skills) {
    skills = new Map(
      lexicon.skills.flatMap((skill) =>
        (skill.sources?.esco ?? []).map((uuid) => [`esco-skill:${uuid}`, skill] as const),
      ),
    );
    byEscoId.set(lexicon, skills);
  }
  return skills;
}
