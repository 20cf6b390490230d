import { rounded } from '../lib/figures.ts';
import type { Question } from './questions.ts';

/** Answers to questions, counted: how often right, and how often as sure as it was right. */
export class Tally {
  #asked = 0;
  #first = 0;
  #five = 0;
  #squares = 0;
  readonly #tenths = new Map<number, { answers: number; right: number }>();

  /** @param answer best first; its first counts as said with that confidence */
  add({ right }: Question, answer: readonly (readonly [id: string, confidence: number])[]): void {
    this.#asked++;
    const [id, confidence] = answer[0] ?? ['', 0];
    const isRight = right.has(id);
    if (isRight) this.#first++;
    if (answer.slice(0, 5).some(([one]) => right.has(one))) this.#five++;
    this.#squares += (confidence - Number(isRight)) ** 2;
    const tenth = Math.min(9, Math.floor(confidence * 10));
    const { answers, right: before } = this.#tenths.get(tenth) ?? { answers: 0, right: 0 };
    this.#tenths.set(tenth, { answers: answers + 1, right: before + Number(isRight) });
  }

  /** Brier's score is the mean of (confidence - right)^2 of first answers: 0 is best. */
  figures() {
    const share = (count: number) => rounded(count / this.#asked, 3);
    return { asked: this.#asked, at1: share(this.#first), at5: share(this.#five), brier: share(this.#squares) };
  }

  /** For each tenth of confidence, how many first answers were said with it and which share of them was right. */
  reliability() {
    return [...this.#tenths]
      .sort(([a], [b]) => a - b)
      .map(([tenth, { answers, right }]) => ({ from: tenth / 10, answers, right: rounded(right / answers, 2) }));
  }
}
