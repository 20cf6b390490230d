import { audit } from './admin/audit.ts';
import { changeMemberRoles } from './admin/change-member-roles.ts';
import { createApiKey } from './admin/create-api-key.ts';
import { createOAuthClient } from './admin/create-oauth-client.ts';
import { createTenant } from './admin/create-tenant.ts';
import { getTitleProposal } from './admin/get-title-proposal.ts';
import { inviteMember } from './admin/invite-member.ts';
import { listApiKeys } from './admin/list-api-keys.ts';
import { listMembers } from './admin/list-members.ts';
import { listOAuthClients } from './admin/list-oauth-clients.ts';
import { listTenants } from './admin/list-tenants.ts';
import { listTitleProposals } from './admin/list-title-proposals.ts';
import { offboardTenant } from './admin/offboard-tenant.ts';
import { removeMember } from './admin/remove-member.ts';
import { resumeTenant } from './admin/resume-tenant.ts';
import { reviewTitles } from './admin/review-titles.ts';
import { revokeApiKey } from './admin/revoke-api-key.ts';
import { revokeOAuthClient } from './admin/revoke-oauth-client.ts';
import { rotateApiKey } from './admin/rotate-api-key.ts';
import { rotateOAuthClient } from './admin/rotate-oauth-client.ts';
import { suspendTenant } from './admin/suspend-tenant.ts';
import { get } from './candidates/get.ts';
import { importMany } from './candidates/import.ts';
import { list } from './candidates/list.ts';
import { remove } from './candidates/remove.ts';
import { upload } from './candidates/upload.ts';
import { upsert } from './candidates/upsert.ts';
import { get as getDecision } from './decisions/get.ts';
import { replay } from './decisions/replay.ts';
import { crosswalk } from './eco/crosswalk.ts';
import { get as getOccupation } from './eco/get.ts';
import { normalize } from './eco/normalize.ts';
import { override } from './eco/override.ts';
import { search as searchOccupations } from './eco/search.ts';
import { generate } from './embed/generate.ts';
import { query } from './embed/query.ts';
import { upsert as upsertEmbedding } from './embed/upsert.ts';
import { jobs } from './enrich/jobs.ts';
import { profile } from './enrich/profile.ts';
import { replay as replayJobs } from './enrich/replay.ts';
import { status } from './enrich/status.ts';
import { demand } from './msgs/demand.ts';
import { expand } from './msgs/expand.ts';
import { importPostingsOf } from './msgs/import.ts';
import { template } from './msgs/template.ts';
import { discovery } from './oauth/discovery.ts';
import { jwks } from './oauth/jwks.ts';
import { token } from './oauth/token.ts';
import { candidates } from './search/candidates.ts';
import { explain } from './search/explain.ts';
import { hybrid } from './search/hybrid.ts';

/** Every promise there is, by service and verb: what the projections tell, each in its own way. */
export const registry = {
  admin: {
    audit,
    'invite-member': inviteMember,
    'list-members': listMembers,
    'change-member-roles': changeMemberRoles,
    'remove-member': removeMember,
    'create-api-key': createApiKey,
    'list-api-keys': listApiKeys,
    'rotate-api-key': rotateApiKey,
    'revoke-api-key': revokeApiKey,
    'create-oauth-client': createOAuthClient,
    'list-oauth-clients': listOAuthClients,
    'rotate-oauth-client': rotateOAuthClient,
    'revoke-oauth-client': revokeOAuthClient,
    'list-title-proposals': listTitleProposals,
    'get-title-proposal': getTitleProposal,
    'review-titles': reviewTitles,
    'create-tenant': createTenant,
    'list-tenants': listTenants,
    'suspend-tenant': suspendTenant,
    'resume-tenant': resumeTenant,
    'offboard-tenant': offboardTenant,
  },
  candidates: { upsert, import: importMany, upload, get, list, remove },
  // `search` before `get`, whose route would take the word for an id.
  eco: { search: searchOccupations, normalize, get: getOccupation, crosswalk, override },
  embed: { generate, upsert: upsertEmbedding, query },
  search: { hybrid, candidates, explain },
  enrich: { profile, status, jobs, replay: replayJobs },
  msgs: { import: importPostingsOf, expand, template, demand },
  decisions: { get: getDecision, replay },
} as const;

export type Registry = typeof registry;

/** What anybody may ask, in the same order of service and verb. */
export const publicRegistry = {
  oauth: { token, jwks, discovery },
} as const;
