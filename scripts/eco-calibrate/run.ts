import { writtenAlike } from '../../functions/src/domain/eco/find-occupations.ts';
import { occupationsOf } from '../../functions/src/domain/eco/occupations.ts';
import { meaningOf } from '../../functions/src/domain/eco/title-meaning.ts';
import { calibratedShare, type Share, weighMeaning } from '../../functions/src/domain/eco/weigh-meaning.ts';
import { readModel } from '../../functions/src/platform/local-embedder/model.ts';
import { type LocalModel, openModel } from '../../functions/src/platform/local-embedder.ts';
import { openTaxonomy, type TaxonomyArtifact } from '../../functions/src/platform/taxonomy.ts';
import { withholdLabels } from '../embedder/withhold.ts';
import { fitLogistic, type Observation } from './logistic.ts';
import { questionsOf } from './questions.ts';
import { Tally } from './tally.ts';

const shares: readonly Share[] = [0.6, 0.7, 0.8].flatMap((far) =>
  [0.9, 0.95, 1].flatMap((near) => [0.7, 0.8, 0.9, 1].map((greatest) => ({ near, far, greatest }))),
);
const lettersAlone: Share = { ...calibratedShare, greatest: 0 };

/** Asks what neither the model nor the index has seen. @throws Error for a model that has seen the labels withheld */
export async function calibrate(folder: URL, misspelt: number) {
  const taxonomy = await openTaxonomy();
  const model = await readBlindModel(folder, taxonomy.manifest.version);
  const [occupations, links] = await Promise.all([taxonomy.part('occupations'), taxonomy.part('links')]);
  const { occupations: kept, withheld } = withholdLabels(occupations);
  const known = await occupationsOf(withOccupations(taxonomy, kept));
  const told = known.titlesIn('BR');

  const sure: Observation[] = [];
  const kinds = new Map<string, { letters: Tally; both: Tally }>();
  const grid = shares.map((share) => ({ share, withheld: new Tally(), misspelt: new Tally() }));
  const unsure = { letters: new Tally(), both: new Tally() };
  for (const question of questionsOf({ occupations, links }, kept, withheld, misspelt)) {
    const { titles } = known.reader.read(question.text);
    const written = writtenAlike(titles, told, undefined);
    const meaning = meaningOf(model, titles[0] ?? '', told.systems);
    const answer = (share: Share) =>
      [...weighMeaning(written, () => meaning, 10, share)]
        .map(([id, { confidence }]) => [id, confidence] as const)
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    const [letters, both] = [answer(lettersAlone), answer(calibratedShare)];
    const kind = kinds.get(question.kind) ?? { letters: new Tally(), both: new Tally() };
    kinds.set(question.kind, kind);
    kind.letters.add(question, letters);
    kind.both.add(question, both);
    const isSlip = question.kind === 'misspelt';
    for (const one of grid) (isSlip ? one.misspelt : one.withheld).add(question, answer(one.share));
    if (isSlip || !meaning || (letters[0]?.[1] ?? 0) >= calibratedShare.near) continue;
    const [nearest = ''] = meaning.nearest(1);
    sure.push({ value: meaning.cosine(nearest), was: question.right.has(nearest) });
    unsure.letters.add(question, letters);
    unsure.both.add(question, both);
  }
  return {
    taxonomy: taxonomy.manifest.version,
    fit: fitLogistic(sure),
    kinds: [...kinds].map(([kind, { letters, both }]) => ({ kind, letters: letters.figures(), both: both.figures() })),
    grid: grid.map((one) => ({ ...one.share, withheld: one.withheld.figures(), misspelt: one.misspelt.figures() })),
    reliability: { letters: unsure.letters.reliability(), both: unsure.both.reliability() },
  };
}

async function readBlindModel(folder: URL, taxonomy: string): Promise<LocalModel> {
  const model = await readModel(folder);
  if (model.manifest.training['withheld'] !== true || model.manifest.taxonomy !== taxonomy)
    throw new Error(`the model in ${folder.pathname} was not trained with --withhold from the taxonomy that ships`);
  return openModel(model);
}

/** The artifact with these occupations in place of its own. */
function withOccupations(
  taxonomy: TaxonomyArtifact,
  occupations: Awaited<ReturnType<TaxonomyArtifact['part']>>,
): TaxonomyArtifact {
  return {
    ...taxonomy,
    part: (async (name) => (name === 'occupations' ? occupations : taxonomy.part(name))) as TaxonomyArtifact['part'],
  };
}
