import { comment, declarationOf, type Schema } from './client-types.ts';
import { errorCodes } from './error-responses.ts';
import type { OpenAPIDocument } from './openapi.ts';
import { endpointsOf, routeOf, type Services } from './routes.ts';

interface Parameter {
  readonly name: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { content: { 'application/json': { schema: Schema } } };
  readonly responses?: Record<string, { content: { 'application/json': { schema: Schema } } }>;
}

/** The web client's own files beside its runtime: what `index` exports, with plain types and no dependency. */
export function clientPackage(
  services: Services,
  document: OpenAPIDocument,
  generated: string,
): Record<string, string> {
  const codes = errorCodes.map((code) => `  | '${code}'`).join('\n');
  return {
    'index.js': indexJs(services, generated),
    'index.d.ts': indexTypes(services, document, generated),
    'error-code.d.ts': `// ${generated}\n/** Every way the service can refuse or fail. */\nexport type ErrorCode =\n${codes};\n`,
  };
}

function indexJs(services: Services, generated: string): string {
  const routes = endpointsOf(services).map((endpoint) => `  ${JSON.stringify(routeOf(endpoint))},\n`);
  return `// ${generated}
import { clientOf } from './client.js';

export { callableTransport } from './callable.js';
export { HeadhunterError } from './error.js';
export { restTransport } from './rest.js';

const routes = [
${routes.join('')}];

export const createClient = (transport) => clientOf(routes, transport);
`;
}

function indexTypes(services: Services, document: OpenAPIDocument, generated: string): string {
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  const operations = new Map(
    Object.values(document.paths ?? {}).flatMap((item) =>
      Object.values(item as Record<string, Operation>).map((operation) => [operation.operationId, operation] as const),
    ),
  );
  const endpoints = endpointsOf(services);
  const messages = endpoints.flatMap(({ id }) => {
    const operation = operations.get(id);
    const reply = operation?.responses?.['200']?.content['application/json'].schema;
    if (!operation || !reply) throw new Error(`the document does not tell of ${id}`);
    return [declarationOf(`${typeName(id)}Input`, inputOf(operation)), declarationOf(`${typeName(id)}Reply`, reply)];
  });
  const groups = Object.keys(services).map((service) => {
    const calls = endpoints.filter(({ id }) => id.startsWith(`${service}.`));
    return `  readonly ${service}: {\n${calls.map(callOf).join('')}  };\n`;
  });
  return `// ${generated}
import type { Transport, WriteOptions } from './client.js';

export { type CallableFunctions, callableTransport } from './callable.js';
export type { ClientRoute, Transport, WriteOptions } from './client.js';
export { type FailureDetail, HeadhunterError, type TransportFailure } from './error.js';
export type { ErrorCode } from './error-code.js';
export { type RestOptions, restTransport } from './rest.js';

/** Every call rejects with \`HeadhunterError\` and nothing else. */
export interface Client {
${groups.join('')}}

/** The client over one transport. */
export declare function createClient(transport: Transport): Client;

${[...schemas.map(([name, schema]) => declarationOf(name, schema)), ...messages].join('\n')}`;
}

function callOf({ id, summary, input, effect }: ReturnType<typeof endpointsOf>[number]): string {
  const verb = id.split('.')[1] ?? '';
  const key = /^\w+$/.test(verb) ? verb : `'${verb}'`;
  const optional = input.safeParse({}).success ? '?' : '';
  const options = effect === 'writes' ? ', options?: WriteOptions' : '';
  return `${comment(summary, '    ')}    readonly ${key}: (input${optional}: ${typeName(id)}Input${options}) => Promise<${typeName(id)}Reply>;\n`;
}

/** Parameters and body of an operation as the one input they make. */
function inputOf({ parameters: told = [], requestBody }: Operation): Schema {
  // Headers that many operations have in common are no part of the input.
  const parameters = told.filter((parameter) => 'name' in parameter);
  const body = requestBody?.content['application/json'].schema;
  if (parameters.length === 0 && body) return body;
  const named = parameters.map(({ name, description, schema }) => [
    name,
    { ...(description && { description }), ...schema },
  ]);
  return {
    type: 'object',
    properties: { ...Object.fromEntries(named), ...body?.properties },
    required: [...parameters.filter(({ required }) => required).map(({ name }) => name), ...(body?.required ?? [])],
  };
}

const typeName = (id: string) => id.replaceAll(/(?:^|[.-])(\w)/g, (_, letter: string) => letter.toUpperCase());
