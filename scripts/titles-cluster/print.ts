import type { ProposedEntry } from '../../functions/src/contract/title-proposal.ts';
import type { ProposalDraft } from '../../functions/src/domain/titles/draft-proposal.ts';
import { bold, table } from '../lib/terminal.ts';

const shortened = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
const told = (value: number | null) => value ?? '';

/** The proposal as tables: clusters, names, templates; then how well it went. */
export function printProposal({ madeFrom, clusters, entries }: ProposalDraft): void {
  const { counts, quality, model, taxonomyVersion, advice } = madeFrom;
  console.log(bold('\nClusters'));
  console.log(
    table(
      ['', 'category', 'representative', 'uses', 'titles', 'silhouette', 'occupation', 'sure', 'members'],
      clusters.map(({ cluster, category, representative, uses, titleCount, silhouette, occupation, titles }) => [
        cluster,
        category,
        shortened(representative, 36),
        uses,
        titleCount,
        told(silhouette),
        occupation ? `${shortened(occupation.title, 32)} ${shortened(occupation.ecoId, 28)}` : '-',
        told(occupation?.confidence ?? null),
        shortened(titles.map(({ title }) => title).join(' | '), 100),
      ]),
    ),
  );
  const aliases = entries.filter((one) => one.kind === 'alias');
  if (aliases.length > 0) {
    console.log(bold('\nNames'));
    console.log(
      table(
        ['entry', 'name', 'for', 'confidence', '95 %', 'uses', ''],
        aliases.map(({ entryId, ecoId, confidence, content }) => [
          entryId,
          shortened(content.alias, 40),
          shortened(ecoId ?? '-', 28),
          confidence,
          `${content.interval.low}-${content.interval.high}`,
          content.parts.uses,
          content.needsReview ? 'look twice' : '',
        ]),
      ),
    );
  }
  printTemplates(entries);
  console.log(
    `\n${counts.clusters} clusters of ${counts.clustered} titles (${counts.noise} in none; ${counts.titles} titles, ${counts.uses} uses in all)`,
  );
  console.log(
    `silhouette ${told(quality.silhouette)}, Davies-Bouldin ${told(quality.daviesBouldin)}, mean confidence of names ${told(quality.aliasConfidence)}`,
  );
  console.log(`model ${model.provider}/${model.model}, ${model.dimensions} dimensions; taxonomy ${taxonomyVersion}`);
  for (const line of advice) console.log(`advice: ${line}`);
}

function printTemplates(entries: readonly ProposedEntry[]): void {
  const templates = entries.filter((one) => one.kind === 'template');
  if (templates.length === 0) return;
  const names = (skills: readonly { readonly label: string; readonly confidence: number }[]) =>
    shortened(skills.map(({ label, confidence }) => `${label} ${confidence}`).join(', ') || '-', 90);
  console.log(bold('\nTemplates'));
  console.log(
    table(
      ['entry', 'for', 'sure', 'people', 'ads', 'years', 'required', 'preferred'],
      templates.map(({ entryId, ecoId, confidence, content }) => [
        entryId,
        shortened(ecoId ?? '-', 28),
        confidence,
        content.people,
        content.ads,
        content.years ? `${content.years.p25}-${content.years.p50}-${content.years.p75}` : '-',
        names(content.requiredSkills),
        names(content.preferredSkills),
      ]),
    ),
  );
}
