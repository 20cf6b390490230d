import { z } from 'zod';
import { delegableScopes } from './scopes.ts';
import { text } from './text.ts';

const name = text(1, 100).meta({ description: 'What it is for, such as the system that uses it; no secret.' });
const scopes = z
  .array(z.enum(delegableScopes))
  .min(1)
  .max(delegableScopes.length)
  .meta({ description: 'What it may do: scopes that you hold yourself.' });
const expiresInDays = z.int().min(1).max(730).default(365);

/** What an administrator decides of a new API key. */
export const ApiKeySettings = z.strictObject({
  name,
  scopes,
  callsPerSecond: z
    .number()
    .min(0.1)
    .max(1_000)
    .nullable()
    .default(null)
    .meta({ description: 'The most calls per second with this key; null: no limit of its own.' }),
  expiresInDays,
});
export type ApiKeySettings = z.infer<typeof ApiKeySettings>;

/** What an administrator decides of a new OAuth client; `expiresInDays` is its secret's. */
export const OAuthClientSettings = z.strictObject({ name, scopes, expiresInDays });
export type OAuthClientSettings = z.infer<typeof OAuthClientSettings>;

/** How long the old text goes on working beside the new one: 0 to 30 days in seconds. */
export const OverlapSeconds = z
  .int()
  .min(0)
  .max(30 * 86_400)
  .default(7 * 86_400);
