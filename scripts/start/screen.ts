import { localGatewayUrl } from '../lib/gateway-place.ts';
import { projectId, region } from '../lib/project.ts';
import { bold, dim, table } from '../lib/terminal.ts';
import { type AskedAnswer, question } from './ask.ts';
import { people } from './cast.ts';

/** The question and the first five people, each with score, reasons and what is missing. */
export function printAnswer(asked: string, answer: AskedAnswer): void {
  console.log(`\n${bold(`Ana (acme) asks: ${asked}`)}`);
  console.log(dim(`${answer.total} ranked in ${answer.timings['totalMs']} ms\n`));
  for (const { rank, fullName, title, score, reasons, missing } of answer.results) {
    console.log(`${rank}. ${bold(fullName)}, ${title ?? 'sem cargo'}  ${score.toFixed(3)}`);
    for (const { text, quote } of reasons) console.log(`     + ${text}${quote ? dim(`: “${quote.text}”`) : ''}`);
    for (const { text } of missing) console.log(`     - ${text}`);
  }
}

/** How to go on: URLs, curls to paste, people to sign in as. */
export function printGuide(url: string, authHost: string): void {
  const body = JSON.stringify({ query: question, limit: 3 });
  const header = `-H "Authorization: Bearer $(cat .local/tokens/ana)" -H 'Content-Type: application/json'`;
  console.log(`
${bold('Ask yourself')} (paste into another terminal, in this folder)

REST:
curl -s ${url}/v1/search/hybrid ${header} -d '${body}'

Callable, as a web app sends it:
curl -s ${url}/${projectId}/${region}/search-hybrid ${header} -d '{"data":${body}}'

The market, of which the demo has invented advertisements:
curl -s ${url}/v1/skills/expand ${header} -d '{"skillId":"apache-kafka","topK":5,"includeRelatedRoles":true}'

${bold('Who can sign in')} (ID tokens are kept fresh in .local/tokens/<uid>)
${table(
  ['uid', 'tenant', 'role', 'e-mail', 'password'],
  people.map(({ uid, tenantId, roles, email, password }) => [uid, tenantId, roles.join(', '), email, password]),
)}

curl -s '${`http://${authHost}`}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local' -H 'Content-Type: application/json' -d '{"email":"ana@example.com","password":"demo-ana","returnSecureToken":true}'

${bold('URLs')}
REST       ${url}/v1/...           documented in api-gateway/openapi.yaml
callables  ${url}/${projectId}/${region}/<service>-<verb>
health     ${url}/${projectId}/${region}/search-hybrid/ready
gateway    npm run gateway:local      the same API as integrators meet it: api-gateway/gateway.yaml enforced at ${localGatewayUrl}
log        .local/functions.log

Ctrl-C ends it; the data stay in .local/ until npm run reset.`);
}
