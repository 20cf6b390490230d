import type { ServerResponse } from 'node:http';

/** A refusal of the gateway's own, in Google's words as far as they are known. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** Sends a refusal; cuts the connection where an answer has already begun. */
export function refuse(res: ServerResponse, { code, message }: Refusal): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message }));
}
