import type { Tools } from '../../context.ts';
import type { EnrichedProfile } from '../../contract/enriched-profile.ts';
import type { LanguageModel } from '../../contract/language-model.ts';
import { occupationsOf } from '../eco/occupations.ts';
import { minimiseSources } from '../models/minimise.ts';
import { withinBudget } from '../models/within-budget.ts';
import { claimsIn } from './claims-in.ts';
import { finishProfile } from './finish-profile.ts';
import { claimsOf } from './hosted/claims-of.ts';
import { keepTold } from './hosted/keep-told.ts';
import { ModelClaims } from './hosted/model-claims.ts';
import { nameSources, promptOf, promptVersion } from './hosted/prompt.ts';
import { JobError } from './job-failure.ts';
import { keepSupported, type SupportedClaims } from './keep-supported.ts';
import { analyzeLocally, localRulesVersion } from './local/analyze-locally.ts';
import { type AnalystTools, readingOf } from './local/reading.ts';
import { type ReadableSources, readableSourcesOf } from './readable-sources.ts';
import type { Person } from './work-job.ts';

export const analystNeeds = [
  'lexicon',
  'taxonomy',
  'localModel',
  'languageModels',
  'budgets',
] as const satisfies readonly (keyof Tools)[];
export type AnalystContext = Pick<Tools, (typeof analystNeeds)[number]>;

export interface Analyst {
  /** Provider, model and version: another one whenever it may say something else of the same person. */
  readonly label: string;
  /** @throws JobError, ModelFailure, Problem `budget.exhausted` */
  analyze(person: Person, signal: AbortSignal): Promise<EnrichedProfile>;
}

type Provenance = Pick<EnrichedProfile['provenance'], 'provider' | 'model' | 'promptVersion'>;
interface Read extends SupportedClaims {
  readonly costMicros: number;
}
interface Reader extends Provenance {
  read(person: Person, sources: ReadableSources['sources'], now: Date, signal: AbortSignal): Promise<Read>;
}

/** Who reads people here: the first hosted model that is configured, else the local rules. Neither stands in for the other. */
export function analystOf(ctx: AnalystContext): Analyst {
  const [model] = ctx.languageModels.chain;
  const reader = model ? hosted(ctx, model) : local(ctx);
  const { provider, model: name, promptVersion } = reader;
  return {
    label: `${provider}/${name}/${promptVersion}`,
    async analyze(person, signal) {
      const { candidate, documents, contentHash } = person;
      const { sources, flags } = readableSourcesOf(candidate.profile, documents);
      const now = new Date();
      const { costMicros, ...supported } = await reader.read(person, sources, now, signal);
      const provenance = { provider, model: name, promptVersion, contentHash, costMicros };
      return finishProfile(supported, sources, flags, { ...provenance, analyzedAt: now.toISOString() });
    },
  };
}

const toolsOf = async ({ lexicon, taxonomy, localModel }: AnalystContext): Promise<AnalystTools> => ({
  lexicon,
  localModel,
  occupations: await occupationsOf(taxonomy),
});

const local = (ctx: AnalystContext): Reader => ({
  provider: 'local',
  model: 'rules',
  promptVersion: localRulesVersion,
  async read(_, sources, now) {
    return { ...keepSupported(analyzeLocally(await toolsOf(ctx), { sources }, now), sources), costMicros: 0 };
  },
});

const hosted = (ctx: AnalystContext, model: LanguageModel): Reader => ({
  ...model.label,
  promptVersion,
  async read({ candidate: { profile } }, sources, _, signal) {
    // The name is in a field of its own, and left out of every other.
    const others = sources.filter(({ source }) => !('field' in source && source.field === 'fullName'));
    const named = nameSources(others, minimiseSources(others, profile));
    const answer = await withinBudget(ctx.budgets, model, promptOf(named), { shape: ModelClaims, signal });
    const claims = claimsOf(answer.value, named, readingOf(await toolsOf(ctx)));
    const supported = keepTold(keepSupported(claims, sources));
    if (supported.unsupported > claimsIn(supported.claims).length)
      throw new JobError({
        category: 'provider_answer',
        message: 'Most of what the model said stands nowhere in the texts of this person.',
        isRetryable: true,
      });
    return { ...supported, costMicros: answer.usage.costMicros };
  },
});
