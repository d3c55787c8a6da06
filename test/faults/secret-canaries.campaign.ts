import assert from 'node:assert/strict';
import { endpoints } from '../../src/wire/endpoints.ts';
import type { EndpointName } from '../../src/wire/endpoints.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { dumpTables } from '../support/dump.ts';
import { answered, password, refused } from '../support/situations.ts';
import type { SituatedCall } from '../support/situations.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { createCanaries } from './support/canaries.ts';
import type { Canaries } from './support/canaries.ts';
import { startCanaryInstance } from './support/canary-instance.ts';
import type { CanaryInstance } from './support/canary-instance.ts';
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

const kinds = ['development', 'production'] as const;
const journeys = kinds.length * (situations.length + 4);

/**
 * Every secret there is, through all journeys of the API, at the most talkative log level, with keys of development and of production. None
 * may be in the log; of those that no answer holds none in any answer of the Frontend API; in errors none at all; and in the tables, read
 * by `COPY`, only hashes of them. The credential of a production browser is in a cookie that no script reads, and nowhere else.
 */
export const campaign: Campaign = {
  name: 'secret-canaries',
  row: 23,
  title: 'Secret canaries',
  unit: 'journeys',
  sizes: { ci: journeys, full: journeys },
  run: async ({ count }) => {
    // Beside each other: each waits for hashes and its database most of the time.
    const ends = await Promise.allSettled(kinds.map((kind) => sweepInstance(kind, count)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  },
};

async function sweepInstance(kind: Kind, count: CampaignContext['count']): Promise<void> {
  const instance = await startCanaryInstance(kind);
  try {
    await sweep(instance, count);
  } finally {
    await instance.stop();
  }
}

async function sweep(instance: CanaryInstance, count: CampaignContext['count']): Promise<void> {
  const { api, kind, secrets } = instance;
  const canaries = createCanaries();
  for (const [name, value] of Object.entries(secrets)) canaries.add(name, value, 'nobody');
  canaries.add('private metadata', privateMetadata, 'nobody');
  canaries.add('password of situations', password, 'nobody');
  canaries.add('later password of situations', 'another-marble-lantern', 'nobody');
  const journey: Journey = { instance, canaries, look: (where, answer) => lookAt({ canaries, kind }, `${kind}: ${where}`, answer) };
  for (const travel of [byCode, byTicket, byHandshake, byProvider]) {
    await travel(journey);
    count('journeys');
  }
  for (const [index, situation] of situations.entries()) {
    await situate(journey, situation, index);
    count('journeys');
  }
  await askWrongly(api);
  await judge({ api, canaries, kind, count });
}

type Answer = Parameters<Journey['look']>[1];
type Kind = CanaryInstance['kind'];

function lookAt({ canaries, kind }: { canaries: Canaries; kind: Kind }, where: string, { status, headers, body }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { cookies, others } = readHeaders(headers);
  const plain = kind === 'production' ? cookies.filter((line) => !isForTheBrowserAlone(line)) : cookies;
  assert.deepEqual(canaries.find(`${JSON.stringify([others, plain])} ${text}`, 'nobody', 'cookie'), [], `the answer to ${where}`);
  assert.deepEqual(canaries.find(JSON.stringify(cookies), 'nobody'), [], `the cookies of ${where}`);
  if (kind === 'production') for (const line of cookies) assert.match(line, /; Secure(;|$)/, where);
  // The client that comes with an error has its own tokens; the rest of the error has nothing.
  if (status >= 400)
    assert.deepEqual(canaries.find(JSON.stringify((body as { errors?: unknown }).errors ?? body)), [], `the error of ${where}`);
}

const readHeaders = (headers: Headers) => ({
  cookies: headers.getSetCookie(),
  others: [...headers].filter(([name]) => name !== 'set-cookie'),
});

const isForTheBrowserAlone = (line: string) => /^__client=[\w-]*; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/.test(line);

/** What there is for test instances alone. */
const developmentOnly: EndpointName[] = ['createDevBrowser'];

async function situate(journey: Journey, [name, run]: [EndpointName, SituatedCall], index: number): Promise<void> {
  const { api, kind, origin, codeFor } = journey.instance;
  const { method, path } = endpoints[name];
  const emailAddress = `person${index}+clerk_test@example.com`;
  await createPerson(api, emailAddress, password);
  const browser = await createWatchedClient(journey);
  const { status, body } = await run(
    { api, browser, emailAddress, origin, ...(codeFor && { codeFor }) },
    async (parameters = {}, form = {}, sessionId) => {
      const filled = path.replace(/:(\w+)/g, (_match, parameter: string) => parameters[parameter] ?? 'missing');
      const options = sessionId === undefined ? {} : { sessionId };
      const answer = await browser.call(method, filled, form, options);
      // Refused in ways that quote what was sent, if anything does.
      await browser.call(method, filled, { ...form, private_metadata: '{}' }, options);
      await browser.call(method, filled, form, { ...options, apiVersion: 'latest' });
      await browser.call(method, filled, form, { ...options, headers: { 'content-type': 'application/json' } });
      return answer;
    },
  );
  // A journey that ends at its first step looks at nothing.
  const isAnswered = name in answered && (kind === 'development' || !developmentOnly.includes(name));
  assert.equal(status < 300, isAnswered, `${kind}: ${name} ${JSON.stringify(body)}`);
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
  // Codes are in the hands of a mail server.
  for (const path of ['/inbox', '/inbox/', '/inbox/mails']) assert.equal((await fetch(api.url + path)).status, 404, path);
}

/** What tables are there to keep, so that it can be given again. */
const stored: Record<string, string[]> = {
  users: ['private metadata'],
  webhook_events: ['private metadata'],
  // The address at a provider, which the attempt shows until the browser is back or the time is over (docs/security.md, decided otherwise).
  verifications: ['state at a provider'],
};

async function judge({
  api,
  canaries,
  kind,
  count,
}: { api: TestApi; canaries: Canaries; kind: Kind } & Pick<CampaignContext, 'count'>): Promise<void> {
  count('secrets', canaries.size);
  assert.ok(canaries.size > 150, `${kind}: only ${canaries.size} secrets`);
  // Six digits are in any long number: codes are looked for as words.
  const wordsOf = (text: string) => text.replace(/(?<![\w.-])(\d{6})(?![\w.-])/g, '\t$1\t');
  const log = api.log.join('');
  count('lines of the log', api.log.length);
  assert.deepEqual(canaries.find(wordsOf(log)), [], `${kind}: the log`);
  assert.doesNotMatch(log, /\$argon2id|BEGIN PRIVATE|"d":"/);
  // What the search would find, if it were there.
  assert.deepEqual(canaries.find(`x ${encodeURIComponent(api.secretKey)}`), ['secretKeys']);

  for (const [table, text] of await dumpTables(api.database)) {
    const found = canaries.find(wordsOf(text)).filter((name) => !stored[table]?.includes(name));
    assert.deepEqual(found, [], `${kind}: the table ${table}`);
    count('tables');
  }
}
