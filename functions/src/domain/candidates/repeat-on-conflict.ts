import { Problem } from '../../contract/errors.ts';

const attempts = 3;

/** Does the work anew, reading anew, when somebody else changed the same candidate meanwhile; at most three times. */
export async function repeatOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isConflict = error instanceof Problem && error.code === 'candidate.conflict';
      if (!isConflict || attempt === attempts) throw error;
    }
  }
}
