import { z } from 'zod';
import { TenantId } from './ids.ts';

const counts = z.record(z.string(), z.int().min(0));
const head = z.strictObject({ seq: z.int().min(0), hash: z.string() });

/** What proves that a tenant was erased. Holds ids, counts and hashes only. */
export const Receipt = z.strictObject({
  tenantId: TenantId,
  /** What there was when erasing began, by store: `postgres.<table>` rows, `firestore` documents, `accounts`, `cache` keys. */
  erased: counts,
  /** What a look into every store found afterwards: nothing but zeros. */
  remaining: counts,
  export: z.strictObject({ place: z.string(), manifest: z.string(), sha256: z.string() }),
  /** Where the tenant's two audit chains ended. */
  auditHeads: z.strictObject({ records: head.nullable(), administration: head }),
  /** The operator who asked for it. */
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  erasedAt: z.iso.datetime(),
});
export type Receipt = z.infer<typeof Receipt>;

/** One file of an export. */
export const ExportPart = z.strictObject({
  file: z.string(),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string(),
});
export type ExportPart = z.infer<typeof ExportPart>;

/** How far an offboarding came; kept with the operator, since it outlives the tenant. */
export const Offboarding = z.object({
  tenantId: TenantId,
  state: z.enum(['draining', 'exporting', 'exported', 'erasing', 'erased']),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  /** The folder of the export, below the place. */
  folder: z.string(),
  parts: z.array(ExportPart),
  /** Which source is being exported and where its next page begins; `after` is JSON. */
  position: z.object({ source: z.int().min(0), after: z.string().nullable(), part: z.int().min(1) }),
  erased: counts.optional(),
  export: Receipt.shape.export.optional(),
  auditHeads: Receipt.shape.auditHeads.optional(),
  receipt: Receipt.optional(),
});
export type Offboarding = z.infer<typeof Offboarding>;
