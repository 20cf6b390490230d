import type { z } from 'zod';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import { routesOf, type Services } from './routes.ts';
import { clientOf, type Transport, type WriteOptions } from './web-client/client.ts';

/** What JSON makes of a branded type: the id, without its brand. */
type Plain<T> = T extends string & z.core.$brand
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : { [Key in keyof T]: Plain<T[Key]> };

type Told = Pick<AnyEndpoint, 'input' | 'output'>;

/** What an endpoint takes, before defaults are filled in. */
export type InputOf<Endpoint extends Told> = Plain<z.input<Endpoint['input']>>;
/** What a call of an endpoint resolves to; `cacheHit` is there when the endpoint keeps its answers. */
export type ReplyOf<Endpoint extends Told> = Plain<z.output<Endpoint['output']>> & {
  requestId: string;
  cacheHit?: boolean;
};

/** `client.search.hybrid(input)`, typed by the declarations themselves. A call that only reads ignores its options. */
export type ClientOf<Registry> = {
  readonly [Service in keyof Registry]: {
    readonly [Verb in keyof Registry[Service]]: Registry[Service][Verb] extends Told
      ? (input: InputOf<Registry[Service][Verb]>, options?: WriteOptions) => Promise<ReplyOf<Registry[Service][Verb]>>
      : never;
  };
};

/** The client for programs that live in this repository; a web app takes the folder `clients/web`. */
export function createClient<Registry extends Services>(registry: Registry, transport: Transport): ClientOf<Registry> {
  return clientOf(routesOf(registry), transport) as unknown as ClientOf<Registry>;
}
