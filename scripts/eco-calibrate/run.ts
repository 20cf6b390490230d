import { occupationsOf } from '../../functions/src/domain/eco/occupations.ts';
import { meaningOf } from '../../functions/src/domain/eco/title-meaning.ts';
import { calibratedShare, type Found, type Share, weighMeaning } from '../../functions/src/domain/eco/weigh-meaning.ts';
import { readModel } from '../../functions/src/platform/local-embedder/model.ts';
import { openModel } from '../../functions/src/platform/local-embedder.ts';
import { openTaxonomy, type TaxonomyArtifact } from '../../functions/src/platform/taxonomy.ts';
import { withholdLabels } from '../embedder/withhold.ts';
import { fitLogistic, type Observation } from './logistic.ts';
import { questionsOf } from './questions.ts';
import { Tally } from './tally.ts';

const shares: readonly Share[] = [0.5, 0.6, 0.7, 0.8].flatMap((far) =>
  [0.9, 0.95, 1].flatMap((near) => [0.7, 0.8, 0.9, 1].map((greatest) => ({ near, far, greatest }))),
);
const lettersAlone: Share = { ...calibratedShare, greatest: 0 };

/** Asks what neither the model nor the index has seen. @throws Error for a model that has seen the labels withheld */
export async function calibrate(folder: URL, misspelt: number) {
  const read = await readModel(folder);
  const taxonomy = await openTaxonomy();
  if (read.manifest.training['withheld'] !== true || read.manifest.taxonomy !== taxonomy.manifest.version)
    throw new Error(`the model in ${folder.pathname} was not trained with --withhold from the taxonomy that ships`);
  const [whole, links] = await Promise.all([taxonomy.part('occupations'), taxonomy.part('links')]);
  const { occupations: kept, withheld } = withholdLabels(whole);
  const { reader, titlesIn } = await occupationsOf(withOccupations(taxonomy, kept));
  const { systems, indexes, accept } = titlesIn('BR');
  const model = openModel(read);
  const sure: Observation[] = [];
  const kinds = new Map<string, { letters: Tally; both: Tally }>();
  const grid = shares.map((share) => ({ share, withheld: new Tally(), misspelt: new Tally() }));
  const unsure = { letters: new Tally(), both: new Tally() };
  for (const question of questionsOf({ occupations: whole, links }, kept, withheld, misspelt)) {
    const { titles } = reader.read(question.text);
    const written = new Map<string, Found>(
      indexes.flatMap((index) =>
        index
          .find(titles, 60, accept)
          .map(
            ({ occupation, confidence, title: { text } }) => [occupation, { confidence, text, as: 'title' }] as const,
          ),
      ),
    );
    const meaning = meaningOf(model, titles[0] ?? '', systems);
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
    const best = letters[0]?.[1] ?? 0;
    if (isSlip || !meaning || best >= calibratedShare.near) continue;
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

/** The artifact with these occupations in place of its own. */
function withOccupations(
  taxonomy: TaxonomyArtifact,
  occupations: Awaited<ReturnType<typeof taxonomy.part<'occupations'>>>,
): TaxonomyArtifact {
  return {
    ...taxonomy,
    part: ((name) =>
      name === 'occupations' ? Promise.resolve(occupations) : taxonomy.part(name)) as TaxonomyArtifact['part'],
  };
}
