import { isNativeError } from 'node:util/types';
import type { Auth, UserRecord } from 'firebase-admin/auth';
import { Problem } from '../contract/errors.ts';
import { MemberId, type TenantId } from '../contract/ids.ts';
import type { Role } from '../contract/scopes.ts';
import { openApp } from './firebase-app.ts';

/** An account that somebody can sign in with, or will be able to. */
export interface Account {
  readonly uid: MemberId;
  readonly email: string;
  /** True while it has neither a password nor any other way to sign in. */
  readonly isUnused: boolean;
}

/** The accounts of one tenant's people in Firebase Auth. Every method throws Problem `account.unavailable` when it is away. */
export interface Accounts {
  /**
   * The account of this address, made when there is none. @throws Problem `member.elsewhere` when it is of another tenant
   */
  findOrCreate(email: string): Promise<Account>;
  /** Sets what the account's next tokens say; its present ones stay as they are. @throws Problem `member.elsewhere` */
  grant(uid: MemberId, roles: readonly Role[]): Promise<void>;
  /** Takes the tenant out of the account's tokens and ends its sessions. An account of another tenant, or none, is left alone. */
  revoke(uid: MemberId): Promise<void>;
  /** One page of them, of at most `accountsAtOnce` of all accounts there are; `next` is absent at the end. */
  page(after: string | undefined): Promise<{ readonly accounts: readonly ExportedAccount[]; readonly next?: string }>;
  /** Deletes accounts, of this tenant only. */
  erase(uids: readonly MemberId[]): Promise<void>;
  /** A link by which the owner of the address sets a password, in Firebase's own pages. A secret: never logged. */
  passwordLink(email: string): Promise<string>;
}

/** What is told of an account; how it signs in is not. */
export interface ExportedAccount extends Pick<Account, 'uid' | 'email'> {
  readonly displayName: string | null;
  readonly createdAt: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

const callMs = 10_000;
const accountsAtOnce = 1_000;

/** Firebase Auth, narrowed to who may be touched for this tenant. */
export function accountsOf(auth: Auth, tenant: TenantId): Accounts {
  const tenantOf = (user: UserRecord): unknown => user.customClaims?.['tenantId'];
  const refuseOthers = (user: UserRecord) => {
    if (tenantOf(user) !== undefined && tenantOf(user) !== tenant) throw new Problem('member.elsewhere');
  };
  return {
    async findOrCreate(email) {
      const found = await findUser(() => auth.getUserByEmail(email));
      if (!found) return accountOf(await timely(auth.createUser({ email, emailVerified: false })));
      refuseOthers(found);
      // Whoever signed up with an address that they never proved to be theirs must not come in by its owner's invitation.
      const isUnproved = !found.emailVerified && !isUnused(found) && tenantOf(found) === undefined;
      if (!isUnproved) return accountOf(found);
      await timely(auth.deleteUser(found.uid));
      return accountOf(await timely(auth.createUser({ email, emailVerified: false })));
    },
    async grant(uid, roles) {
      const user = await findUser(() => auth.getUser(uid));
      if (!user) throw new Problem('member.not_found');
      refuseOthers(user);
      await timely(auth.setCustomUserClaims(uid, { ...user.customClaims, tenantId: tenant, roles: [...roles] }));
    },
    async revoke(uid) {
      const user = await findUser(() => auth.getUser(uid));
      if (!user || tenantOf(user) !== tenant) return;
      const { tenantId: _, roles: __, ...others } = user.customClaims ?? {};
      await timely(auth.setCustomUserClaims(uid, Object.keys(others).length > 0 ? others : null));
      await timely(auth.revokeRefreshTokens(uid));
    },
    async page(after) {
      const { users, pageToken } = await timely(auth.listUsers(accountsAtOnce, after));
      const accounts = users.filter((user) => tenantOf(user) === tenant).map(exportedOf);
      return { accounts, ...(pageToken && { next: pageToken }) };
    },
    async erase(uids) {
      const { users } = await timely(auth.getUsers(uids.map((uid) => ({ uid }))));
      const own = users.filter((user) => tenantOf(user) === tenant).map(({ uid }) => uid);
      const { failureCount } = own.length > 0 ? await timely(auth.deleteUsers(own)) : { failureCount: 0 };
      if (failureCount > 0) throw new Problem('account.unavailable');
    },
    passwordLink: (email) => timely(auth.generatePasswordResetLink(email)),
  };
}

/** Firebase Auth's administration, opened at first use. */
export async function openAuth(): Promise<Auth> {
  const { getAuth } = await import('firebase-admin/auth');
  return getAuth(await openApp());
}

const isUnused = (user: UserRecord) => user.providerData.length === 0 && !user.emailVerified;

const accountOf = (user: UserRecord): Account => ({
  uid: MemberId.parse(user.uid),
  email: user.email ?? '',
  isUnused: isUnused(user),
});

const exportedOf = (user: UserRecord): ExportedAccount => ({
  uid: MemberId.parse(user.uid),
  email: user.email ?? '',
  displayName: user.displayName ?? null,
  createdAt: user.metadata.creationTime,
  claims: user.customClaims ?? {},
});

const findUser = (ask: () => Promise<UserRecord>): Promise<UserRecord | undefined> =>
  timely(
    ask().catch((error: unknown) => {
      if (codeOf(error) === 'auth/user-not-found') return undefined;
      throw error;
    }),
  );

const codeOf = (error: unknown) => (isNativeError(error) ? (error as Error & { code?: string }).code : undefined);

async function timely<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Firebase Auth did not answer in time')), callMs);
  });
  // The vendor's messages may quote an address, so only its code goes on.
  return Promise.race([call, late])
    .catch((error: unknown) => {
      throw new Problem('account.unavailable', undefined, { cause: new Error(codeOf(error) ?? 'no answer in time') });
    })
    .finally(() => clearTimeout(timer));
}
