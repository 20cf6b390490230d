import { CandidateProfile } from '../../../src/contract/candidate.ts';
import { deriveCandidate } from '../../../src/domain/candidates/derive.ts';
import { conceptsIn } from '../../../src/domain/text/concepts.ts';
import { type Recognizer, recognizerOf } from '../../../src/domain/text/recognizer.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';
import { localEmbedder } from '../../../src/platform/local-embedder.ts';

// English profiles; nothing in them is Portuguese.
const profiles = {
  nurse: ['Registered nurse', 'Cares for patients in intensive care, gives medication and keeps their records.'],
  driver: ['Truck driver', 'Delivers goods over long distances, plans routes and looks after the vehicle.'],
  accountant: ['Accountant', 'Prepares balance sheets, files taxes and closes the books every month.'],
  developer: ['Software developer', 'Builds web services, writes tests and reviews the code of others.'],
  teacher: ['Primary school teacher', 'Teaches children to read and to write, and talks with their parents.'],
  cook: ['Head cook', 'Plans menus, buys food and runs the kitchen of a restaurant.'],
} as const;

let recognizer: Recognizer;
const vectors = new Map<string, Float32Array>();

beforeAll(async () => {
  recognizer = recognizerOf(await openLexicon());
  for (const [name, [title, description]] of Object.entries(profiles)) {
    const profile = CandidateProfile.parse({
      fullName: name,
      title,
      experience: [{ title, description, start: '2019-01', current: true }],
    });
    const derived = deriveCandidate(recognizer, profile, [], new Date('2026-01-01T00:00:00Z'));
    const [vector] = await localEmbedder.embed([derived.embeddingInput], 'document');
    vectors.set(name, vector ?? new Float32Array());
  }
});

async function nearest(query: string): Promise<string | undefined> {
  const [vector] = await localEmbedder.embed([{ text: query, concepts: conceptsIn(recognizer, query) }], 'query');
  const cosine = (other: Float32Array) => other.reduce((sum, x, i) => sum + x * (vector?.[i] ?? 0), 0);
  return [...vectors].sort(([, a], [, b]) => cosine(b) - cosine(a))[0]?.[0];
}

describe('the vector leg across languages', () => {
  it.each([
    ['enfermeira para UTI', 'nurse'],
    ['caminhoneiro com experiência em viagens longas', 'driver'],
    ['analista contábil para fechamento de balanço', 'accountant'],
    ['programador backend', 'developer'],
    ['professora do ensino fundamental', 'teacher'],
    ['cozinheiro chefe de restaurante', 'cook'],
    ['alguém que cuide de pacientes no hospital', 'nurse'],
    ['conductor de camión', 'driver'],
  ])('finds for "%s" the English profile of a %s', async (query, name) => {
    expect(await nearest(query)).toBe(name);
  });
});
