/** `npm start`: environment variables, ports, signals; nothing else. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLoopbackHost } from '../../src/rules/publishable-key.ts';
import { parseDatabaseUrl } from './database-address.ts';
import { createLog, isLogLevel } from './log.ts';
import { secretVariable } from './oauth/settings.ts';
import { startServer } from './server.ts';
import type { Server } from './server.ts';
import { SettingsError } from './settings.ts';
import { StartError } from './start-error.ts';
import { copyBeforeMigration } from './store/backup.ts';
import { startOwnPostgres } from './store/own-postgres.ts';

const environment = process.env;
const text = (name: string, fallback: string) => environment[name] || fallback;

function port(name: string): number | undefined {
  const value = environment[name];
  if (!value) return undefined;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new StartError(`${name}: expected a port number, got ${JSON.stringify(value)}`);
}

const instancePath = text('CLERK_INSTANCE', fileURLToPath(new URL('../instance.json', import.meta.url)));

async function readInstance(): Promise<unknown> {
  let content;
  try {
    content = await readFile(instancePath, 'utf8');
  } catch {
    throw new StartError(`CLERK_INSTANCE: the file ${instancePath} cannot be read.`);
  }
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    throw new StartError(`The settings file ${instancePath} is not valid JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

async function start(): Promise<Server> {
  const level = text('LOG_LEVEL', 'info');
  if (!isLogLevel(level)) throw new StartError(`LOG_LEVEL: expected debug, info, warn, error or silent, got ${JSON.stringify(level)}`);
  const log = createLog(level);
  return startServer({
    host: text('HOST', '127.0.0.1'),
    port: port('PORT') ?? 4000,
    backendPort: port('BACKEND_API_PORT'),
    instance: await readInstance(),
    publishableKey: environment['CLERK_PUBLISHABLE_KEY'],
    secretKeys: environment['CLERK_SECRET_KEY'],
    pepper: environment['PASSWORD_PEPPER'],
    smtpUrl: environment['SMTP_URL'],
    smsUrl: environment['SMS_URL'],
    clientSecretOf: (strategy) => environment[secretVariable(strategy)] || undefined,
    webhookSigningSecrets: environment['CLERK_WEBHOOK_SIGNING_SECRET'],
    openDatabase: async () => {
      const url = environment['DATABASE_URL'];
      if (url) return { address: parseDatabaseUrl(url), close: () => Promise.resolve() };
      const folder = text('DATA_DIR', '.data');
      const own = await startOwnPostgres({ folder, log });
      const keepCopy = async (schema: number) => {
        const copy = await copyBeforeMigration(own.address, resolve(folder), schema);
        log({ message: `The database as it was before its migration is in ${copy}` });
      };
      return { address: own.address, keepCopy, close: () => own.stop() };
    },
    log,
    print: (mail) => void process.stderr.write(mail),
  });
}

/** What a person needs, and what Clerk's own SDKs need to find this server. */
function describe({
  settings,
  frontendApiUrl,
  backendUrl,
  publishableKey,
  keys,
  hasInbox,
  hasBrowserFiles,
  developmentProviderUrl,
  databaseDescription,
}: Server): string {
  const row = (name: string, value: string, more = '') => `${name.padEnd(17)}${value.padEnd(more ? 31 : 0)}${more}`;
  const host = text('HOST', '127.0.0.1');
  const played = settings.social.flatMap(({ isPlayed, name }) => (isPlayed ? [name] : []));
  return [
    row('Demo', `${frontendApiUrl}/`),
    row('Frontend API', frontendApiUrl, `publishable key  ${publishableKey}`),
    row('Backend API', backendUrl, `secret key       ${keys.secretKey}`),
    hasInbox ? row('Inbox', `${frontendApiUrl}/inbox`) : row('Mail', environment['SMTP_URL'] ? 'by SMTP' : 'on stderr only'),
    ...(settings.attributes.phoneNumber.enabled && environment['SMS_URL']
      ? [row('Text messages', `to ${new URL(environment['SMS_URL']).host}`)]
      : []),
    ...(developmentProviderUrl && played.length ? [row('Provider', `${developmentProviderUrl} plays ${played.join(', ')}`)] : []),
    // The host alone: the rest of an address may be a secret.
    ...settings.webhooks.map(({ url }) => row('Webhooks', `to ${new URL(url).host}`)),
    row('Database', databaseDescription),
    '',
    'For Clerk’s own SDKs:',
    row('  Backend', `CLERK_API_URL=${backendUrl} CLERK_PUBLISHABLE_KEY=${publishableKey} CLERK_SECRET_KEY=${keys.secretKey}`),
    row('  Browser', `proxyUrl ${frontendApiUrl}, script ${frontendApiUrl}/npm/@clerk/clerk-js@6/dist/clerk.browser.js`),
    ...(hasBrowserFiles ? [] : ['', 'The browser files are missing: run "npm run build" and start again.']),
    ...(isLoopbackHost(host)
      ? []
      : ['', `Other machines can reach this server (HOST=${host}). A test instance is safe on your own machine only.`]),
    '',
  ].join('\n');
}

/** Ends the process once the server has stopped. */
function stopOn(server: Server): void {
  let isStopping = false;
  const stop = () => {
    // Asked twice: whoever asks does not want to wait. PostgreSQL ends with its parent, and what was confirmed is on the disk.
    if (isStopping) process.exit(1);
    isStopping = true;
    server.stop().then(
      // An orderly stop ends (security.md, N16): by here all is closed and said, and nothing that is open all the same may hold the process up.
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        // What the failure has left open would do so for certain: whoever waits for the end learns that it was none in order.
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
}

try {
  const server = await start();
  stopOn(server);
  process.stdout.write(describe(server));
} catch (error) {
  if (error instanceof SettingsError) console.error(`The settings file ${instancePath} has mistakes:\n${error.message}`);
  else console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
