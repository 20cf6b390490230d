import { z } from 'zod';
import type { Context, ToolName } from '../context.ts';
import type { ErrorCode } from './errors.ts';
import type { Event } from './events.ts';
import type { Scope } from './scopes.ts';

export type Route = `${'GET' | 'POST' | 'DELETE'} /v1/${string}`;

type DeepReadonly<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

/** One promise of the product. Every field is required: absence is spelled (`cache: 'never'`, `errors: []`). */
export interface Declaration<
  In extends z.ZodObject = z.ZodObject,
  Out extends z.ZodObject = z.ZodObject,
  Name extends ToolName = ToolName,
> {
  /** `service.verb`; the deployed function is `service-verb`. */
  readonly id: `${string}.${string}`;
  readonly summary: string;
  readonly route: Route;
  readonly scope: Scope;
  /** The tools opened for the handler; they decide which secrets the function is given. */
  readonly needs: readonly Name[];
  /** A strict object: surplus fields are refused. */
  readonly input: In;
  /** A strict object, parsed too: what is not declared cannot leak. `requestId` and `cacheHit` are added to it. */
  readonly output: Out;
  /** Codes this endpoint can answer beyond those that every endpoint can. */
  readonly errors: readonly ErrorCode[];
  /** `dropOn` names the events of this tenant that kill the cached answer. */
  readonly cache: 'never' | { readonly seconds: number; readonly dropOn: readonly Event[] };
  /** The events a call causes, whatever its outcome. */
  readonly emits: readonly Event[];
  /** Whether a call may change anything: what writes takes an `Idempotency-Key` and leaves an audit entry. */
  readonly effect: 'reads' | 'writes';
  /** `callsPerSecond` of one tenant, unless the tenant's own document says otherwise. */
  readonly limits: { readonly timeoutSeconds: number; readonly callsPerSecond: number };
  readonly run: {
    readonly memory: '256MiB' | '512MiB' | '1GiB' | '2GiB';
    readonly minInstances: number;
    readonly concurrency: number;
  };
  readonly slo: { readonly p95Ms: number };
  readonly example: { readonly input: z.input<In>; readonly output: z.input<Out> };
  readonly handler: (call: { ctx: Context<Name>; input: z.output<In> }) => Promise<DeepReadonly<z.input<Out>>>;
}

/** Declares an endpoint; the projections turn it into a function, a route, a document and a client. */
export function endpoint<In extends z.ZodObject, Out extends z.ZodObject, Name extends ToolName>(
  declaration: Declaration<In, Out, Name>,
): Declaration<In, Out, Name> {
  return declaration;
}

// Handlers differ in what they take; whoever holds many endpoints at once sees them through this type.
export type AnyEndpoint = Omit<Declaration, 'handler' | 'needs'> & {
  readonly needs: readonly ToolName[];
  handler(call: { ctx: Context<ToolName>; input: unknown }): Promise<unknown>;
};

/** What a tenant may call in all, in calls per second, unless its own document says otherwise. */
export const tenantCallsPerSecond = 50;

/** Codes that every endpoint can answer. */
export const commonErrors = [
  'auth.required',
  'auth.key_required',
  'auth.key_invalid',
  'auth.no_tenant',
  'auth.not_a_member',
  'auth.scope_missing',
  'tenant.mismatch',
  'tenant.inactive',
  'input.invalid',
  'input.too_large',
  'rate.limited',
  'route.not_found',
  'database.unavailable',
  'call.timeout',
  'internal',
] as const satisfies readonly ErrorCode[];

/** Codes that every endpoint that writes can answer. */
export const writeErrors = [
  'idempotency.key_reused',
  'idempotency.in_progress',
  'idempotency.outcome_lost',
] as const satisfies readonly ErrorCode[];

/** What the caller really receives: the output with the call's own facts. */
export function replySchema(of: { output: z.ZodObject; cache: Declaration['cache'] }): z.ZodObject {
  return of.output.extend(
    of.cache === 'never' ? { requestId: z.string() } : { requestId: z.string(), cacheHit: z.boolean() },
  );
}
