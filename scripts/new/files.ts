import type { Plan } from './plan.ts';

const repeat = (plan: Plan, line: (param: string) => string) => plan.params.map(line).join('');

/** The files of a new endpoint by their path below `functions`: a draft that works, put in the house's own order. */
export function draftOf(plan: Plan): Record<string, string> {
  const { service, verb } = plan;
  return {
    [`src/endpoints/${service}/${verb}.ts`]: endpointFile(plan),
    [`src/domain/${service}/${verb}.ts`]: domainFile(plan),
    [`test/endpoints/${service}/${verb}.test.ts`]: testFile(plan),
  };
}

function endpointFile(plan: Plan): string {
  const { service, verb, method, path, scope, endpointName, domainName } = plan;
  const given = repeat(plan, (param) => `${param}: 'example-1', `);
  return `import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { text } from '../../contract/text.ts';
import { ${domainName} } from '../../domain/${service}/${verb}.ts';

export const ${endpointName} = endpoint({
  id: '${service}.${verb}',
  summary: 'A text with its spaces in order, and how many words it has.',
  route: '${method} ${path}',
  scope: '${scope}',
  needs: [],
  input: z.strictObject({ ${repeat(plan, (param) => `${param}: text(3, 64), `)}text: text(1, 2_000) }),
  output: z.strictObject({ ${repeat(plan, (param) => `${param}: z.string(), `)}text: z.string(), words: z.int().min(1) }),
  errors: [],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 150 },
  example: {
    input: { ${given}text: 'Engenheira  de dados' },
    output: { ${given}text: 'Engenheira de dados', words: 3 },
  },
  handler: async ({ input }) => ${domainName}(input),
});
`;
}

function domainFile(plan: Plan): string {
  const fields = repeat(plan, (param) => `readonly ${param}: string; `);
  return `/** The text with single spaces between its words, and their number. */
export function ${plan.domainName}<Input extends { ${fields}readonly text: string }>(input: Input) {
  const words = input.text.split(/\\s+/).filter((word) => word !== '');
  return { ...input, text: words.join(' '), words: words.length };
}
`;
}

function testFile({ service, verb, endpointName }: Plan): string {
  return `import { ${endpointName} } from '../../../src/endpoints/${service}/${verb}.ts';

const { example, handler, input, output } = ${endpointName};
const answer = async (asked: unknown) => output.parse(await handler({ ctx: {} as never, input: input.parse(asked) }));

describe('${service}.${verb}', () => {
  it('answers its own example', async () => {
    expect(await answer(example.input)).toEqual(output.parse(example.output));
  });

  it('counts words whatever stands between them', async () => {
    expect(await answer({ ...example.input, text: ' uma\\t duas\\ntrês ' })).toMatchObject({ text: 'uma duas três', words: 3 });
  });

  it('refuses a text without words and a field that is not in the contract', async () => {
    expect(input.safeParse({ ...example.input, text: ' ' }).success).toBe(false);
    expect(input.safeParse({ ...example.input, surplus: 1 }).success).toBe(false);
  });
});
`;
}
