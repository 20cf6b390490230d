import type { Problem } from '../../../src/contract/errors.ts';
import type { EcoId } from '../../../src/contract/ids.ts';
import type { ReviewedEntry } from '../../../src/contract/title-proposal.ts';
import { decide } from '../../../src/domain/titles/review-titles.ts';

const [nurse, dba] = ['own:nurse', 'own:dba'] as EcoId[];
const parts = { tfIdf: 1, trust: 1, editRatio: 1, tokenOverlap: 1, uses: 5, sources: 1, months: 0 };
const proposed = { cluster: 1, confidence: 0.7, status: 'proposed', decidedBy: null, decidedAt: null } as const;
const name = (entryId: string, alias: string, ecoId: EcoId | null = nurse ?? null): ReviewedEntry => ({
  ...proposed,
  entryId,
  kind: 'alias',
  ecoId,
  content: { alias, interval: { low: 0.5, high: 0.9 }, needsReview: false, parts },
});
const under = (entries: readonly ReviewedEntry[], own: readonly { alias: string; occupation: string }[] = []) => ({
  status: 'open' as const,
  entries: new Map(entries.map((entry) => [entry.entryId, entry])),
  aliases: own,
});
const nobody = () => [];
const publish = (...ids: string[]) => ids.map((entryId) => ({ entryId, verdict: 'publish' as const }));
const messagesOf = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return ((error as Problem).details ?? []).map(({ path, message }) => `${path} ${message}`);
  }
};

describe('a name', () => {
  it('that the taxonomy gives to another occupation is not published for this one', () => {
    const state = under([name('c1.a1', 'Guardiã')]);
    expect(messagesOf(() => decide(state, publish('c1.a1'), () => [dba as EcoId]))).toEqual([
      'decisions[0] "Guardiã" names own:dba already, and would name two occupations',
    ]);
    expect(decide(state, publish('c1.a1'), () => [dba as EcoId, nurse as EcoId]).aliases).toHaveLength(1);
  });

  it('is not published twice in one review for two occupations, whatever its case and accents', () => {
    const state = under([name('c1.a1', 'Guardiã'), name('c2.a1', 'GUARDIA', dba)]);
    expect(messagesOf(() => decide(state, publish('c1.a1', 'c2.a1'), nobody))).toEqual([
      'decisions[1] "GUARDIA" names own:nurse already, and would name two occupations',
    ]);
  });

  it('is one of at most twenty of an occupation, as many as eco.override takes', () => {
    const own = Array.from({ length: 19 }, (_, i) => ({ alias: `Nome ${i}`, occupation: 'own:nurse' }));
    const state = under([name('c1.a1', 'Um'), name('c1.a2', 'Outro')], own);
    expect(decide(state, publish('c1.a1'), nobody).aliases).toHaveLength(1);
    expect(messagesOf(() => decide(state, publish('c1.a1', 'c1.a2'), nobody))).toEqual([
      'decisions[1] own:nurse can have 20 names of your own',
    ]);
  });
});
