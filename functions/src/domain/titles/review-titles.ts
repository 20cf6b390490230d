import type { Context } from '../../context.ts';
import { type Detail, Problem } from '../../contract/errors.ts';
import type { EcoId } from '../../contract/ids.ts';
import { mostAliasesOfOccupation } from '../../contract/occupation.ts';
import { type ProposalId, publishedTemplate, type ReviewedEntry } from '../../contract/title-proposal.ts';
import type { ReviewOutcome, UnderReview } from '../../stores/title-proposals.ts';
import { occupationsOf } from '../eco/occupations.ts';
import { nameKey } from '../text/tokens.ts';
import { namedBy } from './cluster-occupation.ts';
import { defaultParameters } from './parameters.ts';

export interface Decision {
  readonly entryId: string;
  readonly verdict: 'publish' | 'reject';
  /** In place of the occupation proposed. */
  readonly ecoId?: EcoId | undefined;
}

/**
 * Publishes and rejects entries of an open proposal, all or none. A name is published for one occupation only.
 * @throws Problem proposal.not_found, proposal.superseded, proposal.entry_decided, proposal.not_publishable, occupation.not_found,
 * occupation.aliases_full
 */
export async function reviewTitles(
  ctx: Context<'titleProposals' | 'taxonomy'>,
  proposalId: ProposalId,
  decisions: readonly Decision[],
): Promise<ReviewOutcome> {
  const occupations = await occupationsOf(ctx.taxonomy);
  for (const [i, { ecoId }] of decisions.entries()) {
    if (ecoId && !occupations.findById(ecoId))
      throw new Problem('occupation.not_found', [{ path: `decisions[${i}].ecoId`, message: 'is no occupation' }]);
  }
  // Opens the index, which takes seconds at the first call; reviews stand in line.
  const taxonomyNames = namedBy({ occupations, own: undefined }, defaultParameters);
  let outcome: ReviewOutcome | undefined;
  const isKnown = await ctx.titleProposals.review(
    proposalId,
    decisions.map(({ entryId }) => entryId),
    (found) => (outcome = decide(found, decisions, taxonomyNames)),
    { actor: ctx.caller.actor, now: ctx.now },
  );
  if (!isKnown || !outcome)
    throw new Problem('proposal.not_found', [{ path: 'proposalId', message: 'is no proposal of your organisation' }]);
  return outcome;
}

/** What the decisions come to; `namedBy` the occupations that the taxonomy calls by a name. */
export function decide(
  { status, entries, aliases: own }: UnderReview,
  decisions: readonly Decision[],
  namedBy: (alias: string) => readonly EcoId[],
): ReviewOutcome {
  if (status !== 'open') throw new Problem('proposal.superseded');
  const found = decisions.map(({ entryId }) => entries.get(entryId));
  refuse('proposal.not_found', found, (entry) => (entry ? undefined : 'is no entry of this proposal'));
  refuse('proposal.entry_decided', found, (entry) =>
    entry?.status === 'proposed' ? undefined : `was ${entry?.status} already`,
  );
  const published = decisions.flatMap(({ verdict, ecoId }, i) => {
    const entry = found[i];
    return entry && verdict === 'publish' ? [{ i, entry, ecoId: ecoId ?? entry.ecoId }] : [];
  });
  const holders = new Map(own.map(({ alias, occupation }) => [nameKey(alias), occupation]));
  const counts = new Map<string, number>();
  for (const { occupation } of own) counts.set(occupation, (counts.get(occupation) ?? 0) + 1);
  const templated = new Set<string>();
  const reasons: Detail[] = [];
  const outcome: { aliases: ReviewOutcome['aliases'][number][]; templates: ReviewOutcome['templates'][number][] } = {
    aliases: [],
    templates: [],
  };
  for (const { i, entry, ecoId } of published) {
    const complain = (message: string) => reasons.push({ path: `decisions[${i}]`, message });
    const { entryId } = entry;
    if (!ecoId) complain('is proposed for no occupation: name one with ecoId');
    else if (entry.kind === 'template') {
      if (templated.has(ecoId)) complain(`${ecoId} would get two templates`);
      templated.add(ecoId);
      outcome.templates.push({ entryId, ecoId, template: publishedTemplate(entry.content) });
    } else {
      const { alias } = entry.content;
      const holder = holders.get(nameKey(alias)) ?? otherThan(ecoId, namedBy(alias));
      if (holder && holder !== ecoId) complain(`"${alias}" names ${holder} already, and would name two occupations`);
      holders.set(nameKey(alias), ecoId);
      counts.set(ecoId, (counts.get(ecoId) ?? 0) + 1);
      if ((counts.get(ecoId) ?? 0) > mostAliasesOfOccupation)
        complain(`${ecoId} can have ${mostAliasesOfOccupation} names of your own`);
      outcome.aliases.push({ entryId, ecoId, alias });
    }
  }
  if (reasons.length > 0) throw new Problem('proposal.not_publishable', reasons);
  return {
    ...outcome,
    rejected: decisions.filter(({ verdict }) => verdict === 'reject').map(({ entryId }) => entryId),
  };
}

/** Whom a name belongs to if not to this occupation. */
const otherThan = (ecoId: EcoId, named: readonly EcoId[]) => (named.includes(ecoId) ? undefined : named[0]);

function refuse(
  code: 'proposal.not_found' | 'proposal.entry_decided',
  found: readonly (ReviewedEntry | undefined)[],
  fault: (entry: ReviewedEntry | undefined) => string | undefined,
): void {
  const details = found.flatMap((entry, i) => {
    const message = fault(entry);
    return message === undefined ? [] : [{ path: `decisions[${i}].entryId`, message }];
  });
  if (details.length > 0) throw new Problem(code, details);
}
