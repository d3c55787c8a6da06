/** `GET /v1/client` may give a session's last token once more; whatever a token says must still be true then. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

describe('Tokens of answers that only read', () => {
  let api: TestApi;
  let time = Date.now();
  before(async () => {
    api = await startApi({ now: () => time, instance: { session_token: { claims: { theme: '{{user.unsafe_metadata.theme}}' } } } });
  });
  after(() => api.stop());

  let people = 0;
  async function signIn(): Promise<{ client: FrontendClient; sessionId: string }> {
    const person = { emailAddress: `person${people++}@example.com`, password: 'violet-harbour-lantern' };
    await addUser(api, person, time);
    const client = await createFrontendClient(api);
    const { response } = await client.call('POST', '/client/sign_ins', { identifier: person.emailAddress, password: person.password });
    return { client, sessionId: response.created_session_id };
  }
  const token = async (client: FrontendClient, origin = api.url): Promise<string> => {
    const { response } = await client.call('GET', '/client', {}, { headers: { origin } });
    return response.sessions[0].last_active_token.jwt;
  };

  it('are repeated while they have half a minute left', async () => {
    const { client } = await signIn();
    const first = await token(client);
    time += 29_000;
    assert.equal(await token(client), first);
    time += 2_000;
    const second = await token(client);
    assert.notEqual(second, first);
    assert.ok(claimsOf(second).exp > claimsOf(first).exp);
  });

  it('are made anew once a claim has changed, whoever has changed it', async () => {
    const { client } = await signIn();
    const first = await token(client);
    await api.database
      .updateTable('users')
      .set({ unsafe_metadata: JSON.stringify({ theme: 'dark' }) })
      .execute();
    const second = await token(client);
    assert.deepEqual([claimsOf(first).theme ?? null, claimsOf(second).theme], [null, 'dark']);
  });

  it('are made anew for another page', async () => {
    const { client } = await signIn();
    const first = await token(client);
    const other = await token(client, 'http://localhost:5555');
    assert.notEqual(other, first);
    assert.equal(claimsOf(other).azp, 'http://localhost:5555');
    assert.equal(await token(client), first);
  });

  it('are made anew where the browser has signed in or out since', async () => {
    const { client, sessionId } = await signIn();
    const first = await token(client);
    time += 5_000;
    await api.database.updateTable('clients').set({ updated_at: time }).execute();
    const second = await token(client);
    assert.notEqual(second, first);
    assert.ok(claimsOf(second).iat >= Math.floor(time / 1000));
    await client.call('POST', `/client/sessions/${sessionId}/remove`);
    assert.deepEqual((await client.call('GET', '/client')).response.sessions, []);
  });

  it('are never repeated by what writes', async () => {
    const { client, sessionId } = await signIn();
    const seen = new Set([await token(client)]);
    for (let call = 0; call < 2; call++) {
      const written = await client.call('PATCH', '/me/metadata', { unsafe_metadata: '{"theme":"dark"}' }, { sessionId });
      seen.add(written.client.sessions[0].last_active_token.jwt);
      const asked = await client.call('POST', `/client/sessions/${sessionId}/tokens`);
      seen.add(asked.body.jwt);
    }
    assert.equal(seen.size, 5);
  });
});
