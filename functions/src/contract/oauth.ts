import { z } from 'zod';

/** The codes of RFC 6749, section 5.2, that we send, and beside them what a server in trouble says, each with its status. */
export const oauthErrors = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  temporarily_unavailable: 503,
  server_error: 500,
} as const;
export type OAuthErrorCode = keyof typeof oauthErrors;

const codes = Object.keys(oauthErrors) as OAuthErrorCode[];

/** The body of every failure of a public endpoint. */
export const OAuthError = z
  .strictObject({ error: z.enum(codes), error_description: z.string() })
  .meta({ description: 'The body of a failure as RFC 6749, section 5.2, has it.' });

/** A failure of a public endpoint. `description` is a fixed sentence: it never repeats what was sent. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal';
  readonly error: OAuthErrorCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(error: OAuthErrorCode, description: string, options: ErrorOptions & { retryAfterSeconds?: number } = {}) {
    super(description, options);
    this.error = error;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** 429 when it says when to come back, else what the code says. */
  get status(): number {
    return this.retryAfterSeconds === undefined ? oauthErrors[this.error] : 429;
  }
}
