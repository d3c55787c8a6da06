/** Signing in and up in one: whoever has no account proves their address and makes one of it (dossier part 2, §2.6, §2.7). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { addUser, mailTo, mailedCodes, otherCode } from '../../support/users.ts';

const password = 'copper-lantern-meadow';
const refusal = ({ status, codes }: FrontendAnswer) => [status, ...codes];
const attributes = { email_address: { first_factors: ['email_code', 'email_link'] }, username: { enabled: true } } satisfies NonNullable<
  SettingsFile['attributes']
>;

for (const enumeration_protection of [false, true]) {
  describe(`sign_up_if_missing, ${enumeration_protection ? 'where nobody may learn who exists' : 'by default'}`, () => {
    let api: TestApi;
    let time = Date.now();
    let count = 0;
    before(async () => {
      api = await startApi({ now: () => time, instance: { enumeration_protection, attributes } });
    });
    after(() => api.stop());

    const newAddress = () => `newcomer${count++}@example.com`;
    const start = (browser: FrontendClient, identifier: string, more: Record<string, string> = {}) =>
      browser.call('POST', '/client/sign_ins', { identifier, sign_up_if_missing: 'true', ...more });
    const prove = (browser: FrontendClient, id: string, code: string) =>
      browser.call('POST', `/client/sign_ins/${id}/attempt_first_factor`, { strategy: 'email_code', code });
    const transfer = (browser: FrontendClient, more: Record<string, string> = {}) =>
      browser.call('POST', '/client/sign_ups', { transfer: 'true', ...more });

    it('proves the address of a stranger, who then becomes a user', async () => {
      const browser = await createFrontendClient(api);
      const emailAddress = newAddress();
      // What the official client sends along, where it has asked a captcha.
      const captcha = { captcha_token: 'token', captcha_widget_type: 'smart', captcha_error: '' };
      const begun = await start(browser, emailAddress, { strategy: 'email_code', ...captcha });
      assert.equal(begun.response.status, 'needs_first_factor', JSON.stringify(begun.body));
      assert.equal(begun.response.user_data, null);
      const [code = ''] = await mailedCodes(api, emailAddress);
      assert.deepEqual(refusal(await prove(browser, begun.response.id, otherCode(code))), [422, 'form_code_incorrect']);
      assert.deepEqual(refusal(await transfer(browser)), [400, 'account_transfer_invalid'], 'not before it is proved');
      const proved = await prove(browser, begun.response.id, code);
      assert.deepEqual(refusal(proved), [404, 'sign_up_if_missing_transfer']);
      assert.equal(proved.body.meta.client.sign_in.id, begun.response.id);
      assert.equal(proved.body.meta.client.sign_in.first_factor_verification.status, 'transferable');
      assert.deepEqual(proved.body.meta.client.sessions, []);
      assert.deepEqual(refusal(await prove(browser, begun.response.id, code)), [400, 'verification_already_verified']);

      const stranger = await createFrontendClient(api);
      assert.deepEqual(refusal(await transfer(stranger)), [400, 'account_transfer_invalid'], 'it is of this browser alone');
      const moved = await transfer(browser, { unsafe_metadata: '{"theme":"dark"}' });
      assert.equal(moved.response.status, 'missing_requirements', JSON.stringify(moved.body));
      assert.deepEqual([moved.response.missing_fields, moved.response.unverified_fields], [['password'], []]);
      assert.equal(moved.response.email_address, emailAddress);
      assert.equal(moved.client.sign_in, null);
      assert.deepEqual(refusal(await transfer(browser)), [400, 'account_transfer_invalid'], 'it is used up');
      const done = await browser.call('PATCH', `/client/sign_ups/${moved.response.id}`, { password });
      assert.equal(done.response.status, 'complete', JSON.stringify(done.body));
      const [{ user }] = done.client.sessions;
      assert.deepEqual(user.unsafe_metadata, { theme: 'dark' });
      assert.deepEqual(user.email_addresses[0].verification.strategy, 'email_code');
    });

    it('signs in who has an account, by the same steps', async () => {
      const browser = await createFrontendClient(api);
      const emailAddress = newAddress();
      await addUser(api, { emailAddress });
      const { response } = await start(browser, emailAddress, { strategy: 'email_code' });
      const [code = ''] = await mailedCodes(api, emailAddress);
      assert.equal((await prove(browser, response.id, code)).response.status, 'complete');
    });

    if (enumeration_protection) {
      it('tells no difference before the address is proved', async () => {
        const shapes = [];
        for (const isKnown of [true, false]) {
          const emailAddress = newAddress();
          if (isKnown) await addUser(api, { emailAddress, password });
          const { response, status } = await start(await createFrontendClient(api), emailAddress, { strategy: 'email_code' });
          const plain = (value: unknown) =>
            JSON.stringify(value)
              .replaceAll(/newcomer\d+/g, 'x')
              .replaceAll(/"(sia|idn)_\w+"/g, '""');
          shapes.push([
            status,
            plain({ ...response, abandon_at: 0, first_factor_verification: response.first_factor_verification.status }),
          ]);
        }
        assert.deepEqual(shapes[0], shapes[1]);
      });
    }

    it('makes one sign-up of it, however many ask at once', async () => {
      const browser = await createFrontendClient(api);
      const emailAddress = newAddress();
      const { response } = await start(browser, emailAddress, { strategy: 'email_code' });
      const [code = ''] = await mailedCodes(api, emailAddress);
      const proofs = await Promise.all(Array.from({ length: 16 }, () => prove(browser, response.id, code)));
      assert.equal(proofs.filter(({ codes }) => codes[0] === 'sign_up_if_missing_transfer').length, 1);
      const answers = await Promise.all(Array.from({ length: 16 }, () => transfer(browser, { password })));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      const users = await api.database.selectFrom('email_addresses').selectAll().where('email_address', '=', emailAddress).execute();
      assert.equal(users.length, 1);
    });

    it('works with a link', async () => {
      const browser = await createFrontendClient(api);
      const emailAddress = newAddress();
      const { response } = await start(browser, emailAddress, { strategy: 'email_link', redirect_url: `${api.url}/verify` });
      const link = /^http\S+$/m.exec((await mailTo(api, emailAddress)).text)?.[0] ?? '';
      const opened = await fetch(link, { redirect: 'manual' });
      assert.equal(new URL(opened.headers.get('location') ?? '').searchParams.get('__clerk_status'), 'transferable');
      const { response: waiting } = await browser.call('GET', `/client/sign_ins/${response.id}`);
      assert.equal(waiting.first_factor_verification.status, 'transferable');
      const moved = await transfer(browser, { password });
      assert.equal(moved.response.status, 'complete', JSON.stringify(moved.body));
    });

    it('loses against whoever signs up with the address meanwhile, and ends with its day', async () => {
      const browser = await createFrontendClient(api);
      const emailAddress = newAddress();
      const { response } = await start(browser, emailAddress, { strategy: 'email_code' });
      const [code = ''] = await mailedCodes(api, emailAddress);
      await prove(browser, response.id, code);
      await addUser(api, { emailAddress });
      assert.deepEqual(refusal(await transfer(browser, { password })), [400, 'identification_claimed']);
      time += 24 * 3600_000;
      assert.deepEqual(refusal(await transfer(browser, { password })), [400, 'account_transfer_invalid']);
    });

    it('is for addresses, and for what can prove them', async () => {
      const browser = await createFrontendClient(api);
      assert.deepEqual(refusal(await start(browser, 'some_name')), [422, 'sign_up_if_missing_not_allowed']);
      const byPassword = await start(browser, newAddress(), { password });
      assert.deepEqual(refusal(byPassword), [422, 'sign_up_if_missing_strategy_not_supported']);
      const other = await browser.call('POST', '/client/sign_ups', { transfer: 'true', email_address: newAddress() });
      assert.deepEqual(refusal(other), [400, 'account_transfer_invalid']);
    });
  });
}

describe('sign_up_if_missing where strangers may not sign up', () => {
  for (const mode of ['restricted', 'waitlist'] as const) {
    it(`is refused: ${mode}`, async () => {
      const api = await startApi({ instance: { sign_up: { mode } } });
      try {
        const browser = await createFrontendClient(api);
        const answer = await browser.call('POST', '/client/sign_ins', { identifier: 'a@example.com', sign_up_if_missing: 'true' });
        assert.deepEqual(refusal(answer), [422, 'sign_up_if_missing_not_allowed']);
      } finally {
        await api.stop();
      }
    });
  }
});
