import { AsyncLocalStorage } from 'node:async_hooks';
import type { RecordedEntry } from '../contract/audit.ts';
import type { Trace } from '../contract/trace.ts';

/** What is learnt about one call while it runs; its one log line tells it. */
export interface CallFacts {
  readonly trace: Trace;
  /** Milliseconds by step of the walk. */
  readonly steps: Record<string, number>;
  databaseMs: number;
  databaseStatements: number;
  /** What the call spent at providers, in millionths of a US dollar. */
  costMicros: number;
  /** Who counted this call against its limits; undefined while nobody did. */
  limitedBy?: 'redis' | 'this-process';
  /** Where the audit entries of this call stand in their chains. */
  readonly audited: RecordedEntry[];
}

const storage = new AsyncLocalStorage<CallFacts>();

export const newCallFacts = (trace: Trace): CallFacts => ({
  trace,
  steps: {},
  databaseMs: 0,
  databaseStatements: 0,
  costMicros: 0,
  audited: [],
});

/** Runs `work` with these as the facts of the current call, for everything it awaits. */
export const withCallFacts = <T>(facts: CallFacts, work: () => Promise<T>): Promise<T> => storage.run(facts, work);

/** The facts of the call we are in; undefined outside of one, as in scripts. */
export const currentCallFacts = (): CallFacts | undefined => storage.getStore();
