/** A free port of the loopback address, for what has to know its port before it starts. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Ports taken by this process so far: the system may give one out again as soon as it is closed. */
const given = new Set<number>();

export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await once(server.close(), 'close');
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}
