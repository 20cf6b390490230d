import { Problem } from '../../contract/errors.ts';
import type { EcoId } from '../../contract/ids.ts';
import type { OccupationTemplate } from '../../contract/occupation.ts';
import type { TaxonomyArtifact } from '../../platform/taxonomy.ts';
import type { OccupationOverrides } from '../../stores/occupation-overrides.ts';
import { type Locale, nameOf, occupationsOf } from './occupations.ts';
import { tellCrosswalk } from './tell-crosswalk.ts';
import { speakerOf, templateOf } from './template.ts';

const mostAliases = 50;

/** All that is known of an occupation, the tenant's own word first. @throws Problem `occupation.not_found` */
export async function describeOccupation(
  { taxonomy, occupationOverrides }: { taxonomy: TaxonomyArtifact; occupationOverrides: OccupationOverrides },
  ecoId: EcoId,
  locale: Locale,
) {
  const occupations = await occupationsOf(taxonomy);
  const found = occupations.findById(ecoId);
  if (!found) throw new Problem('occupation.not_found');
  const { occupation } = found;
  const [description, override, crosswalk] = await Promise.all([
    descriptionOf(taxonomy, ecoId, locale),
    occupationOverrides.findById(ecoId),
    tellCrosswalk(taxonomy, ecoId, locale),
  ]);
  const { title, locale: spoken, aliases } = nameOf(occupation, locale);
  return {
    ecoId,
    title,
    locale: spoken,
    description,
    aliases: aliases.slice(0, mostAliases),
    tenantAliases: override?.aliases ?? [],
    industries: override?.industries ?? [],
    group: { scheme: schemes[occupation.system], code: occupation.group },
    template: await templateFor(taxonomy, ecoId, override?.template ?? null),
    crosswalk: crosswalk ?? { isco: [], links: [] },
    taxonomyVersion: occupations.version,
  };
}

const schemes = { cbo: 'cbo', onet: 'soc', esco: 'isco', own: 'isco' } as const;

/** In the occupation's own words, else in those of its ESCO counterpart. */
async function descriptionOf(taxonomy: TaxonomyArtifact, ecoId: EcoId, locale: Locale) {
  const [occupations, descriptions] = await Promise.all([occupationsOf(taxonomy), taxonomy.part('descriptions')]);
  for (const from of [ecoId, (await speakerOf(taxonomy, ecoId))?.from]) {
    const position = from && occupations.findById(from)?.position;
    const told = descriptions.find(({ occupation }) => occupation === position)?.text;
    for (const language of [locale, 'pt', 'en'] as const) {
      const text = told?.[language];
      if (from && text !== undefined) return { text, locale: language, from };
    }
  }
  return null;
}

async function templateFor(taxonomy: TaxonomyArtifact, ecoId: EcoId, own: OccupationTemplate | null) {
  const stated = await templateOf(taxonomy, ecoId, own);
  if (!stated) return null;
  const { required, preferred, years, ...said } = stated;
  return {
    requiredSkills: required.map(({ name }) => name),
    preferredSkills: preferred.map(({ name }) => name),
    ...(years.min !== undefined && { yearsExperienceMin: years.min }),
    ...(years.max !== undefined && { yearsExperienceMax: years.max }),
    ...said,
  };
}
