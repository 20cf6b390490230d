import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { SignJWT } from 'jose';
import type { GatewayRoute } from './routes.ts';

const hopByHop = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
];
const gatewaysOwn = /^(x-apigateway-|x-endpoint-api-|x-forwarded-authorization$)/;
const traceContext = /^[0-9a-f]{32}(\/\d{1,20}(;o=[0-3])?)?$/;
const identityKey = randomBytes(32);

/** Makes of a request's headers those that Google's gateway would send to the function behind `route`. */
export async function rewriteHeaders(
  { headers, socket }: IncomingMessage,
  { backend, token }: GatewayRoute,
): Promise<void> {
  const named = headers.connection?.toLowerCase().split(/\s*,\s*/) ?? [];
  for (const name of Object.keys(headers))
    if (hopByHop.includes(name) || named.includes(name) || gatewaysOwn.test(name)) delete headers[name];

  const { authorization } = headers;
  if (token) headers['x-apigateway-api-userinfo'] = authorization?.split('.')[1] ?? '';
  if (!backend.disableAuth) {
    if (authorization !== undefined) headers['x-forwarded-authorization'] = authorization;
    headers.authorization = `Bearer ${await identityFor(backend.jwtAudience ?? backend.address)}`;
  }
  headers['x-forwarded-for'] = [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(',');
  headers['x-forwarded-proto'] = 'http';
  const trace = headers['x-cloud-trace-context'];
  if (typeof trace !== 'string' || !traceContext.test(trace))
    headers['x-cloud-trace-context'] = `${randomUUID().replaceAll('-', '')}/1;o=0`;
}

// Stands where Google's ID token would; whoever trusts it trusts a key that nobody knows.
const identityFor = (audience: string) =>
  new SignJWT({ email: 'local-gateway@example.com' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('https://accounts.google.com')
    .setAudience(audience)
    .setSubject('local-gateway')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(identityKey);
