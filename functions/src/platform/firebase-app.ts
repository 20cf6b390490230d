import type { App } from 'firebase-admin/app';

let opened: Promise<App> | undefined;

/** The one Firebase Admin app of this process. */
export function openApp(): Promise<App> {
  opened ??= (async () => {
    const { getApps, initializeApp } = await import('firebase-admin/app');
    return getApps()[0] ?? initializeApp();
  })();
  return opened;
}
