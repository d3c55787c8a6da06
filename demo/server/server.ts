/** Assembles a running server out of its parts; `main.ts` and the tests both start it here. */
import { createPublishableKey, isLoopbackHost, isServiceDevelopmentHost, parsePublishableKey } from '../../src/rules/publishable-key.ts';
import { createApp } from './app.ts';
import { startCleaning } from './cleaning.ts';
import { prepareDatabase } from './database-address.ts';
import { createDemoBackend } from './demo-backend.ts';
import type { Dependencies } from './dependencies.ts';
import { createDevelopmentProvider, developmentProviderPath, placeProviders } from './development-provider/index.ts';
import type { NodeHandler } from './development-provider/index.ts';
import { createPasswordHasher } from './domain/password.ts';
import { errorResponse } from './error-response.ts';
import { serviceUnavailable } from './errors.ts';
import { createHostCheck } from './host-check.ts';
import { startHttpServer } from './http-server.ts';
import type { Fetch } from './http-server.ts';
import { createTraceId } from './ids.ts';
import { loadKeys } from './keys.ts';
import type { Log } from './log.ts';
import { createInboxSender, createSmtpSender } from './mail.ts';
import { createInboxTextSender, createUrlSender } from './sms.ts';
import { seedUsers } from './seed-users.ts';
import { readSettings } from './settings.ts';
import { storeSettingsTemplates } from './settings-templates.ts';
import { StartError } from './start-error.ts';
import { readStaticFiles } from './static-files.ts';
import { openDatabase } from './store/database.ts';
import type { DatabaseAddress } from './store/database.ts';
import { createWebhooks } from './webhooks/index.ts';
import { readSigningSecrets } from './webhooks/signature.ts';

export interface ServerOptions {
  /** Address to listen on; ports of 0 mean free ones. */
  host: string;
  port: number;
  /** Default: the port after `port`. */
  backendPort?: number | undefined;
  /** Content of the settings file. */
  instance: unknown;
  publishableKey?: string | undefined;
  secretKeys?: string | undefined;
  pepper?: string | undefined;
  smtpUrl?: string | undefined;
  /** `SMS_URL`: where text messages are posted to. */
  smsUrl?: string | undefined;
  /** Client secrets of providers, by strategy. */
  clientSecretOf?: (strategy: string) => string | undefined;
  /** `CLERK_WEBHOOK_SIGNING_SECRET`: one, or several while they are turned over. */
  webhookSigningSecrets?: string | undefined;
  /** Called once the ports are ours, so that a taken port is reported before a database is started. */
  openDatabase: () => Promise<OpenedDatabase>;
  log: Log;
  /** Where mails and text messages are printed while nothing is set to send them by. */
  print: (text: string) => void;
  now?: () => number;
}

export interface OpenedDatabase {
  address: DatabaseAddress;
  /** Copies what is there before migrations change it. */
  keepCopy?: (schema: number) => Promise<void>;
  close(): Promise<void>;
}

export interface Server extends Pick<Dependencies, 'frontendApiUrl' | 'publishableKey' | 'keys' | 'database' | 'settings'> {
  backendUrl: string;
  hasInbox: boolean;
  hasBrowserFiles: boolean;
  /** Where the development provider is, if it runs. */
  developmentProviderUrl: string | undefined;
  databaseDescription: string;
  /** Orderly: no new work, running requests at most 10 s, then the database (security.md §3). */
  stop(): Promise<void>;
}

/** Milliseconds that running requests get at the end. */
const stopPatience = 10_000;

/** @throws StartError with a sentence for the person who started it. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { host, log, now = Date.now } = options;
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) await close();
  };
  try {
    let app: { frontend: Fetch; backend: Fetch } | undefined;
    let checkHost = createHostCheck([]);
    let developmentProvider: NodeHandler | undefined;
    const listen = async (side: 'frontend' | 'backend', port: number, setting: string) => {
      const server = await startHttpServer({
        host: host === 'localhost' ? '127.0.0.1' : host,
        port,
        setting,
        fetch: (request, bindings) => (app ? app[side](request, bindings) : errorResponse(serviceUnavailable(), createTraceId())),
        checkHost: (request) => checkHost(request),
        intercept: (incoming, outgoing) => side === 'frontend' && (developmentProvider?.(incoming, outgoing) ?? false),
      });
      return server;
    };
    const frontendServer = await listen('frontend', options.port, 'PORT');
    closers.push(() => frontendServer.close(0));
    const backendPort = options.backendPort ?? (options.port && options.port + 1);
    const backendServer = await listen('backend', backendPort, 'BACKEND_API_PORT');
    closers.push(() => backendServer.close(0));

    const key = readKey(options.publishableKey, host, frontendServer.port);
    const given = readSettings(options.instance, key.instanceType);
    requireTextMessages(options, given.attributes.phoneNumber.enabled && key.instanceType === 'production');
    const signingSecrets = readSigningSecrets(options.webhookSigningSecrets, given.webhooks.length > 0);
    const { address, keepCopy, close: closeServer } = await options.openDatabase();
    closers.push(closeServer);
    await prepareDatabase(address, keepCopy);
    const { database, close: closePool } = openDatabase(address);
    closers.push(closePool);

    const frontendApiUrl = addressOf(key.frontendApi, host, frontendServer.port);
    const isLocal = isLoopbackHost(new URL(frontendApiUrl).host) && isLoopbackHost(host);
    const isPlayground = isLocal && key.instanceType === 'development';
    const settings = { ...given, social: placeProviders(given.social, { frontendApiUrl, isRunning: isPlayground, log }) };
    const hasInbox = !options.smtpUrl && isPlayground;
    const { secretKeys, pepper } = options;
    const keys = await loadKeys(database, { instanceType: key.instanceType, secretKeys, pepper, now });
    const dependencies: Dependencies = {
      database,
      settings,
      keys,
      passwords: createPasswordHasher(pepper),
      sendMail: options.smtpUrl
        ? createSmtpSender(options.smtpUrl, {
            name: settings.applicationName,
            address: settings.supportEmail || `no-reply@${key.frontendApi.replace(/:\d+$/, '')}`,
          })
        : createInboxSender(database, now, options.print),
      sendTextMessage: options.smsUrl ? createUrlSender(options.smsUrl) : createInboxTextSender(database, now, options.print),
      clientSecretOf: options.clientSecretOf ?? (() => undefined),
      publishableKey: key.publishableKey,
      instanceType: key.instanceType,
      frontendApiUrl,
      frontendApiHost: key.frontendApi,
      now,
      log,
    };
    // The first users are new to a backend too, so it is told of them.
    const webhooks = createWebhooks(dependencies, signingSecrets);
    await seedUsers(dependencies);
    await storeSettingsTemplates(dependencies);
    const backendUrl = `http://${loopbackFor(host)}:${backendServer.port}`;
    const files = await readStaticFiles({ ...dependencies, backendUrl });
    const demoBackend = createDemoBackend({
      secretKey: keys.secretKey,
      publishableKey: key.publishableKey,
      apiUrl: backendUrl,
      report: (error) => log({ level: 'error', message: 'demo backend', error: String(error) }),
    });
    checkHost = createHostCheck([key.frontendApi, ...settings.allowedHosts]);
    app = createApp(dependencies, { files, hasInbox, demoBackend: isPlayground ? demoBackend : undefined });
    if (isPlayground) developmentProvider = createDevelopmentProvider(dependencies);
    closers.push(startCleaning(dependencies));
    closers.push(() => webhooks.stop());
    webhooks.start();

    return {
      ...dependencies,
      backendUrl,
      hasInbox,
      hasBrowserFiles: files.dist.size > 0,
      developmentProviderUrl: isPlayground ? frontendApiUrl + developmentProviderPath : undefined,
      databaseDescription: address.description,
      stop: async () => {
        await Promise.all([frontendServer.close(stopPatience), backendServer.close(stopPatience), webhooks.stop()]);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * People of a production instance wait for their messages.
 * @throws StartError
 */
function requireTextMessages({ smsUrl }: Pick<ServerOptions, 'smsUrl'>, areNeeded: boolean): void {
  if (!areNeeded || smsUrl) return;
  throw new StartError(
    'SMS_URL: expected the address that text messages are posted to, since attributes.phone_number is enabled and the publishable key is pk_live_….',
  );
}

/** The publishable key: given, or computed from where the server listens. */
function readKey(given: string | undefined, host: string, port: number) {
  const publishableKey =
    given?.trim() || createPublishableKey({ instanceType: 'development', frontendApi: `${loopbackFor(host)}:${port}` });
  const parsed = parsePublishableKey(publishableKey);
  if (parsed) return { ...parsed, publishableKey };
  throw new StartError(
    given
      ? 'CLERK_PUBLISHABLE_KEY: expected pk_test_ or pk_live_ and the base64 of a host with a dot, followed by $.'
      : `HOST: ${host} cannot be part of a publishable key. Set CLERK_PUBLISHABLE_KEY, or HOST to an IPv4 address.`,
  );
}

/**
 * Where browsers reach us: at the host of the key. Only a key of the hosted service, as Clerk's own script wants it for the development
 * flow, does not say where: pages then name us as their proxy, and a link to the key's host would hand their credential to the service.
 */
function addressOf(frontendApi: string, host: string, port: number): string {
  if (isServiceDevelopmentHost(frontendApi)) return `http://${loopbackFor(host)}:${port}`;
  return `${isLoopbackHost(frontendApi) ? 'http' : 'https'}://${frontendApi}`;
}

/** How this machine reaches an address it listens on. */
const loopbackFor = (host: string) => (['0.0.0.0', '::', 'localhost'].includes(host) ? '127.0.0.1' : host);
