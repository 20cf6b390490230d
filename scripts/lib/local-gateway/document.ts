import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Backend = z.object({
  address: z.url({ protocol: /^https$/ }),
  jwtAudience: z.string().optional(),
  disableAuth: z.boolean().default(false),
  pathTranslation: z.literal('APPEND_PATH_TO_ADDRESS'),
  deadline: z.number().positive(),
});

const Requirements = z.array(z.record(z.string(), z.array(z.string())));

const Operation = z.object({
  'x-google-backend': z.string(),
  'x-google-quota': z.record(z.string(), z.int().min(0)).default({}),
  security: Requirements.optional(),
});

const TokenScheme = z.object({
  type: z.literal('oauth2'),
  'x-google-auth': z.object({
    issuer: z.string(),
    jwksUri: z.url(),
    audiences: z.array(z.string()).min(1),
    jwtLocations: z.tuple([z.object({ header: z.literal('Authorization'), valuePrefix: z.literal('Bearer ') })]),
  }),
});

const KeyScheme = z.object({ type: z.literal('apiKey'), in: z.literal('header'), name: z.string() });

/** What the local gateway reads of `gateway.yaml`: the whole of what Google's enforces. */
export const EnforcedDocument = z.object({
  'x-google-api-management': z.object({
    backends: z.record(z.string(), Backend),
    quota: z.object({ limits: z.record(z.string(), z.object({ metric: z.string(), values: z.int().min(1) })) }),
  }),
  security: Requirements,
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation),
  ),
  components: z.object({
    securitySchemes: z.record(z.string(), z.discriminatedUnion('type', [TokenScheme, KeyScheme])),
  }),
});
export type EnforcedDocument = z.infer<typeof EnforcedDocument>;
export type TokenRule = z.infer<typeof TokenScheme>['x-google-auth'];
export type EnforcedBackend = z.infer<typeof Backend>;

/** The document of a file. @throws Error naming what this gateway could not enforce */
export function readDocument(file: string): EnforcedDocument {
  const { success, data, error } = EnforcedDocument.safeParse(parse(readFileSync(file, 'utf8')));
  if (!success) throw new Error(`${file} cannot be enforced:\n${z.prettifyError(error)}`);
  return data;
}
