/** The local API inside the test's own process: the real server on real ports, with a real PostgreSQL that is gone afterwards. */
import { readFile } from 'node:fs/promises';
import { createLog } from '../../demo/server/log.ts';
import { startServer } from '../../demo/server/server.ts';
import type { Database } from '../../demo/server/store/database.ts';
import { listMails } from '../../demo/server/store/mails.ts';
import type { StoredMail } from '../../demo/server/store/mails.ts';
import type { SettingsFile } from '../../demo/server/settings.ts';
import './record-exchanges.mjs';
import { openTestDatabase } from './test-database.ts';

export interface TestApiOptions {
  /** Settings in place of those of `demo/instance.json`. */
  instance?: SettingsFile;
  publishableKey?: string;
  /** Default: a free one. */
  port?: number;
  /** Default: 127.0.0.1. */
  host?: string;
  smtpUrl?: string;
  smsUrl?: string;
  secretKeys?: string;
  pepper?: string;
  /** Client secrets of providers, by strategy. */
  clientSecretOf?: (strategy: string) => string | undefined;
  webhookSigningSecrets?: string;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface TestApi {
  /** `http://127.0.0.1:<port>`: Frontend API and demo pages. */
  url: string;
  backendUrl: string;
  publishableKey: string;
  secretKey: string;
  database: Database;
  /** Every line that the server has logged, at its most talkative. */
  log: string[];
  /** Newest first. */
  mails(): Promise<StoredMail[]>;
  stop(): Promise<void>;
}

export async function startApi(options: TestApiOptions = {}): Promise<TestApi> {
  const lines: string[] = [];
  const log = createLog('debug', (line) => void lines.push(line));
  const demo = new URL('../../demo/instance.json', import.meta.url);
  const server = await startServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    backendPort: 0,
    // Which providers there are, tests say themselves.
    instance: { ...(JSON.parse(await readFile(demo, 'utf8')) as SettingsFile), social: [], ...options.instance },
    publishableKey: options.publishableKey,
    secretKeys: options.secretKeys,
    pepper: options.pepper,
    smtpUrl: options.smtpUrl,
    smsUrl: options.smsUrl,
    ...(options.clientSecretOf && { clientSecretOf: options.clientSecretOf }),
    webhookSigningSecrets: options.webhookSigningSecrets,
    openDatabase: () => openTestDatabase(log, 'instance'),
    log,
    print: () => undefined,
    ...(options.now && { now: options.now }),
  });
  return {
    url: server.frontendApiUrl,
    backendUrl: server.backendUrl,
    publishableKey: server.publishableKey,
    secretKey: server.keys.secretKey,
    database: server.database,
    log: lines,
    mails: () => listMails(server.database),
    stop: () => server.stop(),
  };
}
