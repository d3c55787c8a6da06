import assert from 'node:assert/strict';
import { endpoints } from '../../src/wire/endpoints.ts';
import type { EndpointName } from '../../src/wire/endpoints.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { dumpTables } from '../support/dump.ts';
import { startMailServer } from '../support/mail-server.ts';
import { namedOrigin } from '../support/passkeys.ts';
import { answered, password, refused, situatedInstance } from '../support/situations.ts';
import type { SituatedCall } from '../support/situations.ts';
import { signingSecret, startWebhookReceiver } from '../support/webhook-receiver.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { createCanaries } from './support/canaries.ts';
import type { Canaries } from './support/canaries.ts';
import {
  byCode,
  byHandshake,
  byProvider,
  byTicket,
  createPerson,
  createWatchedClient,
  privateMetadata,
} from './support/canary-journeys.ts';
import type { Journey } from './support/canary-journeys.ts';

const situations = Object.entries({ ...answered, ...refused }) as [EndpointName, SituatedCall][];

/**
 * Every secret there is, through all journeys of the API, at the most talkative log level. None may be in the log; of those that no answer
 * holds none in any answer of the Frontend API; in errors none at all; and in the tables, read by `COPY`, only hashes of them.
 */
export const campaign: Campaign = {
  name: 'secret-canaries',
  row: 23,
  title: 'Secret canaries',
  unit: 'journeys',
  sizes: { ci: situations.length + 4, full: situations.length + 4 },
  run: async ({ count }) => {
    const canaries = createCanaries();
    const mails = await startMailServer();
    const receiver = await startWebhookReceiver();
    const settings = {
      secretKeys: 'sk_test_c4n4rySecretKeyOfTheInstance',
      pepper: 'c4n4ry-pepper-of-passwords',
      webhookSigningSecrets: signingSecret(),
    };
    const clientSecret = 'c4n4ry-client-secret';
    const email_address = { enabled: true, required: true, first_factors: ['email_code', 'email_link'], verify_at_sign_up: true };
    const api = await startApi({
      ...settings,
      smtpUrl: mails.url,
      clientSecretOf: () => clientSecret,
      instance: {
        ...situatedInstance,
        attributes: { ...situatedInstance.attributes, email_address } as NonNullable<typeof situatedInstance.attributes>,
        users: [],
        rate_limits: 'off',
        webhooks: [{ url: `${receiver.url}/hooks?token=c4n4ry-of-an-address` }],
      },
    });
    try {
      for (const [name, value] of Object.entries({ ...settings, clientSecret })) canaries.add(name, value, 'nobody');
      canaries.add('token in the address of a webhook', 'c4n4ry-of-an-address', 'nobody');
      canaries.add('private metadata', privateMetadata, 'nobody');
      canaries.add('password of situations', password, 'nobody');
      canaries.add('later password of situations', 'another-marble-lantern', 'nobody');
      const journey: Journey = { api, mails, canaries, look: (where, answer) => lookAt(canaries, where, answer) };
      for (const travel of [byCode, byTicket, byHandshake, byProvider]) {
        await travel(journey);
        count('journeys');
      }
      for (const [index, situation] of situations.entries()) {
        await situate(journey, situation, index);
        count('journeys');
      }
      await askWrongly(api);
      await judge({ api, canaries, count });
    } finally {
      await api.stop();
      await receiver.stop();
      await mails.stop();
    }
  },
};

type Answer = Parameters<Journey['look']>[1];

function lookAt(canaries: Canaries, where: string, { status, headers, body }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  assert.deepEqual(canaries.find(`${JSON.stringify([...headers])} ${text}`, 'nobody'), [], `the answer to ${where}`);
  // The client that comes with an error has its own tokens; the rest of the error has nothing.
  if (status >= 400)
    assert.deepEqual(canaries.find(JSON.stringify((body as { errors?: unknown }).errors ?? body)), [], `the error of ${where}`);
}

async function situate(journey: Journey, [name, run]: [EndpointName, SituatedCall], index: number): Promise<void> {
  const { api } = journey;
  const { method, path } = endpoints[name];
  const emailAddress = `person${index}+clerk_test@example.com`;
  await createPerson(journey, emailAddress, password);
  const browser = await createWatchedClient(journey, namedOrigin(api));
  await run({ api, browser, emailAddress }, async (parameters = {}, form = {}, sessionId) => {
    const filled = path.replace(/:(\w+)/g, (_match, parameter: string) => parameters[parameter] ?? 'missing');
    const options = sessionId === undefined ? {} : { sessionId };
    const answer = await browser.call(method, filled, form, options);
    // Refused in ways that quote what was sent, if anything does.
    await browser.call(method, filled, { ...form, private_metadata: '{}' }, options);
    await browser.call(method, filled, form, { ...options, apiVersion: 'latest' });
    await browser.call(method, filled, form, { ...options, headers: { 'content-type': 'application/json' } });
    return answer;
  });
}

/** Secrets where they do not belong: in addresses, in the wrong header, in broken bodies. */
async function askWrongly(api: TestApi): Promise<void> {
  const secrets = [api.secretKey, password, privateMetadata].map(encodeURIComponent);
  for (const secret of secrets) {
    for (const url of [
      `${api.url}/v1/client?token=${secret}`,
      `${api.url}/v1/client?${secret}=x`,
      `${api.backendUrl}/v1/users?secret_key=${secret}`,
      `${api.backendUrl}/v1/users?query=${secret}&limit=x`,
    ]) {
      if (!url.includes(`?${secret}=`)) await fetch(url);
      await fetch(url.replace(/\?.*/, ''), { headers: { authorization: secret } });
      await fetch(url.replace(/\?.*/, ''), { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"a":"${secret}"` });
    }
  }
  await createBackendClient(api)('POST', '/users', { body: `{"password":"${password}"` });
}

/** What tables are there to keep, so that it can be given again. */
const stored: Record<string, string[]> = {
  users: ['private metadata'],
  webhook_events: ['private metadata'],
  // The address at a provider, which the attempt shows until the browser is back or the time is over (docs/security.md, decided otherwise).
  verifications: ['state at a provider'],
};

async function judge({ api, canaries, count }: { api: TestApi; canaries: Canaries } & Pick<CampaignContext, 'count'>): Promise<void> {
  count('secrets', canaries.size);
  assert.ok(canaries.size > 150, `only ${canaries.size} secrets`);
  // Six digits are in any long number: codes are looked for as words.
  const wordsOf = (text: string) => text.replace(/(?<![\w.-])(\d{6})(?![\w.-])/g, '\t$1\t');
  const log = api.log.join('');
  count('lines of the log', api.log.length);
  assert.deepEqual(canaries.find(wordsOf(log)), [], 'the log');
  assert.doesNotMatch(log, /\$argon2id|BEGIN PRIVATE|"d":"/);
  // What the search would find, if it were there.
  assert.deepEqual(canaries.find(`x ${encodeURIComponent(api.secretKey)}`), ['secretKeys']);

  for (const [table, text] of await dumpTables(api.database)) {
    const found = canaries.find(wordsOf(text)).filter((name) => !stored[table]?.includes(name));
    assert.deepEqual(found, [], `the table ${table}`);
    count('tables');
  }
}
