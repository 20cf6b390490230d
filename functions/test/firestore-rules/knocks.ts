import { admin, auditor, crookedClaims, nearly, pretenders, recruiter } from './accounts.ts';
import type { Attempt } from './attacks.ts';
import { read } from './reads.ts';
import { type Account, account } from './seed.ts';

const admins = (name: string, who: Account, tenant: string): readonly Attempt[] => [
  { sentence: `${name}: the tenant`, who, send: read.document(`tenants/${tenant}`) },
  { sentence: `${name}: the jobs`, who, send: read.page(`tenants/${tenant}/jobs`) },
];

/** Whom a tenant does not know now asks for what its administrator could read. */
export const closedDoors: readonly Attempt[] = [
  ...Object.entries(nearly).flatMap(([name, { account: who, tenant }]) => [
    ...admins(name, who, tenant),
    { sentence: `${name}: the members`, who, send: read.page(`tenants/${tenant}/members`) },
    { sentence: `${name}: their own document`, who, send: read.document(`tenants/${tenant}/members/${who.uid}`) },
  ]),
  ...Object.entries(crookedClaims).flatMap(([claim, claims]) =>
    admins(`an admin whose token names ${claim}`, account('admin', claims), 'acme'),
  ),
];

/** Members whom only the token or only the document calls an administrator ask as one. */
export const halfRoles: readonly Attempt[] = Object.entries(pretenders).flatMap(([name, who]) => [
  { sentence: `${name}: the tenant`, who, send: read.document('tenants/acme') },
  { sentence: `${name}: the members`, who, send: read.page('tenants/acme/members') },
  { sentence: `${name}: somebody else`, who, send: read.document('tenants/acme/members/former') },
]);

/** Members who hold none of the roles that read jobs, in token and document both. */
export const withoutRole: readonly Attempt[] = Object.entries(pretenders)
  .filter(([, { uid, token }]) => !(uid === 'colleague' && String(token['roles']) === 'recruiter'))
  .flatMap(([name, who]) => [
    { sentence: `${name}: a job`, who, send: read.document('tenants/acme/jobs/j1') },
    { sentence: `${name}: the jobs`, who, send: read.page('tenants/acme/jobs') },
  ]);

/** What members do all day, in the ways that libraries have for it. */
export const everyday: readonly Attempt[] = [
  { sentence: 'a recruiter follows a job live', who: recruiter, send: read.live('tenants/acme/jobs/j1') },
  {
    sentence: 'a recruiter follows their own document live',
    who: recruiter,
    send: read.live('tenants/acme/members/recruiter'),
  },
  {
    sentence: 'a recruiter lists 100 jobs',
    who: recruiter,
    send: read.page('tenants/acme/jobs', undefined, undefined, 100),
  },
  {
    sentence: 'a recruiter lists the jobs that run',
    who: recruiter,
    send: read.page('tenants/acme/jobs', 'state', 'running'),
  },
  { sentence: 'a recruiter counts jobs up to 100', who: recruiter, send: read.count('tenants/acme/jobs', 100) },
  {
    sentence: 'an auditor lists the members who are active',
    who: auditor,
    send: read.page('tenants/acme/members', 'status', 'active'),
  },
  {
    sentence: 'an auditor lists 100 members',
    who: auditor,
    send: read.page('tenants/acme/members', undefined, undefined, 100),
  },
  { sentence: 'an administrator follows their tenant live', who: admin, send: read.live('tenants/acme') },
  {
    sentence: 'an administrator reads the document of somebody removed',
    who: admin,
    send: read.document('tenants/acme/members/former'),
  },
  {
    sentence: 'an administrator looks for a job that is not there',
    who: admin,
    send: read.document('tenants/acme/jobs/none'),
  },
];
