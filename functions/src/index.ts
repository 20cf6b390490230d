import { publicRegistry, registry } from './endpoints/registry.ts';
import { service } from './projections/function.ts';
import { publicService } from './projections/public-function.ts';

export const admin = service(registry.admin);
export const candidates = service(registry.candidates);
export const decisions = service(registry.decisions);
export const eco = service(registry.eco);
export const embed = service(registry.embed);
export const search = service(registry.search);
export const enrich = service(registry.enrich);
export const msgs = service(registry.msgs);
export const oauth = publicService(publicRegistry.oauth);

export { candidatesRederive } from './triggers/candidates-rederive.ts';
export { demandRecompute } from './triggers/demand-recompute.ts';
export { enrichmentWork } from './triggers/enrichment-work.ts';
export { indexMaintenance } from './triggers/index-maintenance.ts';
export { jobSweep } from './triggers/job-sweep.ts';
export { neighboursRecompute } from './triggers/neighbours-recompute.ts';
export { secretRotate } from './triggers/secret-rotate.ts';
export { secretRotationCheck } from './triggers/secret-rotation-check.ts';
