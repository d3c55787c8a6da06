/** A way to the local API by https: Clerk's helpers for tests touch no other requests. */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import type { TestApi } from '../../support/api.ts';

/** The certificate that a mail server for tests has by itself; a browser has to be told not to mind. */
const certificate = createRequire(import.meta.url)('smtp-server/lib/tls-options.js') as () => TlsOptions;

export interface SecureApi {
  /** With port. */
  host: string;
  stop(): Promise<void>;
}

export async function secure({ url }: Pick<TestApi, 'url'>): Promise<SecureApi> {
  const { port, hostname } = new URL(url);
  const server = createServer(certificate(), (socket) => {
    const api = connect(Number(port), hostname);
    socket.on('error', () => api.destroy());
    api.on('error', () => socket.destroy());
    socket.pipe(api).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
