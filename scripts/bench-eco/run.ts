import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { TaxonomyOccupation } from '../../functions/src/contract/taxonomy.ts';
import { findOccupations, type TitleSources } from '../../functions/src/domain/eco/find-occupations.ts';
import { occupationsOf } from '../../functions/src/domain/eco/occupations.ts';
import { openLocalModel } from '../../functions/src/platform/local-embedder.ts';
import { openTaxonomy } from '../../functions/src/platform/taxonomy.ts';
import { divertCallLog } from '../lib/call-log.ts';
import { percentile, rounded } from '../lib/figures.ts';
import { generousLimits } from '../lib/generous-limits.ts';
import { serve } from '../lib/serve.ts';
import { startStack } from '../lib/stack.ts';
import { type Misspelt, misspeltTitles } from './typos.ts';

/** Memory first, in a process that has done nothing else; then every title through the REST function, each for the first time. */
export async function benchEco(options: { titles: number; seed: string; say: (line: string) => void }) {
  const memory = await measureMemory();
  const taxonomy = await openTaxonomy();
  const titles = misspeltTitles(await taxonomy.part('occupations'), options.titles, options.seed);
  const sources = { occupations: await occupationsOf(taxonomy), own: undefined, model: await openLocalModel() };
  const inProcess = timeInProcess(
    sources,
    titles.map(({ written }) => written),
  );
  const byMeaning = timeInProcess(sources, spanishTitles(await taxonomy.part('occupations'), titles.length));
  options.say(`asking ${titles.length} titles through the REST function`);
  const rest = await askRest(titles);
  return {
    taxonomy: taxonomy.manifest.version,
    titles: titles.length,
    seed: options.seed,
    memory,
    inProcess,
    byMeaning,
    rest: rest.latency,
    accuracy: {
      all: accuracyOf(titles, rest.answers),
      'pt-BR': accuracyOf(titles, rest.answers, 'pt-BR'),
      en: accuracyOf(titles, rest.answers, 'en'),
    },
    missed: titles
      .filter(({ owners }, i) => !rest.answers[i]?.slice(0, 5).some((id) => owners.has(id)))
      .map(({ written, meant }) => ({ written, meant })),
  };
}

/** What the occupations' endpoints keep for as long as the process lives: parts, both indexes, crosswalk, and the model. */
async function measureMemory() {
  setFlagsFromString('--expose-gc');
  const gc: () => void = runInNewContext('gc');
  const used = async () => {
    // Memory of arrays that nobody has any more is given back in a thread of its own.
    for (let turn = 0; turn < 3; turn++) {
      gc();
      await setTimeout(100);
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return { heap: heapUsed / 2 ** 20, arrays: arrayBuffers / 2 ** 20 };
  };
  const before = await used();
  const started = performance.now();
  const taxonomy = await openTaxonomy();
  const occupations = await occupationsOf(taxonomy);
  const { tellCrosswalk } = await import('../../functions/src/domain/eco/tell-crosswalk.ts');
  const { templateOf } = await import('../../functions/src/domain/eco/template.ts');
  const nurse = occupations.at(0).id as Parameters<typeof tellCrosswalk>[1];
  occupations.titlesIn('BR');
  const openedMs = performance.now() - started;
  occupations.titlesIn('US');
  await Promise.all([
    taxonomy.part('descriptions'),
    tellCrosswalk(taxonomy, nurse, 'pt-BR'),
    templateOf(taxonomy, nurse, null),
  ]);
  const withoutModel = await used();
  await openLocalModel();
  const after = await used();
  const modelMiB = after.heap + after.arrays - withoutModel.heap - withoutModel.arrays;
  const [heapMiB, arraysMiB] = [after.heap - before.heap, after.arrays - before.arrays];
  return {
    openedMs: Math.round(openedMs),
    heapMiB: rounded(heapMiB),
    arraysMiB: rounded(arraysMiB),
    allMiB: rounded(heapMiB + arraysMiB),
    modelMiB: rounded(modelMiB),
  };
}

const asked = { locale: 'pt-BR', country: 'BR', limit: 5 } as const;

/** Titles of ESCO in a language that the index does not have, evenly spread: for most of them meaning is asked. */
function spanishTitles(occupations: readonly TaxonomyOccupation[], most: number): string[] {
  const titles = occupations.flatMap(({ labels }) => labels.es?.slice(0, 1) ?? []);
  const step = Math.max(1, Math.floor(titles.length / most));
  return titles.filter((_, i) => i % step === 0).slice(0, most);
}

function timeInProcess(sources: TitleSources, titles: readonly string[]) {
  for (const title of titles.slice(0, 50)) findOccupations(sources, { title, ...asked });
  const wall: number[] = [];
  const processor: number[] = [];
  for (const title of titles) {
    const [started, used] = [performance.now(), process.cpuUsage()];
    findOccupations(sources, { title, ...asked });
    const { user, system } = process.cpuUsage(used);
    wall.push(performance.now() - started);
    processor.push((user + system) / 1_000);
  }
  return { wall: latencyOf(wall), processor: latencyOf(processor) };
}

async function askRest(titles: readonly Misspelt[]) {
  const stack = await startStack();
  Object.assign(process.env, stack.env);
  const restoreLog = divertCallLog();
  const served = await serve(stack);
  try {
    await served.addTenant('bench', 'Bench', generousLimits);
    const token = await served.addPerson({ uid: 'bench', tenantId: 'bench', roles: ['recruiter'] });
    const ask = async (title: string): Promise<{ cacheHit: boolean; results: { ecoId: string }[] }> => {
      const query = new URLSearchParams({ title, country: asked.country, limit: String(asked.limit) });
      const response = await fetch(`${served.host.url}/v1/occupations/search?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!response.ok) throw new Error(`${title}: ${response.status} ${await response.text()}`);
      return (await response.json()) as { cacheHit: boolean; results: { ecoId: string }[] };
    };
    for (const { meant } of titles.slice(0, 20)) await ask(`${meant} `.repeat(2).slice(0, 110));
    const times: number[] = [];
    const answers: string[][] = [];
    for (const { written } of titles) {
      const started = performance.now();
      const { cacheHit, results } = await ask(written);
      times.push(performance.now() - started);
      if (cacheHit) throw new Error(`${written} was meant to be new and came from the cache`);
      answers.push(results.map(({ ecoId }) => ecoId));
    }
    return { latency: latencyOf(times), answers };
  } finally {
    await served.stop();
    restoreLog();
    await stack.stop();
  }
}

const latencyOf = (times: readonly number[]) => ({
  p50Ms: rounded(percentile(times, 0.5), 2),
  p95Ms: rounded(percentile(times, 0.95), 2),
  p99Ms: rounded(percentile(times, 0.99), 2),
});

function accuracyOf(
  titles: readonly Misspelt[],
  answers: readonly (readonly string[])[],
  language?: Misspelt['language'],
) {
  const of = titles.flatMap((title, i) =>
    language && title.language !== language ? [] : [{ title, ids: answers[i] ?? [] }],
  );
  const within = (places: number) =>
    rounded(
      of.filter(({ title, ids }) => ids.slice(0, places).some((id) => title.owners.has(id))).length / of.length,
      4,
    );
  return { titles: of.length, at1: within(1), at5: within(5) };
}
