import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

type Config = ConstructorParameters<typeof ModernFakeTimers>[0]['config'];

/**
 * Where a test file runs: in the process itself. A context of its own, which Jest makes by default, looks every name of the
 * language up slowly and cannot share a loaded package with the next file. What a file changes of the process is put back after it.
 */
export default class PlainEnvironment {
  readonly global = globalThis;
  readonly moduleMocker = new ModuleMocker(globalThis);
  readonly fakeTimers = null;
  readonly fakeTimersModern: ModernFakeTimers;
  readonly #env = { ...process.env };
  readonly #console = console;
  readonly #exit = process.exit;
  readonly #names = new Set(Object.getOwnPropertyNames(globalThis));

  constructor({ projectConfig }: { projectConfig: Config }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup(): Promise<void> {
    // Jest asks for a hundred calls in every stack, which costs most where errors are made and caught by the thousand.
    Error.stackTraceLimit = 25;
  }

  async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    globalThis.console = this.#console;
    process.exit = this.#exit;
    // Symbols stay: packages that are loaded once keep what is theirs under them.
    for (const name of Object.getOwnPropertyNames(globalThis))
      if (!this.#names.has(name)) Reflect.deleteProperty(globalThis, name);
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  /** There is none: `PlainRuntime` compiles in the context of the process. */
  getVmContext(): null {
    return null;
  }
}
