import { z } from 'zod';
import type { AnyEndpoint } from '../contract/endpoint.ts';

type Query = Readonly<Record<string, unknown>>;

const pathName = /^\{(\w+)\}$/;

/** The path parameters when method and path are this endpoint's route; undefined when they are not. */
export function matchRoute(
  route: AnyEndpoint['route'],
  method: string,
  path: string,
): Record<string, string> | undefined {
  const [wantedMethod, template = ''] = route.split(' ');
  const wanted = template.split('/');
  const given = path.split('/');
  if (method !== wantedMethod || wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const name = pathName.exec(part)?.[1];
    if (!name) {
      if (part !== given[i]) return undefined;
      continue;
    }
    try {
      params[name] = decodeURIComponent(given[i] ?? '');
    } catch {
      return undefined;
    }
  }
  return params;
}

/** One input from path, query and body; query text becomes the number, flag or list that the schema asks for. */
export function restInput(endpoint: AnyEndpoint, params: Record<string, string>, query: Query, body: unknown): unknown {
  if (endpoint.route.startsWith('POST')) {
    if (body === undefined) return params;
    const isRecord = typeof body === 'object' && body !== null && !Array.isArray(body);
    return isRecord ? { ...body, ...params } : body;
  }
  const types = typesOf(endpoint.input);
  const fromQuery = Object.entries(query).map(([key, value]) => [key, coerce(value, types.get(key))] as const);
  return { ...Object.fromEntries(fromQuery), ...params };
}

const known = new WeakMap<z.ZodObject, Map<string, string>>();

function typesOf(schema: z.ZodObject): Map<string, string> {
  let types = known.get(schema);
  if (!types) {
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    types = new Map(
      Object.entries(properties).map(([key, value]) => [key, (value as { type?: string }).type ?? 'string']),
    );
    known.set(schema, types);
  }
  return types;
}

function coerce(value: unknown, type: string | undefined): unknown {
  if (type === 'array') return typeof value === 'string' ? value.split(',') : value;
  if (typeof value !== 'string') return value;
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
