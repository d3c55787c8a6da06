/** The local API as a process of its own, as `npm start` runs it, that can be asked which statements it sends. */
import { createLog } from '../../../demo/server/log.ts';
import { parseDatabaseUrl } from '../../../demo/server/database-address.ts';
import { startServer } from '../../../demo/server/server.ts';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { serveParent } from '../processes.ts';
import { recordStatements } from './statements.ts';

/** What the process is told. */
export interface ApiOptions {
  databaseUrl: string;
  port: number;
  publishableKey: string;
  instance: SettingsFile;
}

/** What it says of itself. */
export interface ApiProcess {
  url: string;
  backendUrl: string;
  publishableKey: string;
  secretKey: string;
}

let recording: ReturnType<typeof recordStatements> | undefined;

serveParent({
  start: async ({ databaseUrl, ...options }: ApiOptions): Promise<ApiProcess> => {
    const server = await startServer({
      ...options,
      host: '127.0.0.1',
      backendPort: 0,
      openDatabase: () => Promise.resolve({ address: parseDatabaseUrl(databaseUrl), close: () => Promise.resolve() }),
      log: createLog('info'),
      print: () => undefined,
    });
    return {
      url: server.frontendApiUrl,
      backendUrl: server.backendUrl,
      publishableKey: server.publishableKey,
      secretKey: server.keys.secretKey,
    };
  },
  record: () => void (recording = recordStatements()),
  recorded: () => recording?.stop() ?? [],
});
