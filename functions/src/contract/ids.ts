import { z } from 'zod';

const pattern = /^[A-Za-z0-9_-]{3,64}$/;
const remedy = 'must be 3 to 64 letters, digits, "_" or "-"';

/** An organisation that uses the product; names its rows in every store. */
export const TenantId = z.string().regex(pattern, remedy).brand<'TenantId'>();
export type TenantId = z.infer<typeof TenantId>;

/** A person in one tenant's pool. The same id in every store: never prefixed, never joined to another. */
export const CandidateId = z.string().regex(pattern, remedy).brand<'CandidateId'>();
export type CandidateId = z.infer<typeof CandidateId>;

/** A file kept for a candidate. */
export const DocumentId = z.string().regex(pattern, remedy).brand<'DocumentId'>();
export type DocumentId = z.infer<typeof DocumentId>;

/** A person's account, as Firebase Auth names it. */
export const MemberId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be 1 to 128 letters, digits, "_" or "-"')
  .brand<'MemberId'>();
export type MemberId = z.infer<typeof MemberId>;

/** An occupation of the taxonomy: its classification and its code there. */
export const EcoId = z
  .string()
  .regex(/^(cbo|esco|onet|own):[A-Za-z0-9.-]{2,60}$/, 'must be an id such as cbo:2124-05 or onet:15-1252.00')
  .brand<'EcoId'>();
export type EcoId = z.infer<typeof EcoId>;

/** The tenant that the product's own operators belong to; the role `operator` counts in no other. */
export const operatorTenant = TenantId.parse('headhunter');
