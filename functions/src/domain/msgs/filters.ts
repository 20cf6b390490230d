import type { Seniority } from '../../contract/candidate.ts';
import { Problem } from '../../contract/errors.ts';
import type { Lexicon } from '../../contract/lexicon.ts';
import type { MarketFilters } from '../../stores/market.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { industryId } from './read-posting.ts';
import { isKnownRegion } from './region.ts';

export interface AskedFilters {
  readonly region?: string | undefined;
  readonly industry?: string | undefined;
  readonly experience?: Seniority | undefined;
}

/** The facets that filters ask for. @throws Problem input.invalid for a region or industry that is none */
export function facetsOf(lexicon: Lexicon, { region, industry, experience }: AskedFilters, under = ''): MarketFilters {
  if (region !== undefined && !isKnownRegion(recognizerOf(lexicon), region))
    throw invalid(`${under}region`, 'is no country or state there is; write it like BR or BR-SP');
  const id = industry === undefined ? undefined : industryId(lexicon, industry);
  if (id === null) throw invalid(`${under}industry`, 'is no industry we know; use an id such as technology');
  return {
    ...(region !== undefined && (region.includes('-') ? { region } : { country: region })),
    ...(id !== undefined && { industry: id }),
    ...(experience !== undefined && { seniority: experience }),
  };
}

const invalid = (path: string, message: string) => new Problem('input.invalid', [{ path, message }]);
