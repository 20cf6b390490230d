import { writeFileSync } from 'node:fs';
import { type AuditChain, type AuditHead, auditChains } from '../functions/src/contract/audit.ts';
import { TenantId } from '../functions/src/contract/ids.ts';
import { type ChainVerdict, verifyAudit } from '../functions/src/domain/admin/verify-audit.ts';
import { asOperator } from '../functions/src/middleware/as-operator.ts';
import { readOptions } from './lib/options.ts';
import { reachStores } from './lib/reach-stores.ts';
import { table } from './lib/terminal.ts';

const help = `Usage: npm run audit:verify [-- --tenant acme] [--anchor records:12:<hash>]... [--json FILE]

Walks the audit log of every tenant, or of one, from its first entry to its head and says where a chain first breaks. Ends
with code 0 when every chain is whole, 1 when one is broken, 2 when it could not look.

A tenant has two chains: "records" (people's data, in Postgres) and "administration" (members, keys, clients, in Firestore).
Each entry holds the hash of the one before it, so a gap or an edit shows:
  gap               entries are missing, though later ones are there
  edited            an entry was changed after it was written
  wrong_link        an entry does not follow the one before it: one was put in its place, or in between
  truncated         the chain ends before its head, or before an anchor
  head_disagrees    the head was changed, or entries were added past it
  anchor_disagrees  an entry is not the one that was noted when it was made

Who cuts off the end together with the head, or forges a chain anew from some entry on, cannot be seen from inside. The log
line of every call that changed something keeps "audit": [{ chain, seq, hash }] for that: give one as an anchor.

  --tenant ID                only this tenant
  --anchor CHAIN:SEQ:HASH    an entry as a log line has it; needs --tenant; as many as you like
  --json FILE                the verdicts as JSON, too

Looks at what OPERATOR_DATABASE_URL names and at Firestore as the environment says (GCLOUD_PROJECT and your Google
credentials, or FIRESTORE_EMULATOR_HOST); without the former at the npm start that is running here, else at its data in .local.`;

function fail(line: string): never {
  console.error(`audit:verify: ${line}`);
  process.exit(2);
}

function anchorOf(text: string): AuditHead & { readonly chain: AuditChain } {
  const [, chain, seq, hash] = /^(\w+):(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  const known = auditChains.find((one) => one === chain);
  if (!known || !seq || !hash) fail(`--anchor takes ${auditChains.join(' or ')}:SEQ:HASH, not "${text}"`);
  return { chain: known, seq: Number(seq), hash };
}

function tenantOf(text: string): TenantId {
  const { data } = TenantId.safeParse(text);
  return data ?? fail(`--tenant takes a tenant's id, not "${text}"`);
}

const options = readOptions(help, {
  tenant: { type: 'string' },
  anchor: { type: 'string', multiple: true, default: [] },
  json: { type: 'string' },
});
const only = options.tenant === undefined ? undefined : tenantOf(options.tenant);
const anchors = options.anchor.map(anchorOf);
if (anchors.length > 0 && !only) fail('--anchor needs --tenant');

type Finding = ChainVerdict & { readonly tenant: TenantId; readonly chain: AuditChain };

async function look(): Promise<Finding[]> {
  return asOperator(async ({ auditChains: all }) => {
    const findings: Finding[] = [];
    for (const tenant of only ? [only] : await all.tenants()) {
      for (const chain of auditChains) {
        const noted = anchors.filter((anchor) => anchor.chain === chain);
        const verdict = await verifyAudit(all.chainOf(tenant, chain), noted, (entries) => {
          if (entries > 0 && entries % 20_000 === 0) console.error(`${tenant} ${chain}: ${entries} entries so far`);
        });
        findings.push({ tenant, chain, ...verdict });
      }
    }
    return findings;
  });
}

const close = await reachStores().catch((error: Error) => fail(error.message));
const findings = await look().catch(async (error: Error) => {
  await close();
  return fail(error.message);
});
await close();
const verdictOf = ({ broken }: Finding) => (broken ? `BROKEN: ${broken.kind} at ${broken.seq}` : 'whole');
console.log(
  table(
    ['tenant', 'chain', 'entries', 'verdict', 'hash of the last'],
    findings.map((one) => [one.tenant, one.chain, one.entries, verdictOf(one), one.entries > 0 ? one.last.hash : '-']),
  ),
);
if (options.json) writeFileSync(options.json, `${JSON.stringify(findings, null, 2)}\n`);
const broken = findings.filter((one) => one.broken);
console.log(
  `\n${broken.length === 0 ? 'Every chain is whole' : `${broken.length} broken`} (${findings.length} chains)`,
);
process.exit(broken.length === 0 ? 0 : 1);
