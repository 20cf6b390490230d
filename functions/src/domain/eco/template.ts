import type { EcoId } from '../../contract/ids.ts';
import type { OccupationTemplate } from '../../contract/occupation.ts';
import type { TaxonomyArtifact } from '../../platform/taxonomy.ts';
import { crosswalkOf } from './crosswalk.ts';
import { occupationsOf } from './occupations.ts';

/** What an occupation asks for, and who says so: `from` the ESCO occupation, itself or its counterpart. */
export interface DerivedTemplate {
  readonly template: OccupationTemplate;
  readonly from: EcoId;
  readonly confidence: number;
}

/** A counterpart less sure than this does not speak for the occupation. */
const leastConfidence = 0.65;
const mostSkills = 30;

/** ESCO's essential and optional skills, in English, of the occupation or of its surest counterpart there; undefined when none is sure. */
export async function templateOf(taxonomy: TaxonomyArtifact, ecoId: EcoId): Promise<DerivedTemplate | undefined> {
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
    positions.slice(0, mostSkills).flatMap((skill) => skills[skill]?.labels.en?.[0] ?? []);
  return {
    ...source,
    template: { requiredSkills: named(asked.essential), preferredSkills: named(asked.optional) },
  };
}

/** The ESCO occupation that may speak for another: itself, or its surest counterpart; undefined when none is sure enough. */
export async function speakerOf(
  taxonomy: TaxonomyArtifact,
  ecoId: EcoId,
): Promise<Pick<DerivedTemplate, 'from' | 'confidence'> | undefined> {
  if (ecoId.startsWith('esco:')) return { from: ecoId, confidence: 1 };
  const links = (await crosswalkOf(taxonomy, ecoId))?.links ?? [];
  const best = links.find(({ to, through }) => to.startsWith('esco:') && through === null);
  return best && best.confidence >= leastConfidence ? { from: best.to, confidence: best.confidence } : undefined;
}
