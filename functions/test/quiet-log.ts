import { format } from 'node:util';

// The functions log one line a call to stdout; a test that looks at the log reads it here instead.
const lines: string[] = [];
(globalThis as { logLines?: string[] }).logLines = lines;
for (const stream of ['log', 'debug', 'info', 'warn', 'error'] as const) {
  const before = console[stream].bind(console);
  console[stream] = (...parts: unknown[]) => {
    const line = format(...parts);
    if (/^\{.*"severity":"[A-Z]+"/s.test(line)) lines.push(line);
    else before(...parts);
  };
}
