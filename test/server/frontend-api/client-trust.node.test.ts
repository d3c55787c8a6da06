/** A browser that a person has never used, and their right password (dossier part 2, §2.3). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { refusal } from '../../support/second-factor-suite.ts';
import { addAuthenticator, withSecondFactors } from '../../support/second-factors.ts';
import { addUser } from '../../support/users.ts';
import type { Person } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const code = '424242';

for (const enumeration_protection of [false, true]) {
  describe(`client trust${enumeration_protection ? ', where nobody may learn who exists' : ''}`, () => {
    let api: TestApi;
    let time = Date.now();
    let count = 0;
    before(async () => {
      const { authenticator_app, backup_code } = withSecondFactors.attributes ?? {};
      api = await startApi({
        now: () => time,
        instance: {
          client_trust: true,
          enumeration_protection,
          users: [],
          attributes: { username: { enabled: true }, ...(authenticator_app && { authenticator_app }), ...(backup_code && { backup_code }) },
        },
      });
    });
    after(() => api.stop());

    const newPerson = async (more: Partial<Person> = {}) => {
      time += 60_000;
      const emailAddress = `person-${++count}+clerk_test@example.com`;
      return { emailAddress, user: await addUser(api, { emailAddress, password, ...more }, time) };
    };
    const signIn = (browser: FrontendClient, identifier: string) => browser.call('POST', '/client/sign_ins', { identifier, password });
    /** Answers the question for the code by mail. */
    const prove = async (browser: FrontendClient, signInId: string) => {
      const path = `/client/sign_ins/${signInId}`;
      assert.equal((await browser.call('POST', `${path}/prepare_second_factor`, { strategy: 'email_code' })).status, 200);
      return browser.call('POST', `${path}/attempt_second_factor`, { strategy: 'email_code', code });
    };

    it('asks once for each browser', async () => {
      const { emailAddress } = await newPerson();
      const browser = await createFrontendClient(api);
      const { response } = await signIn(browser, emailAddress);
      assert.deepEqual([response.status, response.client_trust_state], ['needs_client_trust', 'new']);
      const done = await prove(browser, response.id);
      assert.equal(done.response.status, 'complete');
      await browser.call('POST', `/client/sessions/${done.response.created_session_id}/end`);
      const again = await signIn(browser, emailAddress);
      assert.deepEqual([again.response.status, again.response.client_trust_state], ['complete', 'known']);
      const elsewhere = await signIn(await createFrontendClient(api), emailAddress);
      assert.equal(elsewhere.response.status, 'needs_client_trust');
    });

    it('asks each person who uses the same browser', async () => {
      const one = await newPerson();
      const other = await newPerson();
      const browser = await createFrontendClient(api);
      const first = await signIn(browser, one.emailAddress);
      const done = await prove(browser, first.response.id);
      await browser.call('POST', `/client/sessions/${done.response.created_session_id}/end`);
      assert.equal((await signIn(browser, other.emailAddress)).response.status, 'needs_client_trust');
    });

    it('does not ask who has signed in by a code already, and knows the browser from then on', async () => {
      const { emailAddress } = await newPerson();
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'email_code' });
      const done = await browser.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'email_code', code });
      assert.equal(done.response.status, 'complete');
      await browser.call('POST', `/client/sessions/${done.response.created_session_id}/end`);
      assert.equal((await signIn(browser, emailAddress)).response.status, 'complete');
    });

    it('does not ask who has just set a new password by mail', async () => {
      const { emailAddress } = await newPerson();
      const browser = await createFrontendClient(api);
      const strategy = 'reset_password_email_code';
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy });
      const path = `/client/sign_ins/${response.id}`;
      await browser.call('POST', `${path}/attempt_first_factor`, { strategy, code });
      const done = await browser.call('POST', `${path}/reset_password`, { password: 'orchard-lantern-river' });
      assert.equal(done.response.status, 'complete');
    });

    it('knows the browser in which somebody has signed up', async () => {
      const emailAddress = `newcomer-${++count}+clerk_test@example.com`;
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ups', { email_address: emailAddress, password });
      await browser.call('POST', `/client/sign_ups/${response.id}/prepare_verification`, { strategy: 'email_code' });
      const done = await browser.call('POST', `/client/sign_ups/${response.id}/attempt_verification`, { strategy: 'email_code', code });
      await browser.call('POST', `/client/sessions/${done.response.created_session_id}/end`);
      assert.equal((await signIn(browser, emailAddress)).response.status, 'complete');
    });

    it('does not ask whom a backend has excepted', async () => {
      const { emailAddress, user } = await newPerson();
      const call = createBackendClient(api);
      const { body } = await call('PATCH', `/users/${user.id}`, { body: { bypass_client_trust: true } });
      assert.equal(body.bypass_client_trust, true);
      assert.equal((await signIn(await createFrontendClient(api), emailAddress)).response.status, 'complete');
    });

    it('does not ask who has no address to prove', async () => {
      const username = 'without_address';
      await newPerson({ username, verifiedBy: null });
      const { response } = await signIn(await createFrontendClient(api), username);
      assert.equal(response.status, 'complete');
    });

    it('asks who has come with a username for one of their addresses', async () => {
      const username = 'with_address';
      await newPerson({ username });
      const browser = await createFrontendClient(api);
      const { response } = await signIn(browser, username);
      assert.equal(response.status, 'needs_client_trust');
      const [factor] = response.supported_second_factors;
      assert.deepEqual([factor.strategy, factor.safe_identifier[0]], ['email_code', 'p']);
      assert.equal((await prove(browser, response.id)).response.status, 'complete');
    });

    it('asks for the person’s own second factor where there is one, in every browser', async () => {
      const { emailAddress, user } = await newPerson();
      const secret = await addAuthenticator(api, user.id);
      const browser = await createFrontendClient(api);
      const { response } = await signIn(browser, emailAddress);
      assert.equal(response.status, 'needs_second_factor');
      assert.deepEqual(response.supported_second_factors, [{ strategy: 'totp', primary: null }]);
      const path = `/client/sign_ins/${response.id}`;
      const mailed = await browser.call('POST', `${path}/prepare_second_factor`, { strategy: 'email_code' });
      assert.deepEqual(refusal(mailed), [400, 'strategy_for_user_invalid']);
      const totp = { strategy: 'totp', code: appCode(secret, time) };
      assert.equal((await browser.call('POST', `${path}/attempt_second_factor`, totp)).response.status, 'complete');
    });

    it('ends when a second factor is turned on meanwhile', async () => {
      const { emailAddress, user } = await newPerson();
      const browser = await createFrontendClient(api);
      const { response } = await signIn(browser, emailAddress);
      const path = `/client/sign_ins/${response.id}`;
      await browser.call('POST', `${path}/prepare_second_factor`, { strategy: 'email_code' });
      await addAuthenticator(api, user.id);
      const answer = await browser.call('POST', `${path}/attempt_second_factor`, { strategy: 'email_code', code });
      assert.deepEqual(refusal(answer), [400, 'client_state_invalid']);
    });

    if (enumeration_protection) {
      it('says the same of a browser whether there is such a person or not', async () => {
        const { emailAddress } = await newPerson();
        for (const identifier of [emailAddress, 'nobody+clerk_test@example.com']) {
          const browser = await createFrontendClient(api);
          const { response } = await browser.call('POST', '/client/sign_ins', { identifier });
          assert.equal(response.client_trust_state, 'new', identifier);
        }
      });
    }
  });
}
