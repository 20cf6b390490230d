import { createRequire } from 'node:module';
import vm from 'node:vm';

const requireOnce = createRequire(import.meta.url);
const { default: Runtime } = requireOnce('jest-runtime') as typeof import('jest-runtime');

// What we wrote; and firebase-functions, which keeps the console it finds when it is loaded: each file has one of its own.
const anew = /^([./]|file:|firebase-functions(\/|$))/;

interface Executor {
  readonly injectedModuleParameters: string[];
  compile(source: string, filename: string): unknown;
}

/** Jest's loader, by which every test file gets what we wrote anew; packages and Jest itself are loaded once in a process. */
export default class PlainRuntime extends Runtime {
  constructor(...given: ConstructorParameters<typeof Runtime>) {
    super(...given);
    const { executor } = this as unknown as { executor: Executor };
    executor.compile = (source, filename) =>
      vm.compileFunction(source, executor.injectedModuleParameters, { filename });
  }

  override requireModuleOrMock<T = unknown>(from: string, name: string): T {
    return anew.test(name) ? super.requireModuleOrMock<T>(from, name) : createRequire(from)(name);
  }

  override requireActual<T = unknown>(from: string, name: string): T {
    return anew.test(name) ? super.requireActual<T>(from, name) : createRequire(from)(name);
  }

  /** What collects the tests of a file begins anew with each; what it stands on stays. */
  override requireInternalModule<T = unknown>(from: string, to?: string): T {
    if (to !== undefined) return createRequire(from)(to);
    delete requireOnce.cache[from];
    return requireOnce(from);
  }
}
