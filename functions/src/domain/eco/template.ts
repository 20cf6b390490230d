import type { EcoId } from '../../contract/ids.ts';
import type { OccupationTemplate } from '../../contract/occupation.ts';
import type { TaxonomyArtifact } from '../../platform/taxonomy.ts';
import { crosswalkOf } from './crosswalk.ts';
import { occupationsOf } from './occupations.ts';

/** A skill that an occupation is said to ask for; without an id in a tenant's own words. */
export interface StatedSkill {
  /** The taxonomy's, such as `esco-skill:<uuid>`. */
  readonly id: string | null;
  /** ESCO's are in English. */
  readonly name: string;
}

/** What an occupation asks for, and who says so: the tenant, or ESCO of `from`, the occupation itself or its counterpart. */
export interface StatedTemplate {
  readonly source: 'tenant' | 'esco';
  readonly from: EcoId;
  /** 0..1, of the link to `from`. */
  readonly confidence: number;
  readonly required: readonly StatedSkill[];
  readonly preferred: readonly StatedSkill[];
  /** Only a tenant says any. */
  readonly years: { readonly min: number | undefined; readonly max: number | undefined };
}

/** A counterpart less sure than this does not speak for the occupation. */
const leastConfidence = 0.65;
const mostSkills = 30;

/**
 * The tenant's own template where it has one, and then nothing else; else ESCO's essential and optional skills of the
 * occupation or of its surest counterpart there. Undefined when none is sure.
 */
export async function templateOf(
  taxonomy: TaxonomyArtifact,
  ecoId: EcoId,
  own: OccupationTemplate | null,
): Promise<StatedTemplate | undefined> {
  if (own) return ofTenant(ecoId, own);
  const [occupations, requirements, skills] = await Promise.all([
    occupationsOf(taxonomy),
    taxonomy.part('requirements'),
    taxonomy.part('skills'),
  ]);
  const source = await speakerOf(taxonomy, ecoId);
  const position = source && occupations.findById(source.from)?.position;
  const asked = requirements.find(({ occupation }) => occupation === position);
  if (!source || !asked) return undefined;
  const named = (positions: readonly number[]) =>
    positions.slice(0, mostSkills).flatMap((position) => {
      const { id, labels } = skills[position] ?? {};
      const [name] = labels?.en ?? [];
      return id === undefined || name === undefined ? [] : [{ id, name }];
    });
  return {
    source: 'esco',
    ...source,
    required: named(asked.essential),
    preferred: named(asked.optional),
    years: { min: undefined, max: undefined },
  };
}

function ofTenant(ecoId: EcoId, own: OccupationTemplate): StatedTemplate {
  const named = (names: readonly string[]) => names.map((name) => ({ id: null, name }));
  return {
    source: 'tenant',
    from: ecoId,
    confidence: 1,
    required: named(own.requiredSkills),
    preferred: named(own.preferredSkills),
    years: { min: own.yearsExperienceMin, max: own.yearsExperienceMax },
  };
}

/** The ESCO occupation that may speak for another: itself, or its surest counterpart; undefined when none is sure enough. */
export async function speakerOf(
  taxonomy: TaxonomyArtifact,
  ecoId: EcoId,
): Promise<Pick<StatedTemplate, 'from' | 'confidence'> | undefined> {
  if (ecoId.startsWith('esco:')) return { from: ecoId, confidence: 1 };
  const links = (await crosswalkOf(taxonomy, ecoId))?.links ?? [];
  const best = links.find(({ to, through }) => to.startsWith('esco:') && through === null);
  return best && best.confidence >= leastConfidence ? { from: best.to, confidence: best.confidence } : undefined;
}
