/** Signing up with an address of one's own, and what the API makes of it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, jane, testCode, visit } from '../support/journey.ts';

describe('signing up on /sign-up', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi();
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const open = async () => {
    const result = await visit();
    await result.page.goto(`${api.url}/sign-up`);
    await result.page.locator('input[name=emailAddress]').waitFor();
    return result;
  };

  it('verifies the address with the code of the mail and signs in', async () => {
    const { context, page, complaints } = await open();
    await page.locator('input[name=emailAddress]').fill('ann@example.com');
    await page.locator('input[name=password]').fill('willow-compass-marble');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('heading', { name: 'Verify your email' }).waitFor();
    const [mail] = await api.mails();
    const code = /\b\d{6}\b/.exec(mail?.text ?? '')?.[0];
    assert.ok(code, 'the mail carries a code');
    const field = page.getByRole('textbox', { name: /^Enter verification code/ });
    await field.focus();
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData('text/plain', ` ${text.slice(0, 3)} ${text.slice(3)} `);
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, code);
    await page.waitForURL(`${api.url}/`);
    await page.getByText('Signed in as ann@example.com').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('says at the field that an address is taken', async () => {
    const { context, page } = await open();
    await page.locator('input[name=emailAddress]').fill(jane.emailAddress);
    await page.locator('input[name=password]').fill('willow-compass-marble');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.locator('.cl-formFieldErrorText').waitFor();
    assert.equal(await page.locator('input[name=emailAddress]').getAttribute('aria-invalid'), 'true');
    assert.equal(await page.locator('input[name=emailAddress]').inputValue(), jane.emailAddress);
    await context.close();
  });

  it('carries unsafeMetadata of the page to the new user', async () => {
    // The document writes markup as it would be: under no policy, as whoever copies it begins.
    const { context, page } = await visit({ policy: false });
    await page.goto(`${api.url}/seed.html`);
    await page.locator('#sign-in input').first().waitFor();
    await page.evaluate(() => {
      const { Clerk } = globalThis as unknown as {
        Clerk: { unmountSignIn(node: Element): void; mountSignUp(node: Element, props: object): void };
      };
      const node = document.querySelector('#sign-in')!;
      Clerk.unmountSignIn(node);
      Clerk.mountSignUp(node, { unsafeMetadata: { birthday: '11-30-1969' } });
    });
    await page.locator('input[name=emailAddress]').fill('seed+clerk_test@example.com');
    await page.locator('input[name=password]').fill('willow-compass-marble');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('textbox', { name: /^Enter verification code/ }).fill(testCode);
    await page.waitForURL(`${api.url}/`);
    const answer = await fetch(`${api.backendUrl}/v1/users?email_address=${encodeURIComponent('seed+clerk_test@example.com')}`, {
      headers: { authorization: `Bearer ${api.secretKey}` },
    });
    const [user] = (await answer.json()) as { unsafe_metadata: unknown }[];
    assert.deepEqual(user?.unsafe_metadata, { birthday: '11-30-1969' });
    await context.close();
  });
});
