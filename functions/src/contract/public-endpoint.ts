import type { z } from 'zod';
import type { PublicContext, PublicToolName } from '../context.ts';
import type { OAuthErrorCode } from './oauth.ts';

export type PublicRoute = `POST /oauth/${string}` | `GET /.well-known/${string}`;

/** What came, unread and untrusted. */
export interface PublicRequest {
  /** The caller's own `Authorization`, behind the gateway too. */
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  /** The text after `?`, without it; empty when there is none. */
  readonly query: string;
  readonly body: Uint8Array;
}

/**
 * What anybody may ask, in the words of a foreign standard: no tenant, no scope, no callable, failures as RFC 6749 has
 * them. Every field is required.
 */
export interface PublicDeclaration<
  Out extends z.ZodObject = z.ZodObject,
  Name extends PublicToolName = PublicToolName,
> {
  /** `service.verb`; the deployed function is `service-verb`. */
  readonly id: `${string}.${string}`;
  readonly summary: string;
  /** All are answered alike; the first is the one that documents name. */
  readonly routes: readonly [PublicRoute, ...PublicRoute[]];
  readonly needs: readonly Name[];
  /** What is sent, for documents: the handler reads it itself, since the standard has its own words for what is wrong. */
  readonly input: z.ZodObject | 'nothing';
  /** A strict object, parsed: what is not declared cannot leak. */
  readonly output: Out;
  /** Codes beyond those that every public endpoint can answer. */
  readonly errors: readonly OAuthErrorCode[];
  /** How long everybody may keep the answer. */
  readonly cache: 'never' | { readonly seconds: number };
  readonly limits: { readonly timeoutSeconds: number; readonly bodyBytes: number };
  readonly run: {
    readonly memory: '256MiB' | '512MiB';
    readonly minInstances: number;
    readonly concurrency: number;
  };
  readonly slo: { readonly p95Ms: number };
  readonly example: { readonly input: Readonly<Record<string, string>>; readonly output: z.input<Out> };
  /** @throws OAuthRefusal */
  readonly handler: (call: { ctx: PublicContext<Name>; request: PublicRequest }) => Promise<z.input<Out>>;
}

/** Declares a public endpoint; the projections turn it into a function, routes and a part of the document. */
export function publicEndpoint<Out extends z.ZodObject, Name extends PublicToolName>(
  declaration: PublicDeclaration<Out, Name>,
): PublicDeclaration<Out, Name> {
  return declaration;
}

// Handlers differ in what they take; whoever holds many endpoints at once sees them through this type.
export type AnyPublicEndpoint = Omit<PublicDeclaration, 'handler' | 'needs'> & {
  readonly needs: readonly PublicToolName[];
  handler(call: { ctx: PublicContext<PublicToolName>; request: PublicRequest }): Promise<unknown>;
};

/** Codes that every public endpoint can answer. */
export const publicErrors = [
  'invalid_request',
  'temporarily_unavailable',
  'server_error',
] as const satisfies readonly OAuthErrorCode[];
