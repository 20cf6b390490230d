export type ReadHeader = (name: string) => string | undefined;

/**
 * The caller's `Authorization`. The gateway puts its own there and the caller's into `X-Forwarded-Authorization`, so that one
 * counts alone when it came. What the gateway says of the user in other headers is unsigned and not read.
 */
export const authorizationOf = (header: ReadHeader): string | undefined =>
  header('x-forwarded-authorization') ?? header('authorization');

/** The token of a `Bearer` authorization; undefined when there is none or it cannot be a token. */
export function bearerOf(header: ReadHeader): string | undefined {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorizationOf(header) ?? '')?.[1];
  return token !== undefined && token.length <= 8_192 ? token : undefined;
}
