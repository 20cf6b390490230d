import type { EnforcedBackend, EnforcedDocument, TokenRule } from './document.ts';

/** One operation with all that is enforced of it. */
export interface GatewayRoute {
  readonly method: string;
  readonly template: string;
  readonly backend: EnforcedBackend;
  /** Absent where the operation asks for none. */
  readonly token: TokenRule | undefined;
  /** The header of the API key, in lower case; absent where the operation asks for none. */
  readonly keyHeader: string | undefined;
  readonly costs: Readonly<Record<string, number>>;
}

/** Every operation of the document, literal segments before parameters. @throws Error when it refers to what is not there */
export function routesOfDocument(document: EnforcedDocument): GatewayRoute[] {
  const { backends } = document['x-google-api-management'];
  const routes = Object.entries(document.paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]): GatewayRoute => {
      const where = `${method.toUpperCase()} ${template}`;
      const name = operation['x-google-backend'];
      const backend = backends[name];
      if (!backend) throw new Error(`${where} names the backend "${name}", which is not defined`);
      const [requirement, ...others] = operation.security ?? document.security;
      if (others.length > 0)
        throw new Error(`${where} offers a choice of credentials, which Google refuses with API keys`);
      return {
        method: method.toUpperCase(),
        template,
        backend,
        costs: operation['x-google-quota'],
        ...rulesOf(document, Object.keys(requirement ?? {}), where),
      };
    }),
  );
  return routes.sort((a, b) => shape(a.template).localeCompare(shape(b.template)));
}

function rulesOf({ components }: EnforcedDocument, names: readonly string[], where: string) {
  let token: TokenRule | undefined;
  let keyHeader: string | undefined;
  for (const name of names) {
    const scheme = components.securitySchemes[name];
    if (!scheme) throw new Error(`${where} asks for "${name}", which is not defined`);
    if (scheme.type === 'oauth2') token = scheme['x-google-auth'];
    else keyHeader = scheme.name.toLowerCase();
  }
  return { token, keyHeader };
}

/** The operation of a request; else the template that has the path but not the method; else nothing. */
export function findRoute(
  routes: readonly GatewayRoute[],
  method: string,
  path: string,
): { route?: GatewayRoute; template?: string } {
  const fitting = routes.filter(({ template }) => fits(template, path));
  const route = fitting.find((one) => one.method === method);
  if (route) return { route };
  return fitting[0] ? { template: fitting[0].template } : {};
}

// Like Google's, it takes one slash more at the end.
function fits(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = (path.length > 1 ? path.replace(/\/$/, '') : path).split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => (isParameter(part) ? given[i] !== '' : part === given[i]))
  );
}

const isParameter = (segment: string) => /^\{\w+\}$/.test(segment);

// '~' comes after everything a literal segment may hold.
const shape = (template: string) => template.replaceAll(/\{\w+\}/g, '~');
