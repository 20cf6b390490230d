import type { Request, Response } from 'express';

/** A deployable function as firebase-functions builds it, told by its `__endpoint`. */
export interface HostedFunction {
  /** The deployed name: nested exports joined with `-`. */
  readonly name: string;
  readonly kind: 'https' | 'callable' | 'task' | 'schedule' | 'event';
  /** What a task-queue function declares; undefined for other kinds. */
  readonly taskQueue: Readonly<Record<string, unknown>> | undefined;
  handle(req: Request, res: Response): unknown;
}

interface Endpoint {
  readonly httpsTrigger?: object;
  readonly callableTrigger?: object;
  readonly taskQueueTrigger?: Readonly<Record<string, unknown>>;
  readonly scheduleTrigger?: object;
  readonly eventTrigger?: object;
}

type Callable = ((...args: unknown[]) => unknown) & { readonly __endpoint: Endpoint };

const maxDepth = 4;
const deployable = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;

/** Every function among `exports`, groups included. Throws on a name that could not be deployed. */
export function findFunctions(exports: object, prefix: readonly string[] = []): HostedFunction[] {
  return Object.entries(exports).flatMap(([key, value]: [string, unknown]) => {
    const path = [...prefix, key];
    if (isFunction(value)) return [hosted(path.join('-'), value)];
    const isGroup = typeof value === 'object' && value !== null && path.length < maxDepth;
    return isGroup ? findFunctions(value, path) : [];
  });
}

function isFunction(value: unknown): value is Callable {
  return typeof value === 'function' && '__endpoint' in value;
}

function hosted(name: string, run: Callable): HostedFunction {
  if (!deployable.test(name))
    throw new Error(`"${name}" cannot be the name of a function: letters, digits and "-", at most 63`);
  const { __endpoint: endpoint } = run;
  const kind = endpoint.callableTrigger
    ? 'callable'
    : endpoint.taskQueueTrigger
      ? 'task'
      : endpoint.scheduleTrigger
        ? 'schedule'
        : endpoint.eventTrigger
          ? 'event'
          : 'https';
  const handle =
    kind === 'event'
      ? async (req: Request, res: Response) => {
          await run(req.body);
          res.status(204).end();
        }
      : (req: Request, res: Response) => run(req, res);
  return { name, kind, taskQueue: endpoint.taskQueueTrigger, handle };
}
