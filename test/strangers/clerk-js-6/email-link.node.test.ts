/** Links by mail with Clerk's official browser script: the page that waits, and the page that the link leads to. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { closeBrowser, visit } from '../../support/journey.ts';
import type { Site, Visit } from '../../support/journey.ts';
import { ask, hostedKey, load, serveOfficialPage } from '../official-page.ts';
import { addUser, mailTo } from '../../support/users.ts';

describe('@clerk/clerk-js and links by mail', () => {
  let site: Site;
  let api: TestApi;
  before(async () => {
    site = await serveOfficialPage(() => api);
    api = await startApi({
      publishableKey: hostedKey,
      instance: {
        rate_limits: 'off',
        attributes: {
          email_address: { first_factors: ['email_code', 'email_link'], verifications: ['email_link', 'email_code'] },
          password: { required: false },
        },
      },
    });
  });
  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  let count = 0;
  const newAddress = () => `reader${count++}@example.com`;
  const open = async () => {
    const visited = await visit({ policy: false });
    await visited.page.goto(site.url);
    assert.equal(await load(visited), 'ready');
    return visited;
  };
  const linkTo = async (emailAddress: string) => /^http\S+$/m.exec((await mailTo(api, emailAddress)).text)?.[0] ?? '';

  /** The page waits for its link, and then signs in with what has become of the attempt. */
  const waitForSignIn = (page: Visit['page'], emailAddress: string, redirectUrl: string) =>
    ask(
      page,
      async (clerk, { emailAddress, redirectUrl }) => {
        const { supportedFirstFactors } = await clerk.client!.signIn.create({ identifier: emailAddress });
        const factor = supportedFirstFactors!.find(({ strategy }) => strategy === 'email_link') as { emailAddressId: string };
        const { startEmailLinkFlow } = clerk.client!.signIn.createEmailLinkFlow();
        const done = await startEmailLinkFlow({ emailAddressId: factor.emailAddressId, redirectUrl });
        await clerk.setActive({ session: done.createdSessionId });
        // The tab of the link has signed in at the same time: the script may be between two states.
        const userId = await new Promise<string>((resolve) => {
          clerk.addListener(({ user }) => {
            if (user) resolve(user.id);
          });
        });
        const { status, verifiedFromTheSameClient } = {
          status: done.firstFactorVerification.status,
          verifiedFromTheSameClient: done.firstFactorVerification.verifiedFromTheSameClient(),
        };
        return { status, verifiedFromTheSameClient, userId };
      },
      { emailAddress, redirectUrl },
    );

  it('signs in the page that waits, from another tab of the same browser', async () => {
    const emailAddress = newAddress();
    const { id } = await addUser(api, { emailAddress });
    const { page, context } = await open();
    const waiting = waitForSignIn(page, emailAddress, site.url);
    const tab = await context.newPage();
    await tab.goto(await linkTo(emailAddress));
    const target = new URL(tab.url());
    assert.deepEqual([target.origin, target.searchParams.get('__clerk_status')], [site.url, 'verified']);
    assert.deepEqual(await waiting, { status: 'verified', verifiedFromTheSameClient: true, userId: id });
    assert.equal(await load({ page: tab }), 'ready');
    assert.equal(await ask(tab, (clerk) => clerk.session?.id), target.searchParams.get('__clerk_created_session'));
    await context.close();
  });

  it('signs in the page that waits, from another device, which stays signed out', async () => {
    const emailAddress = newAddress();
    const { id } = await addUser(api, { emailAddress });
    const { page, context } = await open();
    const waiting = waitForSignIn(page, emailAddress, site.url);
    const other = await visit({ policy: false });
    await other.page.goto(await linkTo(emailAddress));
    assert.equal(await load(other), 'ready');
    const told = await ask(other.page, async (clerk) => {
      const told: string[] = [];
      const options = {
        // A method, since a function that is given a name does not travel to the page.
        onVerifiedOnOtherDevice() {
          told.push('on another device');
        },
      };
      await clerk.handleEmailLinkVerification(options, () => Promise.resolve());
      return [told, clerk.user];
    });
    assert.deepEqual(told, [['on another device'], null]);
    assert.deepEqual(await waiting, { status: 'verified', verifiedFromTheSameClient: false, userId: id });
    await other.context.close();
    await context.close();
  });

  it('proves the address at sign-up', async () => {
    const emailAddress = newAddress();
    const { page, context } = await open();
    const waiting = ask(
      page,
      async (clerk, { emailAddress, redirectUrl }) => {
        const signUp = await clerk.client!.signUp.create({ emailAddress });
        const { startEmailLinkFlow } = signUp.createEmailLinkFlow();
        const done = await startEmailLinkFlow({ redirectUrl });
        await clerk.setActive({ session: done.createdSessionId });
        return [done.status, clerk.user?.primaryEmailAddress?.emailAddress, clerk.user?.primaryEmailAddress?.verification.strategy];
      },
      { emailAddress, redirectUrl: site.url },
    );
    const tab = await context.newPage();
    await tab.goto(await linkTo(emailAddress));
    assert.deepEqual(await waiting, ['complete', emailAddress, 'email_link']);
    await context.close();
  });

  it('makes a user of who signs in without an account', async () => {
    const emailAddress = newAddress();
    const { page, context } = await open();
    const begun = await ask(
      page,
      async (clerk, identifier) => {
        const signIn = await clerk.client!.signIn.create({ identifier, strategy: 'email_code', signUpIfMissing: true });
        return signIn.status;
      },
      emailAddress,
    );
    assert.equal(begun, 'needs_first_factor');
    const code = /^\d{6}$/m.exec((await mailTo(api, emailAddress)).text)?.[0] ?? '';
    const done = await ask(
      page,
      async (clerk, code) => {
        const refused = await clerk.client!.signIn.attemptFirstFactor({ strategy: 'email_code', code }).then(
          () => 'not refused',
          (error) => error.errors[0].code,
        );
        const before = clerk.client!.signIn.firstFactorVerification.status;
        const signUp = await clerk.client!.signUp.create({ transfer: true, unsafeMetadata: { theme: 'dark' } });
        await clerk.setActive({ session: signUp.createdSessionId });
        return [refused, before, signUp.status, clerk.user?.primaryEmailAddress?.emailAddress, clerk.user?.unsafeMetadata];
      },
      code,
    );
    assert.deepEqual(done, ['sign_up_if_missing_transfer', 'transferable', 'complete', emailAddress, { theme: 'dark' }]);
    await context.close();
  });
});
