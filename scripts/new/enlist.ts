import { type Plan, pascal } from './plan.ts';

/**
 * The source of `endpoints/registry.ts` with one more endpoint; the formatter puts imports in order afterwards.
 * @throws Error when the file no longer has the shape this knows
 */
export function enlist(source: string, { service, verb, isNewService, endpointName }: Plan): string {
  const isTaken = new RegExp(`^import \\{[^}]*\\b${endpointName}\\b[^}]*\\} from`, 'm').test(source);
  const name = isTaken ? endpointName + pascal(service) : endpointName;
  const imported = isTaken ? `${endpointName} as ${name}` : name;
  const key = /^\w+$/.test(verb) ? verb : `'${verb}'`;
  const entry = key === name ? name : `${key}: ${name}`;
  const group = isNewService
    ? /(export const registry = \{[\s\S]*?)(\n\} as const;)/
    : new RegExp(`(\\n  ${service}: \\{[^}]*?),?\\s*(\\},)`);
  const added = isNewService ? `$1\n  ${service}: { ${entry} },$2` : `$1, ${entry} $2`;
  const enlisted = source.replace(group, added);
  if (enlisted === source) throw new Error('endpoints/registry.ts has another shape than this program knows');
  return `import { ${imported} } from './${service}/${verb}.ts';\n${enlisted}`;
}

/** The source of `index.ts` with one more service. */
export const exportService = (source: string, service: string): string =>
  `${source.trimEnd()}\nexport const ${service} = service(registry.${service});\n`;
