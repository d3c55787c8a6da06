/** Links by mail, by the cards: the page that waits, and what the page of the link says, wherever and whenever it is opened. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { ClerkApi } from '../../src/clerk/clerk-api.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, visit } from '../support/journey.ts';
import { addUser, mailTo } from '../support/users.ts';
import { accessibilityProblems, shows } from '../support/whole-page.ts';

/** The instance of the page. */
const { Clerk } = globalThis as unknown as { Clerk: ClerkApi };

describe('links by mail', () => {
  let api: TestApi;
  let time = 0;
  let count = 0;

  before(async () => {
    api = await startApi({
      now: () => Date.now() + time,
      instance: {
        attributes: {
          email_address: { first_factors: ['email_code', 'email_link'], verifications: ['email_link', 'email_code'] },
          password: { enabled: false, required: false },
        },
      },
    });
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const newAddress = () => `reader${++count}@example.com`;
  const linkTo = async (emailAddress: string, sent = 1) =>
    /^http\S+$/m.exec((await mailTo(api, emailAddress, sent)).text)?.[0] ?? assert.fail('There is no link in the mail.');
  const submit = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
  const signedIn = async (page: Page, emailAddress: string, path = '/') => {
    await page.waitForURL(api.url + path);
    await page.getByText(`Signed in as ${emailAddress}`).waitFor();
  };

  /** Somebody new, at the page that waits. @param hash of that page */
  const wait = async (hash = '') => {
    const emailAddress = newAddress();
    await addUser(api, { emailAddress });
    const visited = await visit();
    const { page } = visited;
    await page.goto(`${api.url}/sign-in${hash}`);
    await page.locator('input[name=identifier]').fill(emailAddress);
    await submit(page);
    await page.getByRole('heading', { name: 'Check your email' }).waitFor();
    return { ...visited, emailAddress };
  };

  it('sign in the page that waits and the tab of the link, in one browser, and both go where the page was to lead', async () => {
    const path = '/?from=mail';
    const { page, context, emailAddress, complaints } = await wait(`#/?redirect_url=${encodeURIComponent(api.url + path)}`);
    await shows(page, 'Check your email');
    const tab = await context.newPage();
    await tab.goto(await linkTo(emailAddress));
    await signedIn(tab, emailAddress, path);
    await signedIn(page, emailAddress, path);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('sign in the page that waits from another device, which is told to go back', async () => {
    const { page, context, emailAddress } = await wait();
    const other = await visit();
    await other.page.goto(await linkTo(emailAddress));
    await shows(other.page, 'Your email address is verified');
    await signedIn(page, emailAddress);
    assert.equal(await other.page.evaluate('Clerk.user'), null);
    await other.context.close();
    await context.close();
  });

  it('say that they are used, and let one begin anew', async () => {
    const { page, context, emailAddress } = await wait();
    const link = await linkTo(emailAddress);
    const other = await visit();
    await other.page.goto(link);
    await signedIn(page, emailAddress);
    await other.page.goto(link);
    await shows(other.page, 'This verification link does not work');
    await other.page.getByRole('button', { name: 'Start again' }).click();
    await shows(other.page, 'Sign in to clerk-lit demo');
    assert.equal(other.page.url(), `${api.url}/sign-in`);
    await other.context.close();
    await context.close();
  });

  it('say on both pages that it is too late, and send another one', async () => {
    const { page, context, emailAddress } = await wait();
    const late = await linkTo(emailAddress);
    time += 11 * 60_000;
    await shows(page, 'This verification link has expired');
    const tab = await context.newPage();
    await tab.goto(late);
    await shows(tab, 'This verification link has expired');
    await page.getByRole('button', { name: 'Send a new link' }).click();
    await shows(page, 'Check your email');
    await tab.goto(await linkTo(emailAddress, 2));
    await signedIn(page, emailAddress);
    await context.close();
  });

  it('sign in the page that waits once the network is back, and which goes on asking meanwhile', async () => {
    const { page, context, emailAddress } = await wait();
    const link = await linkTo(emailAddress);
    const failure = page.waitForEvent('requestfailed');
    await context.setOffline(true);
    await failure;
    await page.waitForEvent('requestfailed');
    await shows(page, 'Check your email');
    const other = await visit();
    await other.page.goto(link);
    await shows(other.page, 'Your email address is verified');
    await other.context.close();
    await context.setOffline(false);
    await signedIn(page, emailAddress);
    await context.close();
  });

  it('are worth nothing for an attempt that another one has replaced', async () => {
    const { page, context, emailAddress } = await wait();
    const former = await linkTo(emailAddress);
    await page.getByRole('button', { name: 'Edit' }).click();
    await submit(page);
    await linkTo(emailAddress, 2);
    const tab = await context.newPage();
    await tab.goto(former);
    await shows(tab, 'This verification link has expired');
    await shows(page, 'Check your email');
    await context.close();
  });

  it('prove the address at sign-up, or a code does', async () => {
    const emailAddress = newAddress();
    const { page, context, complaints } = await visit();
    await page.goto(`${api.url}/sign-up`);
    await page.locator('input[name=emailAddress]').fill(emailAddress);
    await submit(page);
    await shows(page, 'Verify your email');
    await page.getByText('Open the verification link').waitFor();
    await page.getByRole('link', { name: 'Email me a code instead' }).click();
    await page.getByRole('textbox', { name: /^Enter verification code/ }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('link', { name: 'Email me a link instead' }).click();
    await page.getByText('Open the verification link').waitFor();
    const tab = await context.newPage();
    await tab.goto(await linkTo(emailAddress, 3));
    await signedIn(tab, emailAddress);
    await signedIn(page, emailAddress);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('are there as methods of the core, for pages with screens of their own', async () => {
    const emailAddress = newAddress();
    await addUser(api, { emailAddress });
    const { page, context } = await visit();
    const open = async (opened: Page, address: string) => {
      await opened.goto(address);
      await opened.locator('clerk-sign-up input').first().waitFor();
    };
    await open(page, `${api.url}/sign-up`);
    const waiting = page.evaluate(async (identifier) => {
      const { signIn } = Clerk.client!;
      const { supportedFirstFactors } = await signIn.create({ identifier });
      const { emailAddressId = '' } = supportedFirstFactors!.find(({ strategy }) => strategy === 'email_link')!;
      signIn.createEmailLinkFlow().cancelEmailLinkFlow();
      const { startEmailLinkFlow } = signIn.createEmailLinkFlow();
      const { status, firstFactorVerification } = await startEmailLinkFlow({ emailAddressId, redirectUrl: `${location.origin}/sign-up` });
      return [status, firstFactorVerification.status, firstFactorVerification.verifiedFromTheSameClient()];
    }, emailAddress);
    const link = await linkTo(emailAddress);
    const other = await visit();
    await open(other.page, link);
    const elsewhere = await other.page.evaluate(async () => {
      const told: string[] = [];
      const options = {
        // A method, since a function that is given a name does not travel to the page.
        onVerifiedOnOtherDevice() {
          told.push('elsewhere');
        },
      };
      await Clerk.handleEmailLinkVerification(options);
      return [told, Clerk.user];
    });
    assert.deepEqual(elsewhere, [['elsewhere'], null]);
    assert.deepEqual(await waiting, ['complete', 'verified', false]);
    await open(other.page, link);
    const refused = await other.page.evaluate(() =>
      Clerk.handleEmailLinkVerification({}).then(
        () => 'done',
        ({ name, code }: { name: string; code: string }) => [name, code],
      ),
    );
    assert.deepEqual(refused, ['EmailLinkError', 'failed']);
    // Signed in, one proves a second address the same way; what is no longer waited for says nothing more.
    const second = newAddress();
    const proving = page.evaluate(async (email) => {
      await Clerk.setActive({ session: Clerk.client!.signedInSessions[0]! });
      const emailAddress = await Clerk.user!.createEmailAddress({ email });
      emailAddress.createEmailLinkFlow().cancelEmailLinkFlow();
      const { startEmailLinkFlow } = emailAddress.createEmailLinkFlow();
      const { verification } = await startEmailLinkFlow({ redirectUrl: `${location.origin}/sign-up` });
      await Clerk.user!.reload();
      const kept = Clerk.user!.emailAddresses.find((each) => each.emailAddress === email);
      return [verification.status, verification.verifiedFromTheSameClient(), kept?.verification.status];
    }, second);
    await other.page.goto(await linkTo(second));
    assert.deepEqual(await proving, ['verified', false, 'verified']);
    await other.context.close();
    await context.close();
  });

  it('are one way of several, by keyboard alone', async () => {
    const { page, context, emailAddress } = await wait();
    const other = page.getByRole('link', { name: 'Use another method' });
    await other.focus();
    await page.keyboard.press('Enter');
    await shows(page, 'Use another method');
    await page.getByRole('button', { name: /^Email code to/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: /^Enter verification code/ }).waitFor();
    const code = /^\d{6}\b/m.exec((await mailTo(api, emailAddress, 2)).text)?.[0] ?? '';
    await page.keyboard.type(code);
    await signedIn(page, emailAddress);
    await context.close();
  });
});
