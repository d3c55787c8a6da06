/** Signing in and up in one card, as a person meets it: an address without an account, by form, by code and by link. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, testCode, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { mailTo } from '../support/users.ts';
import { shows } from '../support/whole-page.ts';

const password = 'copper-lantern-meadow';

for (const enumeration_protection of [false, true]) {
  describe(`signing in or up, ${enumeration_protection ? 'where nobody may learn who exists' : 'by default'}`, () => {
    let api: TestApi;
    let site: Site;
    let count = 0;

    before(async () => {
      api = await startApi({
        instance: {
          enumeration_protection,
          preferred_sign_in_strategy: 'otp',
          attributes: { email_address: { first_factors: enumeration_protection ? ['email_link'] : ['email_code'] } },
        },
      });
      site = await serveSite((path) =>
        path === '/enter'
          ? {
              body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body><main><div id="card"></div></main>
              <script data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>
              <script>
                Clerk.load({ signInUrl: '/enter' }).then(() => {
                  if (Clerk.user) document.body.append('It is ' + Clerk.user.primaryEmailAddress.emailAddress + ' ' + JSON.stringify(Clerk.user.unsafeMetadata));
                  else Clerk.mountSignIn(document.getElementById('card'), { unsafeMetadata: { theme: 'dark' }, signUpForceRedirectUrl: '/enter' });
                });
              </script></body></html>`,
            }
          : undefined,
      );
    });

    after(async () => {
      await closeBrowser();
      await site.stop();
      await api.stop();
    });

    const submit = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
    const begin = async () => {
      // No test address: what is sent is read.
      const emailAddress = `newcomer${++count}${enumeration_protection ? '' : '+clerk_test'}@example.com`;
      const visited = await visit();
      const { page } = visited;
      await page.goto(`${site.url}/enter`);
      await page.locator('input[name=identifier]').fill(emailAddress);
      await submit(page);
      return { ...visited, emailAddress };
    };
    const isThere = (page: Page, emailAddress: string) => page.getByText(`It is ${emailAddress} {"theme":"dark"}`).waitFor();

    if (!enumeration_protection) {
      it('goes on as a sign-up at an address of its own, and stays there when the page is loaded again', async () => {
        const { page, context, emailAddress } = await begin();
        await shows(page, 'Create your account');
        assert.equal(new URL(page.url()).hash, '#/create');
        assert.equal(await page.locator('input[name=emailAddress]').inputValue(), emailAddress);
        await page.reload();
        await shows(page, 'Create your account');
        await page.locator('input[name=emailAddress]').fill(emailAddress);
        await page.locator('input[name=password]').fill(password);
        await submit(page);
        await page.getByRole('textbox', { name: /^Enter verification code/ }).pressSequentially(testCode);
        await isThere(page, emailAddress);
        await context.close();
      });
      return;
    }

    it('proves the address by a link, which another tab opens, and then asks for what is missing', async () => {
      const { page, context, emailAddress } = await begin();
      await shows(page, 'Check your email');
      const link = /^http\S+$/m.exec((await mailTo(api, emailAddress)).text)?.[0] ?? assert.fail('There is no link in the mail.');
      const other = await visit();
      await other.page.goto(link);
      await shows(other.page, 'Your email address is verified');
      await shows(page, 'Fill in missing fields');
      assert.equal(new URL(page.url()).hash, '#/continue');
      await page.reload();
      await shows(page, 'Fill in missing fields');
      await page.locator('input[name=password]').fill(password);
      await submit(page);
      await isThere(page, emailAddress);
      await other.context.close();
      await context.close();
    });

    it('goes on in the tab of the link, where that is the same browser', async () => {
      const { page, context, emailAddress } = await begin();
      await shows(page, 'Check your email');
      const link = /^http\S+$/m.exec((await mailTo(api, emailAddress)).text)?.[0] ?? assert.fail('There is no link in the mail.');
      await page.close();
      const tab = await context.newPage();
      await tab.goto(link);
      await shows(tab, 'Fill in missing fields');
      await tab.locator('input[name=password]').fill(password);
      await submit(tab);
      await isThere(tab, emailAddress);
      await context.close();
    });
  });
}
