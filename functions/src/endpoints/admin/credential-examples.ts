import type { ClientId, CredentialId } from '../../contract/credential.ts';

/** The key and the client that the examples of these endpoints speak of. */
export const exampleKey = {
  keyId: '5b1f0c9a7e3d48261f0a9c3b' as CredentialId,
  name: 'Recruiting system',
  prefix: 'hhk_7Qx2',
  scopes: ['candidates:read' as const, 'search:read' as const],
  callsPerSecond: 10,
  status: 'active' as const,
  createdBy: 'Zk3n7QbW2yRfT8sVdLm5PcXaHuJ1',
  createdAt: '2026-01-01T12:00:00.000Z',
  expiresAt: '2027-01-01T12:00:00.000Z',
  acceptedUntil: '2027-01-01T12:00:00.000Z',
  replaces: null,
  replacedBy: null,
};

export const exampleClient = {
  clientId: 'acme.4cZt9QmB1xKf7Lw2' as ClientId,
  name: 'Recruiting system',
  scopes: ['candidates:read' as const, 'search:read' as const],
  status: 'active' as const,
  createdAt: '2026-01-01T12:00:00.000Z',
  createdBy: 'Zk3n7QbW2yRfT8sVdLm5PcXaHuJ1',
  secrets: [
    {
      secretId: '0d9e7c5b3a1f86420e9d7c5b' as CredentialId,
      prefix: 'hhs_Vb81',
      createdAt: '2026-01-01T12:00:00.000Z',
      expiresAt: '2027-01-01T12:00:00.000Z',
      acceptedUntil: '2027-01-01T12:00:00.000Z',
    },
  ],
};

/** Another text of the same kind: a week after this rotation the old one is refused. */
export const successorId = '91c2d3e4f5061728394a5b6c' as CredentialId;
export const rotatedAt = '2026-06-01T12:00:00.000Z';
export const overlapEnd = '2026-06-08T12:00:00.000Z';
export const successorEnd = '2027-06-01T12:00:00.000Z';
