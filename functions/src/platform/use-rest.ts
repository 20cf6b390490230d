import { readConfig } from '../config.ts';

/** A version of a credential rests so long after a write of its uses began. */
export const useRestSeconds = (): number => readConfig().credentialUseRestSeconds;
