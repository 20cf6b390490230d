import type { OccupationOverrides } from '../../stores/occupation-overrides.ts';
import { openTitleIndex, type TitleIndex } from './title-index.ts';

const mostIndexes = 50;
// By the digest of what is in them: whoever has the same names may share the index.
const indexes = new Map<string, TitleIndex>();

/** The tenant's own names for occupations, indexed once for as long as they stay the same; undefined when it has none. */
export async function tenantTitlesOf(overrides: OccupationOverrides): Promise<TitleIndex | undefined> {
  const revision = await overrides.revision();
  let titles = indexes.get(revision);
  // Taken out and put back, so that the one asked for longest ago is the first to go.
  indexes.delete(revision);
  if (!titles) {
    const aliases = await overrides.aliases();
    titles = openTitleIndex(aliases.map(({ alias, occupation }) => ({ text: alias, occupation, place: 0 })));
  }
  indexes.set(revision, titles);
  const [oldest] = indexes.keys();
  if (indexes.size > mostIndexes && oldest !== undefined) indexes.delete(oldest);
  return titles.size > 0 ? titles : undefined;
}
