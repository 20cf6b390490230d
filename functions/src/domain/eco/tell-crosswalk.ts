import type { EcoId } from '../../contract/ids.ts';
import type { CrosswalkMethod, TaxonomyGroup } from '../../contract/taxonomy.ts';
import type { TaxonomyArtifact } from '../../platform/taxonomy.ts';
import { crosswalkOf } from './crosswalk.ts';
import { type Locale, nameOf, occupationsOf } from './occupations.ts';

const ourOwn = 'Headhunter';
const sources: Readonly<Record<CrosswalkMethod, string>> = {
  official: 'ESCO-O*NET crosswalk, 2022-09',
  curated: ourOwn,
  'via-isco': ourOwn,
  lexical: ourOwn,
};

/** The crosswalk of an occupation in words; undefined for an id there is not. */
export async function tellCrosswalk(taxonomy: TaxonomyArtifact, ecoId: EcoId, locale: Locale) {
  const [occupations, groups, crosswalk] = await Promise.all([
    occupationsOf(taxonomy),
    taxonomy.part('groups'),
    crosswalkOf(taxonomy, ecoId),
  ]);
  if (!crosswalk) return undefined;
  const titleOf = (id: EcoId) => {
    const found = occupations.findById(id);
    return found ? nameOf(found.occupation, locale).title : id;
  };
  return {
    isco: crosswalk.isco.map((link) => ({
      ...link,
      title: groupTitle(groups, link.code, locale),
      source: link.method === 'official' && ecoId.startsWith('esco:') ? 'ESCO 1.2.0' : sources[link.method],
    })),
    links: crosswalk.links.map((link) => ({ ...link, title: titleOf(link.to), source: sources[link.method] })),
  };
}

function groupTitle(groups: readonly TaxonomyGroup[], code: string, locale: Locale): string {
  const labels = groups.find((group) => group.scheme === 'isco' && group.code === code)?.labels;
  return (locale === 'en' ? labels?.en : labels?.pt) ?? labels?.en ?? code;
}
