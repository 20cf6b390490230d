import { projectId, region } from '../lib/project.ts';

/** Asked at every start, of the demo's recruiter Ana. */
export const question = 'Desenvolvedora backend Java sênior com Kafka e inglês fluente em São Paulo';

export interface AskedAnswer {
  readonly results: readonly {
    readonly rank: number;
    readonly candidateId: string;
    readonly score: number;
    readonly fullName: string;
    readonly title: string | null;
    readonly reasons: readonly { readonly text: string; readonly quote?: { readonly text: string } }[];
    readonly missing: readonly { readonly text: string }[];
  }[];
  readonly total: number;
  readonly timings: Readonly<Record<string, number>>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** The public API as one person calls it, in both dialects; no call takes longer than a minute. */
export function apiOf(url: string, token: string) {
  const send = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(60_000),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    rest: send,
    async expectOk(method: string, path: string, body?: unknown): Promise<unknown> {
      const reply = await send(method, path, body);
      if (reply.status !== 200)
        throw new Error(`${method} ${path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
      return reply.body;
    },
    callable: (name: string, data: unknown) => send('POST', `/${projectId}/${region}/${name}`, { data }),
  };
}

/**
 * Asks the question through REST and the callable protocol and returns the answer.
 * @throws Error when either fails, the two disagree, nobody is found, a reason is missing, or an anonymous call is let in
 */
export async function checkBothDialects(url: string, tokens: ReadonlyMap<string, string>): Promise<AskedAnswer> {
  const ana = apiOf(url, tokens.get('ana') ?? '');
  const input = { query: question, limit: 5 };
  const rest = (await ana.expectOk('POST', '/v1/search/hybrid', input)) as AskedAnswer;
  const reply = await ana.callable('search-hybrid', input);
  if (reply.status !== 200)
    throw new Error(`the callable search-hybrid answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  const { result } = reply.body as { result: AskedAnswer };
  const ranking = ({ results }: AskedAnswer) =>
    JSON.stringify(results.map(({ candidateId, score }) => [candidateId, score]));
  if (ranking(rest) !== ranking(result)) throw new Error('REST and the callable protocol ranked differently');
  if (rest.results.length !== 5) throw new Error(`five people were expected, ${rest.results.length} were found`);
  const mute = rest.results.find(({ reasons }) => !reasons.some(({ quote }) => quote));
  if (mute) throw new Error(`${mute.candidateId} is in the answer without a reason that quotes them`);
  const stranger = await apiOf(url, 'not.a.token').rest('POST', '/v1/search/hybrid', input);
  if (stranger.status !== 401) throw new Error(`a call without a valid token answered ${stranger.status}, not 401`);
  return rest;
}
