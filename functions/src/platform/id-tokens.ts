import type { DecodedIdToken } from 'firebase-admin/auth';
import { openApp } from './firebase-app.ts';

/** Verifies signature, issuer, audience and expiry of a Firebase ID token; undefined when it is not a good one. */
export async function verifyIdToken(token: string): Promise<DecodedIdToken | undefined> {
  const { getAuth } = await import('firebase-admin/auth');
  const auth = getAuth(await openApp());
  return auth.verifyIdToken(token).catch(() => undefined);
}
