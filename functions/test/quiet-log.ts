import { format } from 'node:util';
import { keepLine } from './known-secrets.ts';

// The functions log one line a call to stdout; a test that looks at the log reads it here instead, and the end of the run
// looks through all of them for secrets.
const lines: string[] = [];
(globalThis as { logLines?: string[] }).logLines = lines;
for (const stream of ['log', 'debug', 'info', 'warn', 'error'] as const) {
  const before = console[stream].bind(console);
  console[stream] = (...parts: unknown[]) => {
    const line = format(...parts);
    if (/^\{.*"severity":"[A-Z]+"/s.test(line)) {
      lines.push(line);
      keepLine(line);
    } else before(...parts);
  };
}
