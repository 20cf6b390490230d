import { recountNeighbours } from '../../functions/src/domain/msgs/recount-neighbours.ts';
import { asOperator } from '../../functions/src/middleware/as-operator.ts';
import { openLexicon } from '../../functions/src/platform/lexicon.ts';
import { postings } from '../demo/postings.ts';
import { apiOf } from './ask.ts';
import { people } from './cast.ts';

const sizes = { acme: 600, globex: 200 } as const;

/**
 * Invented advertisements up to today for each demo tenant through the public API, unless an earlier start did it; and at
 * once what otherwise happens within a quarter of an hour, so that searches know of them.
 */
export async function seedMarket(
  url: string,
  tokens: ReadonlyMap<string, string>,
  say: (line: string) => void,
): Promise<void> {
  for (const [tenant, count] of Object.entries(sizes)) {
    const recruiter = people.find((person) => person.tenantId === tenant && person.roles.includes('recruiter'));
    const api = apiOf(url, tokens.get(recruiter?.uid ?? '') ?? '');
    const probe = await api.rest('GET', '/v1/market/demand?skillId=java');
    if (probe.status === 200) continue;
    const today = new Date().toISOString().slice(0, 10);
    await api.expectOk('POST', '/v1/postings/import', {
      postings: postings(tenant, count, today, await openLexicon()),
    });
    say(`Demo: ${tenant} has ${count} job advertisements of the last 20 weeks`);
  }
  await asOperator(async ({ neighbourCounts }) => {
    for await (const { tenant, left } of recountNeighbours(neighbourCounts, () => false, new Date()))
      if (left !== null) say(`Demo: which skills ${tenant}'s market names together was not counted: ${left}`);
  });
}
