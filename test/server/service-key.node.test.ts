/** A publishable key whose host is the hosted service's: Clerk's own script wants such a one for the development flow. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { readEnvironment } from '../support/environment.ts';
import { createFrontendClient } from '../support/frontend-client.ts';

describe('a server with a key of the hosted service', () => {
  const publishableKey = createPublishableKey({ instanceType: 'development', frontendApi: 'brave-otter-7.clerk.accounts.dev' });
  let api: TestApi;
  before(async () => void (api = await startApi({ publishableKey })));
  after(() => api.stop());

  it('calls itself by the address where it is', () => assert.match(api.url, /^http:\/\/127\.0\.0\.1:\d+$/));

  it('hands out no link to the service: pages add their credential to it', async () => {
    const environment = await readEnvironment(api.url);
    assert.equal(environment.display_config.sign_in_url, `${api.url}/sign-in`);
    const browser = await createFrontendClient(api);
    const { client } = await browser.call('POST', '/client/sign_ins', {
      identifier: 'jane+clerk_test@example.com',
      password: 'violet-harbour-lantern',
    });
    const [session] = client.sessions;
    assert.equal(session.user.image_url, `${api.url}/avatars/${session.user.id}.svg`);
    // The issuer alone is the key's host: backends compare the two.
    assert.equal(decodeJwt(session.last_active_token.jwt as string).iss, 'https://brave-otter-7.clerk.accounts.dev');
  });

  it('has its inbox, and pages that name it as their proxy', async () => {
    assert.equal((await fetch(`${api.url}/inbox`)).status, 200);
    for (const path of ['/', '/seed.html', '/sign-in']) {
      const page = await (await fetch(api.url + path)).text();
      assert.ok(page.includes(`data-clerk-publishable-key="${publishableKey}" data-clerk-proxy-url="${api.url}"`), path);
    }
    const script = await (await fetch(`${api.url}/main.js`)).text();
    assert.ok(script.includes(`new Clerk('${publishableKey}', { proxyUrl: '${api.url}' })`));
  });
});
