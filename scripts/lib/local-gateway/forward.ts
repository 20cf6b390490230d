import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { refuse } from './refusal.ts';

export const bodyLimitBytes = 32 * 1024 * 1024;
const tooLarge = { code: 413, message: 'Payload Too Large' };

/**
 * Sends requests on to `target`, their path appended to it. Answers 504 when the whole answer is not there after `seconds`,
 * 503 when the target cannot be reached, and 413 when the body is over 32 MB.
 */
export function openForward(target: string, seconds: number) {
  const outgoing = new WeakMap<IncomingMessage, ClientRequest>();
  const proxy = createProxyMiddleware({
    target,
    changeOrigin: true,
    // The default ones answer in words of their own.
    ejectPlugins: true,
    plugins: [
      (server) => {
        server.on('proxyReq', (proxyReq, req, res) => {
          outgoing.set(req, proxyReq);
          limitBody(req, res, proxyReq);
        });
        server.on('error', (_error, _req, res) => {
          if (res && 'writeHead' in res)
            refuse(res, { code: 503, message: 'upstream connect error or disconnect/reset before headers' });
        });
      },
    ],
  });
  return (req: IncomingMessage, res: ServerResponse): void => {
    if (Number(req.headers['content-length'] ?? 0) > bodyLimitBytes) {
      res.setHeader('connection', 'close');
      refuse(res, tooLarge);
      return;
    }
    const timer = setTimeout(() => {
      refuse(res, { code: 504, message: 'upstream request timeout' });
      outgoing.get(req)?.destroy();
    }, seconds * 1_000);
    res.on('close', () => clearTimeout(timer));
    void proxy(req, res);
  };
}

function limitBody(req: IncomingMessage, res: ServerResponse, proxyReq: ClientRequest): void {
  let bytes = 0;
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= bodyLimitBytes || proxyReq.destroyed) return;
    res.setHeader('connection', 'close');
    refuse(res, tooLarge);
    proxyReq.destroy();
  });
}
