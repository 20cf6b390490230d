import { createWriteStream } from 'node:fs';

/**
 * Takes the functions' JSON log lines off the terminal, which on a laptop belongs to the person at it, and appends them to
 * `file`, or drops them. Everything else is printed as before. Returns what undoes it.
 */
export function divertCallLog(file?: string): () => void {
  const sink = file === undefined ? undefined : createWriteStream(file, { flags: 'a' });
  const streams = [process.stdout, process.stderr] as const;
  const before = streams.map((stream) => stream.write);
  for (const stream of streams) {
    const write = stream.write.bind(stream) as typeof stream.write;
    stream.write = ((chunk: string | Uint8Array, ...rest: []) => {
      if (typeof chunk !== 'string' || !chunk.startsWith('{"') || !chunk.includes('"severity":"'))
        return write(chunk, ...rest);
      sink?.write(chunk);
      return true;
    }) as typeof stream.write;
  }
  return () => {
    streams.forEach((stream, i) => {
      stream.write = before[i] as typeof stream.write;
    });
    sink?.end();
  };
}
