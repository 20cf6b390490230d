import { z } from 'zod';
import { publicEndpoint } from '../../contract/public-endpoint.ts';
import { jwksSeconds, PublicJwk } from '../../contract/signing-key.ts';

export const jwks = publicEndpoint({
  id: 'oauth.jwks',
  summary: 'The public keys of access tokens: the next one, the one that signs, and those whose tokens still live.',
  routes: ['GET /.well-known/jwks.json'],
  needs: ['signingKeys'],
  input: 'nothing',
  output: z.strictObject({ keys: z.array(PublicJwk) }),
  errors: [],
  cache: { seconds: jwksSeconds },
  limits: { timeoutSeconds: 10, bodyBytes: 1_024 },
  run: { memory: '256MiB', minInstances: 1, concurrency: 80 },
  slo: { p95Ms: 200 },
  example: {
    input: {},
    output: {
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
          y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
          kid: 'example-key-1',
          alg: 'ES256',
          use: 'sig',
        },
      ],
    },
  },
  handler: async ({ ctx }) => ({ keys: [...(await ctx.signingKeys.published())] }),
});
