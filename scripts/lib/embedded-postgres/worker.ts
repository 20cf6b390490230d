/** The thread behind `startEmbeddedPostgres`: boots PGlite, serves it over TCP, says its port, and ends when told to. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { prepareActivity } from './activity.ts';
import { bootDatabase } from './boot.ts';
import { serveConnection } from './connection.ts';
import { Session } from './session.ts';

const { dataDir, port } = workerData as { dataDir: string | undefined; port: number };
const database = await bootDatabase(dataDir);
const session = new Session(database);
await prepareActivity(session);
const sockets = new Set<Socket>();

const server = createServer({ noDelay: true }, (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  serveConnection(socket, session);
});
server.listen(port, '127.0.0.1');
await once(server, 'listening');
parentPort?.postMessage({ port: (server.address() as AddressInfo).port });

parentPort?.once('message', async () => {
  server.close();
  for (const socket of sockets) socket.destroy();
  await session.close();
  process.exit(0);
});
