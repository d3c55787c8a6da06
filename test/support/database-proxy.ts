/** A line to PostgreSQL that can fail: the real server behind a TCP port of this machine. */
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseAddress } from '../../demo/server/store/database.ts';

/**
 * `up` passes everything on. `refused` breaks all connections, and nobody listens. `silent` swallows what is sent, on open
 * connections too, as a network does that drops packets. `slow` hands each answer over late. `starting` is a server that is there and not ready.
 */
export type Line = 'up' | 'refused' | 'silent' | 'slow' | 'starting';

export interface DatabaseProxy {
  /** For `DATABASE_URL`. */
  url: string;
  /** Milliseconds that an answer takes while the line is slow. */
  lateness: number;
  /** How many connections were asked for. */
  readonly connections: number;
  /** Resolves when it is so. */
  put(line: Line): Promise<void>;
  stop(): Promise<void>;
}

/** What PostgreSQL says to whoever comes too early: an ErrorResponse of the protocol, version 3. */
const startingUp = errorResponse({ S: 'FATAL', V: 'FATAL', C: '57P03', M: 'the database system is starting up' });

/** @param address a PostgreSQL on a Unix socket */
export async function startDatabaseProxy({ connection }: DatabaseAddress): Promise<DatabaseProxy> {
  const socketPath = `${String(connection.host)}/.s.PGSQL.5432`;
  const open = new Set<Socket>();
  let line: Line = 'up';
  let port = 0;
  let server: Server | undefined;
  let connections = 0;
  let wake = (): void => undefined;
  let woken = Promise.resolve();

  /** Hands chunks over in their order, when the line lets them through. */
  const pass = (from: Socket, to: Socket, isLate: boolean) => {
    let last = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      const arrived = line;
      last = last.then(async () => {
        if (isLate && arrived === 'slow') await delay(proxy.lateness);
        while (line === 'silent') await woken;
        if (!to.destroyed) to.write(chunk);
      });
    });
    from.on('close', () => void last.then(() => to.end()));
    from.on('error', () => undefined);
  };

  const accept = (client: Socket) => {
    connections++;
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => undefined);
    if (line === 'starting') return void client.once('data', () => client.end(startingUp));
    const upstream = connect(socketPath);
    open.add(upstream);
    upstream.on('close', () => open.delete(upstream));
    pass(client, upstream, false);
    pass(upstream, client, true);
  };

  const listen = async () => {
    if (server) return;
    server = createServer(accept).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const close = async () => {
    for (const socket of open) socket.destroy();
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    server = undefined;
    await closed;
  };

  const proxy: DatabaseProxy = {
    url: '',
    lateness: 5_000,
    get connections() {
      return connections;
    },
    put: async (next) => {
      line = next;
      wake();
      woken = new Promise((resolve) => (wake = resolve));
      if (next === 'refused') await close();
      else await listen();
    },
    stop: async () => {
      await proxy.put('refused');
    },
  };
  await proxy.put('up');
  proxy.url = `postgres://${connection.user ?? ''}@127.0.0.1:${port}/${connection.database ?? ''}`;
  return proxy;
}

function errorResponse(fields: Record<string, string>): Buffer {
  const body = Buffer.from(
    `${Object.entries(fields)
      .map(([name, value]) => `${name}${value}\0`)
      .join('')}\0`,
  );
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
