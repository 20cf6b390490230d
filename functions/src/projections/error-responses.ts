import { HttpsError } from 'firebase-functions/https';
import { z } from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { type AnyEndpoint, commonErrors, writeErrors } from '../contract/endpoint.ts';
import { catalogue, type ErrorCode } from '../contract/errors.ts';
import { limitHeaders, retryHeaders } from './header-docs.ts';

export const errorCodes = Object.keys(catalogue) as ErrorCode[];

/** The HTTP status of a code, by the SDK's own table of kinds. */
export const statusOf = (code: ErrorCode): number => new HttpsError(catalogue[code].kind, code).httpErrorCode.status;

/** The status word of the callable protocol: `NOT_FOUND`. */
export const canonicalNameOf = (code: ErrorCode): string =>
  new HttpsError(catalogue[code].kind, code).httpErrorCode.canonicalName;

/** Every code an endpoint can answer, in the catalogue's order. */
export function codesOf(endpoint: AnyEndpoint): ErrorCode[] {
  const ofWrites = endpoint.effect === 'writes' ? writeErrors : [];
  const possible = new Set<ErrorCode>([...commonErrors, ...ofWrites, ...endpoint.errors]);
  return errorCodes.filter((code) => possible.has(code));
}

/** Stands for the id of a call in documents. */
export const exampleRequestId = '6f1c0a52-3f0b-4c39-9a55-0d5f3f1f8a10';

/** A body as the code sends it, for pages and documents. */
export const exampleOf = (code: ErrorCode) => ({
  code,
  message: catalogue[code].message,
  requestId: exampleRequestId,
});

/** The schema of `ErrorBody`, for documents. */
export const ErrorBodySchema = z
  .strictObject({
    code: z.enum(errorCodes),
    message: z.string(),
    requestId: z.string().meta({ description: 'Quote it when you report the failure.' }),
    details: z
      .array(z.strictObject({ path: z.string().meta({ description: '`filters.skills[2]`' }), message: z.string() }))
      .optional()
      .meta({ description: 'What is wrong, field by field.' }),
  })
  .meta({ description: 'The body of every failure; the same as callable `details`.' });

/** One response for each HTTP status that an endpoint can fail with, naming the codes behind it. */
export function errorResponses(endpoint: AnyEndpoint): ZodOpenApiResponsesObject {
  const byStatus = Object.groupBy(codesOf(endpoint), statusOf);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, codes = []]) => [
      status,
      onlyCommon(codes) ? { $ref: `#/components/responses/${status}` as const } : responseOf(codes),
    ]),
  );
}

/** The responses that most endpoints have in common, by status. */
export function commonResponses() {
  const byStatus = Object.groupBy(commonErrors, statusOf);
  return Object.fromEntries(Object.entries(byStatus).map(([status, codes = []]) => [status, responseOf(codes)]));
}

/** An example for each code that one of the endpoints can answer, under its own name. */
export function errorExamples(endpoints: readonly AnyEndpoint[]) {
  const answered = new Set(endpoints.flatMap(codesOf));
  return Object.fromEntries(
    errorCodes
      .filter((code) => answered.has(code))
      .map((code) => [code, { summary: catalogue[code].fix, value: exampleOf(code) }]),
  );
}

const common = new Set<ErrorCode>(commonErrors);
const onlyCommon = (codes: readonly ErrorCode[]) => codes.every((code) => common.has(code));

function responseOf(codes: readonly ErrorCode[]) {
  const $ref = '#/components/schemas/ErrorBody' as const;
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` as const }]));
  const headers = {
    ...(codes.includes('rate.limited') && { ...limitHeaders, ...retryHeaders }),
    ...(codes.includes('idempotency.in_progress') && retryHeaders),
  };
  return {
    ...(Object.keys(headers).length > 0 && { headers }),
    description: codes.map((code) => `\`${code}\`: ${catalogue[code].message}`).join('\n'),
    content: {
      'application/problem+json': { schema: { $ref, properties: { code: { enum: [...codes] } } }, examples },
    },
  };
}
