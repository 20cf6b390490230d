import { Problem } from '../../contract/errors.ts';

/** There is nothing to answer with, and why: the filter or field that emptied it, and what would help. */
export const noData = (path: string, message: string) => new Problem('market.not_found', [{ path, message }]);

/** An advertisement or two says nothing of a market. */
export const leastSupport = 5;

/** What is known beyond this is older than a question about today wants. */
export const windowDays = 364;
