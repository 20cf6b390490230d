import type { GatewayDocument } from '../../functions/src/projections/gateway.ts';

const waitMs = 15_000;

/**
 * Asks every backend of a document for `/health`; each that does not answer as a living function, with why. `locate` says
 * where an address is reached.
 */
export async function probeBackends(
  document: Pick<GatewayDocument, 'x-google-api-management'>,
  locate: (address: string) => string = (address) => address,
): Promise<string[]> {
  const { backends } = document['x-google-api-management'];
  const answers = await Promise.all(
    Object.entries(backends).map(async ([name, { address }]) => {
      const wrong = await whyNot(`${locate(address)}/health`);
      return wrong ? [`${name} at ${address}: ${wrong}`] : [];
    }),
  );
  return answers.flat();
}

async function whyNot(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(waitMs) });
    if (response.status !== 200) return `answers ${response.status}`;
    const { status } = (await response.json()) as { status?: unknown };
    return status === 'alive' ? undefined : 'is something else than one of our functions';
  } catch (error) {
    const { message, cause } = error as Error;
    return `does not answer (${(cause as Error | undefined)?.message ?? message})`;
  }
}
