/** Phone numbers with Clerk's official browser script: what it sends and expects is not ours to choose. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { closeBrowser, testCode as code, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { ask, hostedKey, load, serveOfficialPage } from '../official-page.ts';
import { testNumber, withPhoneSecondFactor } from '../../support/phone-numbers.ts';

describe('phone numbers with @clerk/clerk-js', () => {
  let site: Site;
  let api: TestApi;
  before(async () => {
    site = await serveOfficialPage(() => api);
    const attributes = { ...withPhoneSecondFactor.attributes, email_address: { required: false } };
    api = await startApi({ publishableKey: hostedKey, instance: { attributes, users: [] } });
  });
  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const open = async () => {
    const visited = await visit({ policy: false });
    await visited.page.goto(site.url);
    assert.equal(await load(visited), 'ready');
    return visited;
  };
  const password = 'copper-lantern-meadow';

  it('sign up, take another number and an address along, and sign in with a second step', async () => {
    const { page, context } = await open();
    const values = { phoneNumber: testNumber(), another: testNumber(), emailAddress: 'official+clerk_test@example.com', password, code };
    const signedUp = await ask(
      page,
      async (clerk, { phoneNumber, password: secret, code: given }) => {
        const signUp = await clerk.client!.signUp.create({ phoneNumber, password: secret });
        await signUp.preparePhoneNumberVerification();
        const done = await signUp.attemptPhoneNumberVerification({ code: given });
        await clerk.setActive({ session: done.createdSessionId });
        return [done.status, clerk.user?.primaryPhoneNumber?.phoneNumber, clerk.user?.hasVerifiedPhoneNumber];
      },
      values,
    );
    assert.deepEqual(signedUp, ['complete', values.phoneNumber, true]);

    const added = await ask(
      page,
      async (clerk, { another, emailAddress, code: given }) => {
        const user = clerk.user!;
        const number = await user.createPhoneNumber({ phoneNumber: another });
        await number.prepareVerification();
        await number.attemptVerification({ code: given });
        const address = await user.createEmailAddress({ email: emailAddress });
        await address.prepareVerification({ strategy: 'email_code' });
        await address.attemptVerification({ code: given });
        const kept = await number.setReservedForSecondFactor({ reserved: true });
        await kept.makeDefaultSecondFactor();
        await user.reload();
        return [
          user.phoneNumbers.map((own) => [own.phoneNumber, own.verification.status, own.reservedForSecondFactor, own.defaultSecondFactor]),
          user.primaryEmailAddress?.emailAddress,
          user.twoFactorEnabled,
        ];
      },
      values,
    );
    const numbers = [
      [values.phoneNumber, 'verified', false, false],
      [values.another, 'verified', true, true],
    ];
    assert.deepEqual(added, [numbers, values.emailAddress, true]);
    await context.close();

    const other = await open();
    const signedIn = await ask(
      other.page,
      async (clerk, { phoneNumber, code: given }) => {
        const signIn = await clerk.client!.signIn.create({ identifier: phoneNumber });
        const factor = signIn.supportedFirstFactors!.find(({ strategy }) => strategy === 'phone_code');
        const { phoneNumberId = '' } = factor as { phoneNumberId?: string };
        await signIn.prepareFirstFactor({ strategy: 'phone_code', phoneNumberId });
        const first = await signIn.attemptFirstFactor({ strategy: 'phone_code', code: given });
        const after = first.status;
        await signIn.prepareSecondFactor({ strategy: 'phone_code' });
        const done = await signIn.attemptSecondFactor({ strategy: 'phone_code', code: given });
        await clerk.setActive({ session: done.createdSessionId });
        const own = clerk.user!.phoneNumbers.find((number) => number.reservedForSecondFactor);
        await own!.destroy();
        await clerk.user!.reload();
        return [after, done.status, clerk.user!.phoneNumbers.length, clerk.user!.twoFactorEnabled];
      },
      values,
    );
    assert.deepEqual(signedIn, ['needs_second_factor', 'complete', 1, false]);
    await other.context.close();
  });
});
