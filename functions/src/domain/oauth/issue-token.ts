import type { PublicContext } from '../../context.ts';
import { OAuthRefusal } from '../../contract/oauth.ts';
import type { PublicRequest } from '../../contract/public-endpoint.ts';
import { delegableScopes, type Scope } from '../../contract/scopes.ts';
import { readTokenRequest } from './token-request.ts';

/** An access token for a client that proves who it is, with the scopes it asked for. @throws OAuthRefusal */
export async function issueToken(
  ctx: PublicContext<'clients' | 'tokens'>,
  request: PublicRequest,
): Promise<{ access_token: string; token_type: 'Bearer'; expires_in: number; scope: string }> {
  const { clientId, clientSecret, scope } = readTokenRequest(request);
  const client = await ctx.clients.prove(clientId, clientSecret);
  const scopes = scopesAsked(scope, client.scopes);
  const { token, seconds } = await ctx.tokens.issue(client, scopes);
  return { access_token: token, token_type: 'Bearer', expires_in: seconds, scope: scopes.join(' ') };
}

/** In the order of our own list, each once. @throws OAuthRefusal `invalid_scope` */
function scopesAsked(text: string | undefined, held: ReadonlySet<Scope>): Scope[] {
  const asked = text === undefined ? held : new Set(text.split(' '));
  const granted = delegableScopes.filter((scope) => asked.has(scope) && held.has(scope));
  if (granted.length !== asked.size)
    throw new OAuthRefusal('invalid_scope', 'A scope is unknown, malformed or beyond what this client was given.');
  return granted;
}
