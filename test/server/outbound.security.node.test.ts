/**
 * Requests of the server’s own (security.md, S4): only to addresses of the settings. Everything that callers may choose names a trap here, and
 * every connection that this process begins is looked at.
 */
import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { signingSecret, startWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';

const password = 'quiet-marble-lantern';

describe('S4: outbound requests go where configured', () => {
  let api: TestApi;
  let receiver: WebhookReceiver;
  let caught = 0;
  const trap = createServer((_request, response) => {
    caught++;
    response.end();
  });
  let trapUrl: string;
  const ports = new Set<number | string>();
  const watch = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.once('connect', () => ports.add(socket.remotePort ?? 'no port'));
    // A name that is asked for, or an address that does not answer, is an attempt too.
    socket.once('connectionAttemptFailed', (ip: string, port: number) => ports.add(`${ip}:${port}`));
    socket.once('lookup', (_error: unknown, _address: string, _family: unknown, host: string) => {
      if (!/^(127\.0\.0\.1|localhost)$/.test(host)) ports.add(host);
    });
  };

  before(async () => {
    trap.listen(0, '127.0.0.1');
    await once(trap, 'listening');
    trapUrl = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
    subscribe('net.client.socket', watch);
    receiver = await startWebhookReceiver();
    receiver.answer = (_webhook, response) => void response.writeHead(307, { location: `${trapUrl}/moved` }).end();
    const attributes = { username: { enabled: true }, first_name: { enabled: true }, phone_number: { enabled: true } };
    api = await startApi({
      instance: { users: [], attributes, webhooks: [{ url: `${receiver.url}/hooks` }] },
      webhookSigningSecrets: signingSecret(),
    });
  });
  after(async () => {
    unsubscribe('net.client.socket', watch);
    await api.stop();
    await receiver.stop();
    trap.close();
  });

  it('whatever callers write into a request', async () => {
    const call = createBackendClient(api);
    const document = { url: trapUrl, avatar: `${trapUrl}/a.png`, webhook: trapUrl };
    const { body: user } = await call('POST', '/users', {
      body: {
        email_address: ['ann+clerk_test@example.com'],
        password,
        public_metadata: document,
        unsafe_metadata: document,
        external_id: trapUrl,
      },
    });
    await call('POST', '/invitations', { body: { email_address: 'guest@example.com', redirect_url: `${trapUrl}/` } });
    await call('POST', '/sign_in_tokens', { body: { user_id: user.id } });
    await call('POST', `/users/${user.id}/profile_image`, { body: { url: trapUrl } });

    const headers = {
      'x-forwarded-host': new URL(trapUrl).host,
      'x-forwarded-for': '10.0.0.1',
      referer: `${trapUrl}/`,
      forwarded: `host=${new URL(trapUrl).host}`,
    };
    const browser = await createFrontendClient(api);
    const identifier = 'ann+clerk_test@example.com';
    const signIn = await browser.call('POST', '/client/sign_ins', { identifier, password, redirect_url: `${trapUrl}/` }, { headers });
    assert.equal(signIn.status, 200, JSON.stringify(signIn.body));
    const sessionId = signIn.response.created_session_id as string;
    const changed = await browser.call(
      'PATCH',
      '/me',
      { first_name: trapUrl, unsafe_metadata: JSON.stringify(document) },
      { sessionId, headers },
    );
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    // The list of passwords that have leaked is at hand.
    const leaked = await browser.call(
      'POST',
      '/me/change_password',
      { current_password: password, new_password: 'password123' },
      { sessionId },
    );
    assert.deepEqual(leaked.codes, ['form_password_pwned']);
    const sentLink = { identifier, strategy: 'email_link', redirect_url: `${trapUrl}/`, action_complete_redirect_url: `${trapUrl}/` };
    await browser.call('POST', '/client/sign_ins', sentLink, { headers });
    await browser.call('POST', '/client/sign_ups', { email_address: 'new@example.com', strategy: 'oauth_google', redirect_url: trapUrl });
    for (const path of ['/client/handshake', '/client/touch', '/verify', '/tickets/accept', '/oauth_callback?iss=', '/sign-in'])
      await fetch(`${api.url}/v1${path}${path.includes('?') ? '' : '?'}&redirect_url=${trapUrl}&token=${trapUrl}&iss=${trapUrl}&state=x`, { redirect: 'manual', headers }); // prettier-ignore

    await receiver.until((received) => received.length >= 2);
    const known = [api.url, api.backendUrl, receiver.url].map((url) => Number(new URL(url).port));
    assert.deepEqual(
      [...ports].filter((port) => !known.includes(Number(port))),
      [],
    );
    assert.equal(caught, 0, 'nor is a redirect of a webhook followed');
    assert.ok(ports.has(known[2] ?? 0), 'the webhooks did go out, which shows that connections are seen');
  });
});
