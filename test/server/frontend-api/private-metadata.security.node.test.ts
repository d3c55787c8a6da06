import assert from 'node:assert/strict';
import { after, before, it, describe } from 'node:test';
import { endpoints } from '../../../src/wire/endpoints.ts';
import type { EndpointName } from '../../../src/wire/endpoints.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

const password = 'quiet-marble-lantern';
const canary = 'c4n4ry-of-private-metadata';

/** Forms under which an endpoint says the most. */
const forms: Partial<Record<EndpointName, Record<string, string>>> = {
  createSignIn: { identifier: 'ann@example.com', password },
  createSignUp: { email_address: 'ann@example.com', password },
  attemptFirstFactor: { strategy: 'password', password },
  updateUser: { unsafe_metadata: '{"a":1}' },
  updateUserMetadata: { unsafe_metadata: '{"private_metadata":{"a":1}}' },
};

/** Nobody is signed in behind these, so they come last. */
const ending = ['endSession', 'removeSession', 'revokeSession', 'endAllSessions', 'deleteClient', 'deleteUser'];

describe('private metadata', () => {
  let api: TestApi;
  let browser: FrontendClient;
  const answers: string[] = [];

  before(async () => {
    // Claims hold all that they can of the user; what stands for a name in paths is `none`.
    const claims = { all: ['{{user.public_metadata}}', '{{user.unsafe_metadata}}', "{{user.private || 'metadata'}}", '{{user.id}}'] };
    api = await startApi({
      instance: { single_session_mode: false, session_token: { claims }, jwt_templates: [{ name: 'none', claims }] },
    });
    await addUser(api, { emailAddress: 'ann@example.com', password, private_metadata: { stripeId: canary, [canary]: { deep: [canary] } } });
    browser = await createFrontendClient(api);
  });
  after(() => api.stop());

  const keep = (headers: Headers, body: unknown) => answers.push(JSON.stringify([[...headers], body]));

  it('is in no answer of the Frontend API, whatever is asked', async () => {
    const names = Object.keys(endpoints) as EndpointName[];
    const ordered = [...names.filter((name) => !ending.includes(name)), ...names.filter((name) => ending.includes(name))];
    let answered = 0;
    for (const name of ordered) {
      const signIn = await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com', password });
      const client = (await browser.call('GET', '/client')).response;
      const sessionId = client.sessions[0].id as string;
      const signInId = (signIn.response?.id ?? client.sign_in?.id ?? 'none') as string;
      const { method, path } = endpoints[name];
      const filled = path.replace(/:(\w+)/g, (_match, parameter: string) => ({ sessionId, signInId })[parameter] ?? 'none');
      for (const apiVersion of ['2021-02-05', '2025-11-10', '2026-08-20']) {
        for (const form of [{}, forms[name] ?? {}, { private_metadata: '{"a":1}' }]) {
          const answer = await browser.call(method, filled, form as Record<string, string>, { sessionId, apiVersion });
          keep(answer.headers, answer.body);
          if (answer.status === 200) answered++;
        }
      }
    }
    assert.ok(answered > 40, String(answered));
    assert.ok(answers.some((text) => text.includes('unsafe_metadata')));
    for (const text of answers) {
      assert.ok(!text.includes(canary), text);
      // The name occurs in refusals only, where the request brought it.
      assert.ok(!text.includes('private_metadata') || text.includes('form_param_unknown') || text.includes('"unsafe_metadata":{'), text);
    }
  });

  it('is in no token and no handshake', async () => {
    const tokens = answers.join().match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? [];
    assert.ok(tokens.length);
    assert.ok(
      tokens.some((token) => Buffer.from(token.split('.')[0] ?? '', 'base64url').includes('cl_B7d4PD222AAA')),
      'also from a template',
    );
    for (const token of tokens)
      assert.ok(
        !Buffer.from(token.split('.')[1] ?? '', 'base64url')
          .toString()
          .includes(canary),
      );
    const handshake = await fetch(
      `${api.url}/v1/client/handshake?redirect_url=${encodeURIComponent(`${api.url}/`)}&__clerk_db_jwt=${browser.devBrowser}`,
      { redirect: 'manual' },
    );
    const location = handshake.headers.get('location') ?? '';
    const payload = Buffer.from(location.split('.').at(-2) ?? '', 'base64url').toString();
    assert.match(payload, /__session/);
    assert.ok(!payload.includes(canary));
  });

  it('is on no page, in no mail and in no line of the log', async () => {
    for (const path of ['/', '/sign-in', '/sign-up', '/inbox', '/v1/health', '/.well-known/jwks.json']) {
      assert.ok(!(await (await fetch(api.url + path)).text()).includes(canary), path);
    }
    assert.ok(!JSON.stringify(await api.mails()).includes(canary));
    assert.ok(!api.log.join('').includes(canary));
  });
});
