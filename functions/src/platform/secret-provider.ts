/** `current` is the version that readers are given; a new one waits until it is made current. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
}

export type VersionState = 'enabled' | 'disabled' | 'destroyed';

export interface SecretVersionInfo {
  readonly version: string;
  readonly state: VersionState;
  readonly current: boolean;
  readonly createdAt: Date;
}

/** Where secrets are kept. Every call ends within ten seconds, or throws. */
export interface SecretProvider {
  /** The current version. @throws Error when there is none or it cannot be read; never with the value in it */
  read(name: string): Promise<SecretVersion>;
  readVersion(name: string, version: string): Promise<SecretVersion>;
  /** Keeps a value as a new, enabled version that nobody reads yet; its number. The secret is made if there is none, and its first version is current. */
  addVersion(name: string, value: string): Promise<string>;
  /** Makes a version the one that `read` answers. */
  makeCurrent(name: string, version: string): Promise<void>;
  enable(name: string, version: string): Promise<void>;
  disable(name: string, version: string): Promise<void>;
  /** Forgets the value for good; destroying twice is no error. */
  destroy(name: string, version: string): Promise<void>;
  /** Newest first; empty when there is no such secret. */
  list(name: string): Promise<SecretVersionInfo[]>;
  /** The names of all secrets. */
  names(): Promise<string[]>;
}
