import { OAuthRefusal } from '../../contract/oauth.ts';
import type { PublicRequest } from '../../contract/public-endpoint.ts';

export interface TokenRequest {
  readonly clientId: string;
  readonly clientSecret: string;
  /** As sent; undefined when none was. */
  readonly scope: string | undefined;
}

const invalid = (description: string, options?: ErrorOptions) =>
  new OAuthRefusal('invalid_request', description, options);

/**
 * A client-credentials request (RFC 6749, sections 2.3.1 and 4.4.2), from a form or JSON, the client in a Basic header or
 * in the body. @throws OAuthRefusal `invalid_request`, `unsupported_grant_type`, `invalid_client` when it names no client
 */
export function readTokenRequest(request: PublicRequest): TokenRequest {
  if (request.query !== '') throw invalid('Send every parameter in the body and none in the URL.');
  const sent = parametersOf(request);
  const basic = basicOf(request.authorization);
  const grantType = sent.get('grant_type');
  if (grantType === undefined) throw invalid('grant_type is missing; send client_credentials.');
  if (grantType !== 'client_credentials')
    throw new OAuthRefusal('unsupported_grant_type', 'The only grant_type here is client_credentials.');
  const [clientId, clientSecret] = [sent.get('client_id'), sent.get('client_secret')];
  if (basic && clientSecret !== undefined)
    throw invalid('Send the client secret once: in the Authorization header or in the body.');
  if (basic && clientId !== undefined && clientId !== basic.clientId)
    throw invalid('client_id in the body is not the client of the Authorization header.');
  const client = basic ?? { clientId, clientSecret };
  if (client.clientId === undefined || client.clientSecret === undefined)
    throw new OAuthRefusal('invalid_client', 'Send client_id and client_secret, in a Basic header or in the body.');
  return { clientId: client.clientId, clientSecret: client.clientSecret, scope: sent.get('scope') };
}

/** A parameter without a value counts as not sent; unknown ones are ignored, and none may come twice. */
function parametersOf(request: PublicRequest): Map<string, string> {
  const type = request.contentType?.split(';')[0]?.trim().toLowerCase();
  const text = textOf(request.body);
  const pairs = type === 'application/json' ? fromJson(text) : type === formType ? fromForm(text) : undefined;
  if (!pairs) throw invalid(`Send the parameters as ${formType} or application/json.`);
  const parameters = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (parameters.has(name)) throw invalid('A parameter was sent more than once.');
    parameters.set(name, value);
  }
  return new Map([...parameters].filter(([, value]) => value !== ''));
}

const formType = 'application/x-www-form-urlencoded';

const fromForm = (text: string): [string, string][] => [...new URLSearchParams(text)];

function fromJson(text: string): [string, string][] {
  const body = attempt(() => JSON.parse(text) as unknown, 'The body is not valid JSON.');
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('The JSON body is not an object.');
  return Object.entries(body).map(([name, value]) => {
    if (typeof value !== 'string') throw invalid('Every parameter of a JSON body is a text.');
    return [name, value];
  });
}

/** The client of a Basic header, each half form-encoded as section 2.3.1 asks; undefined for another scheme or none. */
function basicOf(authorization: string | undefined): { clientId: string; clientSecret: string } | undefined {
  // The gateway's own token comes as Bearer when the client sent no header, so only Basic speaks for the client.
  const encoded = /^Basic +(.*)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded);
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(isBase64 ? textOf(Buffer.from(encoded, 'base64')) : '') ?? [];
  if (id === undefined || secret === undefined) throw invalid(malformedBasic);
  return { clientId: formDecoded(id), clientSecret: formDecoded(secret) };
}

const malformedBasic = 'The Authorization header holds no well-formed Basic credentials.';

const formDecoded = (text: string) => attempt(() => decodeURIComponent(text.replaceAll('+', ' ')), malformedBasic);

const textOf = (bytes: Uint8Array) =>
  attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'The request is not UTF-8 text.');

function attempt<T>(work: () => T, otherwise: string): T {
  try {
    return work();
  } catch {
    throw invalid(otherwise);
  }
}
