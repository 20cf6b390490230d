import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import { ClientId, CredentialId } from '../../functions/src/contract/credential.ts';
import {
  ApiKeySettings,
  OAuthClientSettings,
  OverlapSeconds,
} from '../../functions/src/contract/credential-settings.ts';
import { TenantId } from '../../functions/src/contract/ids.ts';
import { delegableScopes } from '../../functions/src/contract/scopes.ts';
import { createApiKey } from '../../functions/src/domain/admin/create-api-key.ts';
import { createOAuthClient } from '../../functions/src/domain/admin/create-oauth-client.ts';
import { registerGoogleKey } from '../../functions/src/domain/admin/register-google-key.ts';
import { rotateApiKey } from '../../functions/src/domain/admin/rotate-api-key.ts';
import { rotateOAuthClient } from '../../functions/src/domain/admin/rotate-oauth-client.ts';
import type { ApiKey } from '../../functions/src/stores/api-key-documents.ts';
import type { OAuthClient } from '../../functions/src/stores/oauth-client-documents.ts';
import type { Opened } from '../tenant.ts';
import { tell, tellOnce } from './tell.ts';

interface Settings {
  readonly name: string;
  readonly scopes?: string;
  readonly days: string;
  readonly callsPerSecond?: string;
}

const keyColumns = ['key', 'name', 'begins with', 'status', 'accepted until', 'scopes'];
const keyRow = (key: ApiKey) => [key.keyId, key.name, key.prefix, key.status, key.acceptedUntil, key.scopes.join(' ')];
const clientColumns = ['client', 'name', 'status', 'secrets', 'scopes'];
const clientRow = (client: Omit<OAuthClient, 'secrets'> & { readonly secrets: readonly object[] }) => [
  client.clientId,
  client.name,
  client.status,
  client.secrets.length,
  client.scopes.join(' '),
];

const settingsOf = ({ name, scopes, days }: Settings) => ({
  name,
  scopes: scopes ? scopes.split(',').map((scope) => scope.trim()) : [...delegableScopes],
  expiresInDays: Number(days),
});
const keySettings = (options: Settings): ApiKeySettings =>
  ApiKeySettings.parse({
    ...settingsOf(options),
    ...(options.callsPerSecond !== undefined && { callsPerSecond: Number(options.callsPerSecond) }),
  });

const withSettings = (command: Command): Command =>
  command
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <scopes>', `with commas; all that can be given when left out: ${delegableScopes.join(',')}`)
    .option('--days <days>', 'how long it lives', '365');

/** `keys create|list|rotate|revoke|register` and `clients create|list|rotate|revoke`. */
export function credentials(program: Command, opened: Opened): void {
  /** What changes credentials of one tenant; an operator may give whatever can be given. */
  const of = async (id: string, command: Command) => {
    const { operator, json } = await opened(command);
    const { tenantId } = await operator.tenancies.byId(TenantId.parse(id));
    const { apiKeys, oauthClients } = operator.of(tenantId);
    return { json, apiKeys, oauthClients, caller: { scopes: new Set(delegableScopes) }, now: new Date() };
  };
  const tellKeys = (json: boolean, keys: readonly ApiKey[]) => tell(json, keys, keyColumns, keys.map(keyRow));

  const keys = program.command('keys').description('API keys of a tenant');
  withSettings(keys.command('create <tenant>').description('a new key; its text is printed once'))
    .option('--calls-per-second <n>', 'a limit of its own')
    .action(async (id: string, options: Settings, command: Command) => {
      const tools = await of(id, command);
      const { key, apiKey } = await createApiKey(tools, keySettings(options));
      tell(tools.json, { ...apiKey, key }, keyColumns, [keyRow(apiKey)]);
      tellOnce(tools.json, { key });
    });
  withSettings(keys.command('register <tenant>').description('take a key of Google Cloud, read from standard input'))
    .option('--calls-per-second <n>', 'a limit of its own')
    .action(async (id: string, options: Settings, command: Command) => {
      const tools = await of(id, command);
      tellKeys(tools.json, [
        await registerGoogleKey(tools, (await readAll(process.stdin)).trim(), keySettings(options)),
      ]);
    });
  keys
    .command('list <tenant>')
    .description('every key, newest first')
    .action(async (id: string, _: object, command: Command) => {
      const { json, apiKeys } = await of(id, command);
      tellKeys(json, await apiKeys.list(200));
    });
  keys
    .command('rotate <tenant> <key>')
    .description('a successor; both work during the overlap')
    .option('--overlap <seconds>', 'how long the old one goes on working', '604800')
    .action(async (id: string, keyId: string, { overlap }: { overlap: string }, command: Command) => {
      const tools = await of(id, command);
      const { key, apiKey, replaced } = await rotateApiKey(
        tools,
        CredentialId.parse(keyId),
        OverlapSeconds.parse(Number(overlap)),
      );
      tell(tools.json, { ...apiKey, key }, keyColumns, [apiKey, replaced].map(keyRow));
      tellOnce(tools.json, { key });
    });
  keys
    .command('revoke <tenant> <key>')
    .description('at once and for good')
    .action(async (id: string, keyId: string, _: object, command: Command) => {
      const { json, apiKeys, now } = await of(id, command);
      tellKeys(json, [await apiKeys.revoke(CredentialId.parse(keyId), now)]);
    });

  const clients = program.command('clients').description('OAuth clients of a tenant');
  withSettings(clients.command('create <tenant>').description('a new client; its secret is printed once')).action(
    async (id: string, options: Settings, command: Command) => {
      const tools = await of(id, command);
      const { clientSecret, client } = await createOAuthClient(tools, OAuthClientSettings.parse(settingsOf(options)));
      tell(tools.json, { ...client, clientSecret }, clientColumns, [clientRow(client)]);
      tellOnce(tools.json, { clientSecret });
    },
  );
  clients
    .command('list <tenant>')
    .description('every client, newest first')
    .action(async (id: string, _: object, command: Command) => {
      const { json, oauthClients } = await of(id, command);
      const all = await oauthClients.list(200);
      tell(json, all, clientColumns, all.map(clientRow));
    });
  clients
    .command('rotate <tenant> <client>')
    .description('a second secret; both work during the overlap')
    .option('--overlap <seconds>', 'how long the old one goes on working', '604800')
    .action(async (id: string, clientId: string, { overlap }: { overlap: string }, command: Command) => {
      const tools = await of(id, command);
      const { clientSecret, client } = await rotateOAuthClient(
        tools,
        ClientId.parse(clientId),
        OverlapSeconds.parse(Number(overlap)),
      );
      tell(tools.json, { ...client, clientSecret }, clientColumns, [clientRow(client)]);
      tellOnce(tools.json, { clientSecret });
    });
  clients
    .command('revoke <tenant> <client>')
    .description('at once and for good')
    .action(async (id: string, clientId: string, _: object, command: Command) => {
      const { json, oauthClients, now } = await of(id, command);
      const client = await oauthClients.revoke(ClientId.parse(clientId), now);
      tell(json, client, clientColumns, [clientRow(client)]);
    });
}
