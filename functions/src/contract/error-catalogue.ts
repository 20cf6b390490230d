import type { FunctionsErrorCode } from 'firebase-functions/https';
import { candidateErrors } from './candidate-errors.ts';
import { occupationErrors } from './occupation-errors.ts';

export interface Entry {
  /** Canonical kind; the HTTP status follows from it through the SDK's own table. */
  readonly kind: FunctionsErrorCode;
  /** What happened, for the caller. Never holds data of the request or of a person. */
  readonly message: string;
  /** How to mend it; becomes the error's page. */
  readonly fix: string;
}

/** Every way a call can fail. Closed: a code that is not here cannot be sent. */
export const catalogue = {
  'auth.required': {
    kind: 'unauthenticated',
    message: 'Sign in first: this call carries no valid token.',
    fix: 'Send `Authorization: Bearer <token>` with a Firebase ID token, or over REST an access token of `POST /oauth/token`, that is not expired.',
  },
  'auth.key_required': {
    kind: 'unauthenticated',
    message: 'An access token needs the API key of its tenant beside it.',
    fix: 'Send the tenant’s API key in `X-API-Key` with every call.',
  },
  'auth.key_invalid': {
    kind: 'unauthenticated',
    message: 'The API key is not a valid key of this tenant.',
    fix: 'Check that the key is complete, neither expired nor revoked, and of the tenant that your token names.',
  },
  'auth.not_a_member': {
    kind: 'permission-denied',
    message: 'Your account is no member of this tenant any more.',
    fix: 'Ask an administrator of your organisation for an invitation.',
  },
  'auth.no_tenant': {
    kind: 'permission-denied',
    message: 'Your account belongs to no tenant.',
    fix: 'Ask an administrator of your organisation for an invitation; then sign in again so that the token carries the new claims.',
  },
  'auth.scope_missing': {
    kind: 'permission-denied',
    message: 'Your role does not allow this call.',
    fix: 'Ask an administrator for a role that has the scope named in `details`.',
  },
  'tenant.mismatch': {
    kind: 'permission-denied',
    message: 'X-Tenant-ID disagrees with the tenant you signed in for.',
    fix: 'Leave the header out, or send the tenant your credentials belong to.',
  },
  'tenant.inactive': {
    kind: 'permission-denied',
    message: 'This tenant is unknown or not active.',
    fix: 'Ask the operator to activate the tenant.',
  },
  'tenant.not_found': {
    kind: 'not-found',
    message: 'There is no such tenant.',
    fix: 'Check the id with `admin.list-tenants`.',
  },
  'tenant.conflict': {
    kind: 'failed-precondition',
    message: 'The tenant is not in a state that allows this.',
    fix: 'Look at its state with `admin.list-tenants`; `details` name what stands in the way.',
  },
  'member.not_found': {
    kind: 'not-found',
    message: 'There is no such member of this tenant.',
    fix: 'Check the id with `admin.list-members`.',
  },
  'member.last_admin': {
    kind: 'failed-precondition',
    message: 'This is the last administrator of the tenant.',
    fix: 'Make somebody else an administrator first.',
  },
  'member.own_roles': {
    kind: 'permission-denied',
    message: 'Nobody can change their own roles.',
    fix: 'Ask another administrator.',
  },
  'member.elsewhere': {
    kind: 'failed-precondition',
    message: 'This account cannot be invited.',
    fix: 'An account belongs to one tenant: use another e-mail address.',
  },
  'account.unavailable': {
    kind: 'unavailable',
    message: 'The directory of accounts did not answer.',
    fix: 'Send the same call again: what was begun is finished.',
  },
  'credential.not_found': {
    kind: 'not-found',
    message: 'There is no such API key or OAuth client in this tenant.',
    fix: 'Check the id with `admin.list-api-keys` or `admin.list-oauth-clients`.',
  },
  'credential.limit': {
    kind: 'failed-precondition',
    message: 'The tenant has as many credentials of this kind as it may have.',
    fix: 'Revoke one that is no longer used.',
  },
  'credential.conflict': {
    kind: 'failed-precondition',
    message: 'The credential is not in a state that allows this.',
    fix: 'Look at `details` for what stands in the way: a revoked credential stays revoked, and one rotation ends before the next begins.',
  },
  'rate.limited': {
    kind: 'resource-exhausted',
    message: 'Too many calls.',
    fix: 'Wait for the seconds in `Retry-After`, then go on at the rate that `RateLimit-Policy` names: calls, and the seconds (`w`) they are for.',
  },
  'idempotency.key_reused': {
    kind: 'failed-precondition',
    message: 'This Idempotency-Key was used for another request.',
    fix: 'Use a new key for every new request, and the same key only to repeat the very same one.',
  },
  'idempotency.in_progress': {
    kind: 'aborted',
    message: 'A request with this Idempotency-Key is being worked on.',
    fix: 'Wait a moment and send it again with the same key.',
  },
  'idempotency.outcome_lost': {
    kind: 'aborted',
    message: 'The request with this Idempotency-Key took effect, but its answer was lost.',
    fix: 'Read what it changed instead of repeating it; it was not done twice.',
  },
  'secret.unavailable': {
    kind: 'unavailable',
    message: 'A credential of ours could not be read.',
    fix: 'Try again shortly.',
  },
  'export.unavailable': {
    kind: 'unavailable',
    message: 'The store of exports did not answer.',
    fix: 'Try again shortly; what was begun is resumed.',
  },
  'input.invalid': {
    kind: 'invalid-argument',
    message: 'The request does not match the contract.',
    fix: 'Mend each field named in `details`; the OpenAPI document holds the contract.',
  },
  'input.too_large': {
    kind: 'invalid-argument',
    message: 'The request is too large.',
    fix: 'Send less than the limit named in `details`, in several calls if need be.',
  },
  'route.not_found': {
    kind: 'not-found',
    message: 'There is no such route on this function.',
    fix: 'Check method and path against the OpenAPI document.',
  },
  'page.cursor_invalid': {
    kind: 'invalid-argument',
    message: 'The cursor was not issued for this list.',
    fix: 'Start again without `cursor`, and pass `nextCursor` on unchanged.',
  },
  'decision.not_found': {
    kind: 'not-found',
    message: 'There is no record of such a ranking.',
    fix: 'Take a `decisionId` from an answer; records are kept for a limited time.',
  },
  'decision.not_replayable': {
    kind: 'failed-precondition',
    message: 'What was asked then cannot be asked any more.',
    fix: 'The taxonomy or the model has changed since: `details` names the part of the recorded question that it no longer knows. `decisions.get` still shows the record.',
  },
  ...candidateErrors,
  ...occupationErrors,
  'embedding.model_mismatch': {
    kind: 'failed-precondition',
    message: 'The vector was made by another model than the one in use.',
    fix: 'Send text instead, or a vector of the provider, model and dimensions named in `details`.',
  },
  'embedder.unavailable': {
    kind: 'unavailable',
    message: 'The embedding provider did not answer.',
    fix: 'Try again shortly; nothing was written.',
  },
  'budget.exhausted': {
    kind: 'resource-exhausted',
    message: 'What hosted models may cost your organisation this month is spent.',
    fix: 'Look at `details` for what was asked and what is left. Wait for the next month (UTC), or ask your operator for a higher `limits.monthlyMicros`.',
  },
  'enrichment.not_found': {
    kind: 'not-found',
    message: 'There is no such enrichment job.',
    fix: 'Check the id; `enrich.jobs` lists the jobs of your tenant.',
  },
  'search.unavailable': {
    kind: 'unavailable',
    message: 'No retrieval leg could answer.',
    fix: 'Try again shortly.',
  },
  'skill.not_found': {
    kind: 'not-found',
    message: 'There is no such skill in the taxonomy.',
    fix: 'Use an id such as `java`; answers of `search.hybrid` name the ids of the skills that it understood.',
  },
  'market.not_found': {
    kind: 'not-found',
    message: 'The postings that are there do not tell this.',
    fix: 'Look at `details` for what they lack; ask with fewer filters, or import postings with `msgs.import`. A role’s template may also be stated by yourselves, with `eco.override`.',
  },
  'database.unavailable': {
    kind: 'unavailable',
    message: 'The database did not answer in time.',
    fix: 'Try again shortly; nothing was written.',
  },
  'call.timeout': {
    kind: 'deadline-exceeded',
    message: 'The call took longer than its limit.',
    fix: 'Try again with less work in one call.',
  },
  internal: {
    kind: 'internal',
    message: 'Something failed on our side.',
    fix: 'Try again; if it persists, report the `requestId`.',
  },
} as const satisfies Record<string, Entry>;
