import { catalogue, type ErrorCode } from '../contract/errors.ts';
import { canonicalNameOf, codesOf, errorCodes, exampleOf, statusOf } from './error-responses.ts';
import { endpointsOf, type Services } from './routes.ts';

/** One page for each code of the catalogue, and an index, by file name. */
export function errorPages(services: Services, generated: string): Record<string, string> {
  const endpoints = endpointsOf(services);
  const pages = errorCodes.map((code) => {
    const answering = endpoints.filter((endpoint) => codesOf(endpoint).includes(code)).map(({ id }) => id);
    return [`${code}.md`, page(code, answering, endpoints.length, generated)] as const;
  });
  return Object.fromEntries([['README.md', index(generated)], ...pages]);
}

function page(code: ErrorCode, answering: readonly string[], of: number, generated: string): string {
  return `<!-- ${generated} -->

# ${code}

${catalogue[code].message}

**How to mend it.** ${catalogue[code].fix}

| | |
| --- | --- |
| REST | HTTP ${statusOf(code)}, \`application/problem+json\` |
| Callable | \`${canonicalNameOf(code)}\`, in the Firebase SDK \`functions/${catalogue[code].kind}\`; the body below is its \`details\` |
| Answered by | ${answeredBy(answering, of)} |

\`\`\`json
${JSON.stringify(exampleOf(code), null, 2)}
\`\`\`

\`details\`, when there are any, name the fields: \`[{ "path": "filters.skills[2]", "message": "..." }]\`. Quote \`requestId\` when you report it.
`;
}

function answeredBy(ids: readonly string[], of: number): string {
  if (ids.length === of) return 'every endpoint';
  return ids.length === 0 ? 'no endpoint at present' : ids.map((id) => `\`${id}\``).join(', ');
}

function index(generated: string): string {
  const rows = errorCodes.map(
    (code) =>
      `| [${code}](${code}.md) | ${statusOf(code)} | \`${canonicalNameOf(code)}\` | ${catalogue[code].message} |\n`,
  );
  return `<!-- ${generated} -->

# Errors

Every failure has one of these codes, in both dialects. Programs read \`code\`, people read \`message\`.

| code | HTTP | callable | what happened |
| --- | --- | --- | --- |
${rows.join('')}`;
}
