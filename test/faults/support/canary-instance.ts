/** The two kinds of instance that secrets are looked for in: with keys of development, and of production. */
import { startApi } from '../../support/api.ts';
import type { TestApi, TestApiOptions } from '../../support/api.ts';
import { Navigator } from '../../support/external-accounts.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { startMailServer } from '../../support/mail-server.ts';
import type { MailServer } from '../../support/mail-server.ts';
import { startOtherProvider } from '../../support/other-provider.ts';
import { namedOrigin } from '../../support/passkeys.ts';
import { pageOrigin, ProductionClient, startProductionApi } from '../../support/production.ts';
import { situatedInstance } from '../../support/situations.ts';
import { signingSecret, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import { startTextMessageReceiver } from '../../support/text-message-receiver.ts';

/** A browser that navigates, too: what it is known by goes with it. */
export interface CanaryBrowser extends FrontendClient {
  /** @param path below the server's address, with its query */
  go(path: string): Promise<Response>;
}

export interface CanaryInstance {
  kind: 'development' | 'production';
  /** Its `url` is where it is: keys of production name a public host, over TLS. */
  api: TestApi;
  /** Of its pages. */
  origin: string;
  mails: MailServer;
  createBrowser(): Promise<CanaryBrowser>;
  /** The code that somebody has just been sent, where 424242 is not enough. */
  codeFor?: (to: string) => Promise<string>;
  /** From the address of a verification over a provider to the callback, which is not called yet. */
  visitProvider(address: string): Promise<string>;
  /** What the provider has given to the server alone. */
  givenByProvider(): string[];
  /** Secrets of the settings, by name. */
  secrets: Record<string, string>;
  stop(): Promise<void>;
}

/** The code of a mail or a text message. */
export const codeIn = (message: string): string => /^\d{6}\b/m.exec(message.slice(message.indexOf('\r\n\r\n') + 1))?.[0] ?? '';

/** Mails go by SMTP, and a backend has webhooks. */
export async function startCanaryInstance(kind: CanaryInstance['kind']): Promise<CanaryInstance> {
  const isLive = kind === 'production';
  const [mails, texts, receiver, provider] = await Promise.all([
    startMailServer(),
    startTextMessageReceiver(),
    startWebhookReceiver(),
    startOtherProvider(),
  ]);
  const settings = {
    secretKeys: `sk_${isLive ? 'live' : 'test'}_c4n4rySecretKeyOfTheInstance`,
    pepper: 'c4n4ry-pepper-of-passwords',
    webhookSigningSecrets: signingSecret(),
  };
  const clientSecret = 'c4n4ry-client-secret';
  const addressToken = 'c4n4ry-of-an-address';
  const email_address = { enabled: true, required: true, first_factors: ['email_code', 'email_link'], verify_at_sign_up: true };
  provider.person = { sub: 'provided', email: 'provided@example.com', email_verified: true };
  const options: TestApiOptions = {
    ...settings,
    smtpUrl: mails.url,
    smsUrl: texts.url,
    // The development provider knows no secret.
    clientSecretOf: () => (isLive ? clientSecret : undefined),
    instance: {
      ...situatedInstance,
      attributes: { ...situatedInstance.attributes, email_address } as NonNullable<typeof situatedInstance.attributes>,
      users: [],
      rate_limits: 'off',
      webhooks: [{ url: `${receiver.url}/hooks?token=${addressToken}` }],
      ...(isLive && { social: [{ strategy: 'oauth_google', client_id: 'our-application', issuer: provider.issuer }] }),
    },
  };
  const api = isLive ? await startLive(options) : await startApi(options);
  const origin = isLive ? pageOrigin : namedOrigin(api);
  const ways: Pick<CanaryInstance, 'createBrowser' | 'codeFor' | 'visitProvider'> = isLive
    ? {
        createBrowser: () => Promise.resolve(new ProductionClient(api.url)),
        codeFor: async (to) => codeIn(await (to.startsWith('+') ? texts : mails).next(to)),
        visitProvider: async (address) => (await new Navigator().go(address)).headers.get('location') ?? '',
      }
    : {
        createBrowser: () => createDevelopmentBrowser(api, origin),
        visitProvider: (address) => new Navigator().visitProvider(address, { email: 'provided@example.com', verified: 'true' }),
      };
  return {
    kind,
    api,
    origin,
    mails,
    ...ways,
    givenByProvider: () => provider.given,
    secrets: { ...settings, ...(isLive && { clientSecret }), 'token in the address of a webhook': addressToken },
    stop: async () => {
      await api.stop();
      await Promise.all([receiver.stop(), mails.stop(), texts.stop(), provider.stop()]);
    },
  };
}

/** Behind a public name, so that cookies are for TLS alone; reached without the proxy that would speak it. */
async function startLive(options: TestApiOptions): Promise<TestApi> {
  const api = await startProductionApi({ ...options, host: 'clerk.example.com' });
  return { ...api, url: api.address };
}

async function createDevelopmentBrowser(api: TestApi, origin: string): Promise<CanaryBrowser> {
  const client = await createFrontendClient(api, { origin });
  return {
    get devBrowser() {
      return client.devBrowser;
    },
    set devBrowser(value) {
      client.devBrowser = value;
    },
    call: (...parameters) => client.call(...parameters),
    go: (path) => {
      const url = new URL(path, api.url);
      url.searchParams.set('__clerk_db_jwt', client.devBrowser);
      return fetch(url, { redirect: 'manual' });
    },
  };
}
