/** Journeys through the API that bring about every secret there is, beside those of `situations.ts`. */
import { createBackendClient } from '../../support/backend-client.ts';
import type { TestApi } from '../../support/api.ts';
import type { FrontendAnswer } from '../../support/frontend-client.ts';
import type { Canaries } from './canaries.ts';
import { codeIn } from './canary-instance.ts';
import type { CanaryBrowser, CanaryInstance } from './canary-instance.ts';

export interface Journey {
  instance: CanaryInstance;
  canaries: Canaries;
  /** Looks at an answer of the Frontend API, or at one of its errors. */
  look: (where: string, answer: Pick<FrontendAnswer, 'status' | 'headers' | 'body'>) => void;
}

export const privateMetadata = 'c4n4ry-private-metadata';
const passwords = { first: 'c4n4ry-first-password', second: 'c4n4ry-second-password', wrong: 'c4n4ry-wrong-password' };

/** A browser whose every answer is looked at. */
export async function createWatchedClient({ instance, look, canaries }: Journey): Promise<CanaryBrowser> {
  const plain = await instance.createBrowser();
  if (instance.kind === 'development') canaries.add('id of a dev browser', plain.devBrowser, 'caller');
  return {
    get devBrowser() {
      return plain.devBrowser;
    },
    set devBrowser(value) {
      plain.devBrowser = value;
    },
    call: async (...parameters) => {
      const answer = await plain.call(...parameters);
      canaries.collect(`${JSON.stringify([...answer.headers])} ${JSON.stringify(answer.body)}`);
      look(`${parameters[0]} ${parameters[1]} ${answer.status}`, answer);
      return answer;
    },
    go: async (path) => {
      const answer = await plain.go(path);
      canaries.collect(JSON.stringify([...answer.headers]));
      look(`GET ${new URL(path, instance.api.url).pathname}`, {
        status: answer.status,
        headers: answer.headers,
        body: await answer.text(),
      });
      return answer;
    },
  };
}

/** By the Backend API: a password goes through all that this API does with one, its pepper too. @returns the id */
export async function createPerson(api: TestApi, emailAddress: string, password: string): Promise<string> {
  const { status, body } = await createBackendClient(api)('POST', '/users', {
    body: {
      email_address: [emailAddress],
      password,
      bypass_client_trust: true,
      private_metadata: { hidden: privateMetadata, [privateMetadata]: [{ deep: privateMetadata }] },
    },
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.id as string;
}

const linkIn = (mail: string) => /^http\S+$/m.exec(mail)?.[0] ?? '';

/** Codes by mail, of a sign-up, a sign-in and a forgotten password. */
export async function byCode(journey: Journey): Promise<void> {
  const { instance, canaries } = journey;
  const { mails } = instance;
  for (const [name, value] of Object.entries(passwords)) canaries.add(`${name} password`, value, 'nobody');
  const email = 'codes@example.com';
  const browser = await createWatchedClient(journey);
  const { response: signUp } = await browser.call('POST', '/client/sign_ups', { email_address: email, password: passwords.first });
  await browser.call('POST', `/client/sign_ups/${signUp.id}/prepare_verification`, { strategy: 'email_code' });
  const signUpCode = codeIn(await mails.next(email));
  canaries.add('code of a sign-up', `\t${signUpCode}\t`, 'nobody');
  await browser.call('POST', `/client/sign_ups/${signUp.id}/attempt_verification`, { strategy: 'email_code', code: signUpCode });
  const other = await createWatchedClient(journey);
  await other.call('POST', '/client/sign_ins', { identifier: email, password: passwords.wrong });
  const { response: signIn } = await other.call('POST', '/client/sign_ins', { identifier: email });
  const factor = (signIn.supported_first_factors as { strategy: string; email_address_id: string }[]).find(
    ({ strategy }) => strategy === 'reset_password_email_code',
  );
  const strategy = 'reset_password_email_code';
  await other.call('POST', `/client/sign_ins/${signIn.id}/prepare_first_factor`, {
    strategy,
    email_address_id: factor?.email_address_id ?? '',
  });
  const resetCode = codeIn(await mails.next(email));
  canaries.add('code of a reset', `\t${resetCode}\t`, 'nobody');
  await other.call('POST', `/client/sign_ins/${signIn.id}/attempt_first_factor`, { strategy, code: resetCode });
  const done = await other.call('POST', `/client/sign_ins/${signIn.id}/reset_password`, { password: passwords.second });
  if (done.response?.status !== 'complete') throw new Error(JSON.stringify(done.body));
}

/** A link by mail, an invitation, and the tokens that backends make. */
export async function byTicket(journey: Journey): Promise<void> {
  const { instance, canaries } = journey;
  const { api, mails } = instance;
  const call = createBackendClient(api);
  const id = await createPerson(api, 'links@example.com', passwords.first);
  const browser = await createWatchedClient(journey);
  const { response } = await browser.call('POST', '/client/sign_ins', { identifier: 'links@example.com' });
  const factor = (response.supported_first_factors as { strategy: string; email_address_id: string }[]).find(
    ({ strategy }) => strategy === 'email_link',
  );
  const form = { strategy: 'email_link', email_address_id: factor?.email_address_id ?? '', redirect_url: `${instance.origin}/` };
  await browser.call('POST', `/client/sign_ins/${response.id}/prepare_first_factor`, form);
  const link = linkIn(await mails.next('links@example.com'));
  canaries.add('token of a link', new URL(link).searchParams.get('token') ?? undefined, 'nobody');
  const opened = await browser.go(pathOf(link));
  if (opened.status !== 303) throw new Error(`The link was not opened: ${opened.status}`);

  const { body: invitation } = await call('POST', '/invitations', { body: { email_address: 'guest@example.com' } });
  canaries.add('ticket of an invitation', new URL(invitation.url as string).searchParams.get('ticket') ?? undefined, 'caller');
  await mails.next('guest@example.com');
  const { body: signInToken } = await call('POST', '/sign_in_tokens', { body: { user_id: id } });
  canaries.add('sign-in token', signInToken.token as string, 'caller');
  const { body: actorToken } = await call('POST', '/actor_tokens', { body: { user_id: id, actor: { sub: 'user_support' } } });
  canaries.add('actor token', actorToken.token as string, 'caller');
  const query = instance.kind === 'development' ? await testingTokenQuery(journey) : {};
  for (const ticket of [signInToken.token, actorToken.token, 'c4n4ry-no-ticket'] as string[]) {
    const bearer = await createWatchedClient(journey);
    await bearer.call('POST', '/client/sign_ins', { strategy: 'ticket', ticket }, { query });
    await bearer.call('POST', '/client/sign_ins', { strategy: 'ticket', ticket });
  }
}

/** Production instances know none. */
async function testingTokenQuery({ instance, canaries }: Journey): Promise<Record<string, string>> {
  const { body } = await createBackendClient(instance.api)('POST', '/testing_tokens');
  canaries.add('testing token', body.token as string, 'caller');
  return { __clerk_testing_token: body.token as string };
}

/** Handshakes, and a backend that renews a token. */
export async function byHandshake(journey: Journey): Promise<void> {
  const { instance, canaries } = journey;
  const { api } = instance;
  await createPerson(api, 'shake@example.com', passwords.first);
  const browser = await createWatchedClient(journey);
  await browser.call('POST', '/client/sign_ins', { identifier: 'shake@example.com', password: passwords.first });
  for (const format of ['nonce', 'token']) {
    const query = new URLSearchParams({ format, redirect_url: `${instance.origin}/` });
    const { headers } = await browser.go(`/v1/client/handshake?${query}`);
    const text = JSON.stringify([...headers]);
    const [, nonce] = /__clerk_handshake_nonce=([\w-]+)/.exec(text) ?? [];
    if ((format === 'nonce') !== (nonce !== undefined)) throw new Error(`A handshake by ${format}: ${text}`);
    if (nonce === undefined) continue;
    const { status, body } = await createBackendClient(api)('GET', `/clients/handshake_payload?nonce=${nonce}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    canaries.collect(JSON.stringify(body));
  }
}

/** There and back to a provider. */
export async function byProvider(journey: Journey): Promise<void> {
  const { instance, canaries } = journey;
  const browser = await createWatchedClient(journey);
  const targets = { redirect_url: `${instance.origin}/a`, action_complete_redirect_url: `${instance.origin}/b` };
  const started = await browser.call('POST', '/client/sign_ups', { strategy: 'oauth_google', ...targets });
  const callback = await instance.visitProvider(started.response.verifications.external_account.external_verification_redirect_url);
  canaries.add('code of a provider', new URL(callback).searchParams.get('code') ?? undefined, 'caller');
  canaries.collect(callback);
  await browser.go(pathOf(callback));
  for (const token of instance.givenByProvider()) canaries.add('token of a provider', token, 'nobody');
  const { response, body } = await browser.call('GET', '/client');
  if (response.sign_up.verifications.external_account.status !== 'verified') throw new Error(JSON.stringify(body));
}

/** Of an address of the server, by whatever name. */
const pathOf = (url: string): string => new URL(url).pathname + new URL(url).search;
