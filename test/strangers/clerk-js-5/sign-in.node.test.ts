/** Signing in by the card of Clerk's browser script 5, with each factor that it offers; what comes of it is ours. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { closeBrowser, testCode, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { addAuthenticator, addBackupCodes } from '../../support/second-factors.ts';
import { addUser, mailTo } from '../../support/users.ts';
import { addVirtualAuthenticator } from '../../support/virtual-authenticator.ts';
import { ask, hostedKey, press, typeCode, typeSentCode } from '../official-page.ts';
import { arrivesAs, proceed, serveComponents } from './page.ts';

const password = 'copper-lantern-meadow';

describe('<SignIn /> of @clerk/clerk-js 5', () => {
  let api: TestApi;
  let site: Site;
  before(async () => {
    api = await startApi({
      publishableKey: hostedKey,
      instance: {
        rate_limits: 'off',
        attributes: {
          email_address: { first_factors: ['email_code', 'email_link'] },
          phone_number: { enabled: true },
          passkey: { enabled: true },
          authenticator_app: { enabled: true },
          backup_code: { enabled: true },
        },
        social: [{ strategy: 'oauth_google' }],
      },
    });
    site = await serveComponents(() => api);
  });
  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  let count = 0;
  /** Somebody of the instance, with a phone number. */
  const newUser = async (name = `person${count}+clerk_test`) => {
    const emailAddress = `${name}@example.com`;
    const phoneNumber = `+1201555010${count++}`;
    const { id } = await addUser(api, { emailAddress, phoneNumber, password });
    return { id, emailAddress, phoneNumber };
  };

  /** The card in a fresh browser, once it can be used. */
  const open = async () => {
    const visited = await visit({ policy: false });
    // The script takes a browser that is driven for one that has no passkeys, and devices want a name for where they are.
    await visited.page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { value: false }));
    await visited.page.goto(`${site.url.replace('127.0.0.1', 'localhost')}/sign-in`);
    await visited.page.getByLabel('Email address', { exact: true }).waitFor();
    return visited;
  };

  const fill = async (page: Page, emailAddress: string, secret?: string) => {
    await page.getByLabel('Email address', { exact: true }).fill(emailAddress);
    if (secret !== undefined) await page.getByLabel('Password', { exact: true }).fill(secret);
    await proceed(page);
  };

  /** As far as the list of other ways in. */
  const seekAnotherWay = async (page: Page, emailAddress: string) => {
    await fill(page, emailAddress);
    await page.getByRole('heading', { name: 'Enter your password' }).waitFor();
    await page.getByRole('link', { name: 'Use another method' }).click();
  };

  it('takes a password, after it has shown what is wrong with another', async () => {
    const { emailAddress } = await newUser();
    const { context, page } = await open();
    // With a wrong one the card asks for it once more, on its own screen, before it complains.
    await fill(page, emailAddress, 'not-the-password');
    await page.getByRole('heading', { name: 'Enter your password' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('nor-this-one');
    await proceed(page);
    await page
      .getByText(/^Password is incorrect/)
      .last()
      .waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await proceed(page);
    await arrivesAs(page, emailAddress);
    await context.close();
  });

  it('takes a code by mail', async () => {
    const { emailAddress } = await newUser();
    const { context, page } = await open();
    await seekAnotherWay(page, emailAddress);
    await press(page, /^Email code to /);
    await typeSentCode(page, testCode);
    await arrivesAs(page, emailAddress);
    await context.close();
  });

  it('takes a link by mail, opened in another tab', async () => {
    // Nothing is really sent to addresses for tests.
    const { emailAddress } = await newUser('reader');
    const { context, page } = await open();
    await seekAnotherWay(page, emailAddress);
    await press(page, /^Email link to /);
    await page.getByRole('heading', { name: 'Check your email' }).waitFor();
    const link = /^http\S+$/m.exec((await mailTo(api, emailAddress)).text)?.[0];
    const other = await context.newPage();
    await other.goto(link ?? '');
    await arrivesAs(page, emailAddress);
    await context.close();
  });

  it('takes a phone number and a code by SMS', async () => {
    const { emailAddress, phoneNumber } = await newUser();
    const { context, page } = await open();
    await page.getByRole('link', { name: 'Use phone' }).click();
    await page.getByLabel('Phone number', { exact: true }).fill(phoneNumber);
    await proceed(page);
    await page.getByRole('link', { name: 'Use another method' }).click();
    await press(page, /^Send SMS code to /);
    await typeSentCode(page, testCode);
    await arrivesAs(page, emailAddress);
    await context.close();
  });

  it('takes a passkey', async () => {
    const { emailAddress } = await newUser();
    const { context, page } = await open();
    await addVirtualAuthenticator(page);
    await fill(page, emailAddress, password);
    await arrivesAs(page, emailAddress);
    await ask(page, async (clerk) => {
      await clerk.user!.createPasskey();
    });
    // The card would ask for a passkey by itself too, and a device answers whoever has asked first: here that is who follows the link.
    await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)');
    await ask(page, (clerk) => clerk.signOut({ redirectUrl: '/sign-in' })).catch((error: unknown) =>
      assert.match(String(error), /navigation/),
    );
    await page.getByRole('link', { name: 'Use passkey instead' }).click();
    await arrivesAs(page, emailAddress);
    await context.close();
  });

  it('gives a new password for a forgotten one', async () => {
    const { emailAddress } = await newUser();
    const { context, page } = await open();
    await fill(page, emailAddress);
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await press(page, 'Reset your password');
    await typeSentCode(page, testCode);
    await page.getByLabel('New password', { exact: true }).fill('granite-willow-harbour');
    await page.getByLabel('Confirm password', { exact: true }).fill('granite-willow-harbour');
    await press(page, 'Reset Password');
    await arrivesAs(page, emailAddress);
    await context.close();
  });

  it('asks for the code of an authenticator app, and takes a backup code in its place', async () => {
    const { id, emailAddress } = await newUser();
    const secret = await addAuthenticator(api, id);
    await addBackupCodes(api, id, ['abcd1234']);
    const { context, page } = await open();
    await fill(page, emailAddress, password);
    await typeCode(page, appCode(secret, Date.now()));
    await arrivesAs(page, emailAddress);
    await context.close();

    const later = await open();
    await fill(later.page, emailAddress, password);
    await later.page.getByRole('link', { name: 'Use another method' }).click();
    await press(later.page, 'Use a backup code');
    await later.page.getByLabel('Backup code', { exact: true }).fill('abcd1234');
    await proceed(later.page);
    await arrivesAs(later.page, emailAddress);
    await later.context.close();
  });

  it('lets a provider say who it is, also somebody who has no account yet', async () => {
    const { context, page } = await open();
    await press(page, /Continue with Google/);
    await page.getByRole('button', { name: /Ada Byron/ }).click();
    await page
      .getByRole('status')
      .getByText(/^Signed in as ada/)
      .waitFor();
    await context.close();
  });
});
