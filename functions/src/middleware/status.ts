import { HttpsError } from 'firebase-functions/https';
import type { Problem } from '../contract/errors.ts';

/** The HTTP status of a kind of failure, by the SDK's own table. */
export const statusOf = (kind: Problem['kind']): number => new HttpsError(kind, kind).httpErrorCode.status;
