import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/**
 * Every schema that the contract, the domain or the endpoints export under a name of its own, by that name.
 * @throws Error when two different schemas share a name
 */
export async function namedSchemas(sources: string): Promise<Record<string, z.ZodType>> {
  const files = globSync('{contract,domain,endpoints}/**/*.ts', { cwd: sources }).sort();
  const named = new Map<string, z.ZodType>();
  for (const file of files) {
    const exports = (await import(pathToFileURL(path.join(sources, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exports)) {
      if (!(value instanceof z.ZodType) || !/^[A-Z]/.test(name)) continue;
      if (named.has(name) && named.get(name) !== value)
        throw new Error(`two schemas are exported as ${name}, one by ${file}`);
      named.set(name, value);
    }
  }
  return Object.fromEntries(named);
}
