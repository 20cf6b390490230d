import type { EnrichedClaims } from '../../../src/contract/enriched-profile.ts';
import { occupationsOf } from '../../../src/domain/eco/occupations.ts';
import { analyzeLocally } from '../../../src/domain/enrich/local/analyze-locally.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';
import { openLocalModel } from '../../../src/platform/local-embedder.ts';
import { openTaxonomy } from '../../../src/platform/taxonomy.ts';

export const today = new Date('2026-09-15T12:00:00Z');

/** The local analyst with the taxonomies that ship, reading one document on a fixed day. */
export async function openAnalyst(): Promise<(text: string) => EnrichedClaims> {
  const taxonomy = await openTaxonomy();
  const [lexicon, occupations, localModel] = await Promise.all([
    openLexicon(),
    occupationsOf(taxonomy),
    openLocalModel(),
  ]);
  const tools = { lexicon, occupations, localModel };
  return (text) => analyzeLocally(tools, { sources: [{ source: { documentId: 'resume' }, text }] }, today);
}

export const nothingSaid: EnrichedClaims = {
  personal: { name: null, headline: null, city: null, region: null, country: null },
  jobs: [],
  skills: [],
  education: [],
  certifications: [],
  languages: [],
  seniority: null,
  functions: [],
  leadership: null,
  achievements: [],
  companies: [],
  mobility: [],
  compensation: [],
  culture: [],
  summary: null,
};
