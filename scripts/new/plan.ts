import { rolesToScopes, type Scope } from '../../functions/src/contract/scopes.ts';
import { registry } from '../../functions/src/endpoints/registry.ts';
import { type RouteEntry, routesOf, type Services } from '../../functions/src/projections/routes.ts';

/** A new endpoint, every name of it decided. */
export interface Plan {
  readonly service: string;
  readonly verb: string;
  readonly isNewService: boolean;
  readonly method: RouteEntry['method'];
  readonly path: string;
  readonly params: readonly string[];
  readonly scope: Scope;
  /** What the endpoint and its domain function are exported as. */
  readonly endpointName: string;
  readonly domainName: string;
}

export interface Wish {
  readonly id: string | undefined;
  readonly method: string;
  readonly route: string | undefined;
  readonly scope: string | undefined;
}

/** Why a wish cannot be granted, in one sentence for the person who typed it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

const methods: readonly RouteEntry['method'][] = ['GET', 'POST', 'DELETE'];
const segment = /^([a-z][a-z0-9-]*|\{[a-z][A-Za-z0-9]*\})$/;
export const scopes = [...new Set(Object.values(rolesToScopes).flat())].sort();

/** Decides what a new endpoint is called and where it is found. @throws Refusal */
export function planOf({ id = '', method, route, scope }: Wish, services: Services = registry): Plan {
  if (!/^[a-z]+\.[a-z]+(-[a-z]+)*$/.test(id)) {
    throw new Refusal(
      `"${id}" is no name for an endpoint: it takes service.verb, lower-case, such as fairness.report or admin.api-keys`,
    );
  }
  const [service = '', verb = ''] = id.split('.');
  if (Object.hasOwn(services[service] ?? {}, verb)) throw new Refusal(`${id} exists already`);
  if (`${service}-${verb}`.length > 63)
    throw new Refusal(`${service}-${verb} is longer than the 63 letters a function’s name may have`);
  if (isReserved(service)) throw new Refusal(`"${service}" is a word of the language and cannot name a service`);
  const known = methods.find((one) => one === method.toUpperCase());
  if (!known) throw new Refusal(`"${method}" is no method here: there are ${methods.join(', ')}`);
  const path = route ?? `/v1/${service}/${verb}`;
  const [root, version, ...segments] = path.split('/');
  if (root !== '' || version !== 'v1' || segments.length === 0 || !segments.every((part) => segment.test(part))) {
    throw new Refusal(`"${path}" is no route: it takes /v1/ and lower-case parts, parameters as {candidateId}`);
  }
  const params = segments.filter((part) => part.startsWith('{')).map((part) => part.slice(1, -1));
  if (new Set(params).size < params.length) throw new Refusal(`${path} names a parameter twice`);
  if (params.includes('text') || params.includes('words'))
    throw new Refusal('the draft has fields `text` and `words` of its own; name the parameter otherwise');
  const shape = (of: string) => of.replaceAll(/\{\w+\}/g, '{}');
  const taken = routesOf(services).find((other) => other.method === known && shape(other.path) === shape(path));
  if (taken) throw new Refusal(`${known} ${path} is the route of ${taken.id}`);
  const wanted = scope ?? `${service}:${known === 'GET' ? 'read' : 'write'}`;
  const granted = scopes.find((one) => one === wanted);
  if (!granted)
    throw new Refusal(
      `there is no scope ${wanted}: choose one with --scope (${scopes.join(', ')}) or add it to contract/scopes.ts`,
    );
  const verbName = camel(verb);
  const domainName = verbName + pascal(service);
  return {
    service,
    verb,
    isNewService: !Object.hasOwn(services, service),
    method: known,
    path,
    params,
    scope: granted,
    endpointName: isReserved(verbName) ? `${verbName}One` : verbName,
    domainName,
  };
}

const camel = (kebab: string) => kebab.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
export const pascal = (kebab: string) => camel(`-${kebab}`);

// Names that the draft, the registry or the index use themselves.
const spoken = new Set(['await', 'endpoint', 'registry', 'service', 'text', 'z']);

/** Whether a name of letters cannot stand for a value; the language itself is asked. */
function isReserved(name: string): boolean {
  if (spoken.has(name)) return true;
  try {
    new Function(`"use strict"; const ${name} = 0;`);
    return false;
  } catch {
    return true;
  }
}
