/** The ways to sign up that instances allow, by the card, and signing in with what was signed up with. */
import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, testCode, visit } from '../support/journey.ts';
import { shows } from '../support/whole-page.ts';

const password = 'willow-compass-marble';

const codeField = (page: Page) => page.getByRole('textbox', { name: /^Enter verification code/ });
const submit = (page: Page, name = 'Continue') => page.getByRole('button', { name, exact: true }).click();
const fill = (page: Page, name: string, value: string) => page.locator(`input[name=${name}]`).fill(value);

/** As backends see whoever is signed in on the page. */
async function userOf(api: TestApi, page: Page): Promise<Record<string, any>> {
  const id = await page.evaluate(async () => {
    const { Clerk } = globalThis as unknown as { Clerk: { load(): Promise<void>; user: { id: string } } };
    await Clerk.load();
    return Clerk.user.id;
  });
  const answer = await fetch(`${api.backendUrl}/v1/users/${id}`, { headers: { authorization: `Bearer ${api.secretKey}` } });
  return (await answer.json()) as Record<string, any>;
}

describe('signing up', () => {
  let api: TestApi | undefined;

  afterEach(async () => {
    await api?.stop();
    api = undefined;
  });

  after(closeBrowser);

  const open = async (instance: SettingsFile, path = '/sign-up') => {
    api = await startApi({ instance });
    const visited = await visit({ locale: 'de-DE' });
    await visited.page.goto(`${api.url}${path}`);
    return { ...visited, api, arrived: () => visited.page.waitForURL(`${api!.url}/`) };
  };

  it('with a username and a password alone, or with a phone number, by which one signs in afterwards; never without consent', async () => {
    const { page, context, complaints, arrived, api } = await open({
      attributes: { email_address: { required: false }, phone_number: { enabled: true }, username: { enabled: true, required: true } },
      sign_up: { legal_consent: true },
      urls: { terms: '/terms' },
    });
    await fill(page, 'username', 'ann_lee');
    await fill(page, 'password', password);
    await submit(page);
    await page.getByText('Please agree before you continue.').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Terms of Service' }).getAttribute('href'), `${api.url}/terms`);
    await page.getByRole('checkbox').check();
    await submit(page);
    await arrived();
    const ann = await userOf(api, page);
    assert.deepEqual([ann['username'], ann['email_addresses'], typeof ann['legal_accepted_at']], ['ann_lee', [], 'number']);

    await page.context().clearCookies();
    await page.evaluate(() => {
      localStorage.clear();
    });
    await page.goto(`${api.url}/sign-up`);
    await fill(page, 'username', 'bob_lee');
    await fill(page, 'password', password);
    await page.getByRole('link', { name: 'Use phone' }).click();
    assert.equal(await page.getByLabel('Country').inputValue(), 'DE');
    await fill(page, 'phoneNumber', '+1 (415) 555-0100');
    assert.equal(await page.getByLabel('Country').inputValue(), 'US');
    assert.equal(await page.locator('input[name=phoneNumber]').inputValue(), '(415) 555-0100');
    await page.getByRole('checkbox').check();
    await submit(page);
    await shows(page, 'Verify your phone');
    assert.equal(await page.locator('.cl-identityPreviewText').textContent(), '+14155550100');
    await codeField(page).fill(testCode);
    await arrived();
    const bob = await userOf(api, page);
    assert.deepEqual(
      bob['phone_numbers'].map((each: Record<string, any>) => [each['phone_number'], each['verification'].status]),
      [['+14155550100', 'verified']],
    );

    await page.context().clearCookies();
    await page.evaluate(() => {
      localStorage.clear();
    });
    await page.goto(`${api.url}/sign-in`);
    await page.getByRole('link', { name: 'Use phone' }).click();
    await page.getByLabel('Country').selectOption('US');
    await page.getByRole('link', { name: 'Use email or username' }).waitFor();
    await fill(page, 'identifier', '415 555 0100');
    await page.locator('input[name=password]').fill(password);
    await submit(page);
    await arrived();
    assert.equal((await userOf(api, page))['id'], bob['id']);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('proves address and number one after the other where both are needed, and takes up where a reload has interrupted', async () => {
    const { page, context, complaints, arrived, api } = await open({ attributes: { phone_number: { enabled: true, required: true } } });
    await fill(page, 'emailAddress', 'both+clerk_test@example.com');
    await fill(page, 'phoneNumber', '+1 415 555 0101');
    await fill(page, 'password', password);
    await submit(page);
    await shows(page, 'Verify your email');
    await codeField(page).fill(testCode);
    await shows(page, 'Verify your phone');
    // Once the code is on its way.
    await page.waitForFunction(() => !document.querySelector('clerk-sign-up')!.matches(':state(busy)'));
    await page.reload();
    await shows(page, 'Verify your phone');
    await codeField(page).fill(testCode);
    await arrived();
    const user = await userOf(api, page);
    assert.deepEqual([user['email_addresses'].length, user['phone_numbers'].length], [1, 1]);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('is not possible by oneself where there is a waitlist; one joins it', async () => {
    const { page, context, complaints, api } = await open({ sign_up: { mode: 'waitlist' } });
    await shows(page, 'Join the waitlist');
    await fill(page, 'emailAddress', 'nobody');
    await submit(page, 'Join the waitlist');
    await page.getByText('Enter a valid email address.').waitFor();
    await fill(page, 'emailAddress', 'eve@example.com');
    await submit(page, 'Join the waitlist');
    await shows(page, 'You are on the waitlist');
    const answer = await fetch(`${api.backendUrl}/v1/waitlist_entries`, { headers: { authorization: `Bearer ${api.secretKey}` } });
    const { data } = (await answer.json()) as { data: { email_address: string }[] };
    assert.deepEqual(
      data.map(({ email_address }) => email_address),
      ['eve@example.com'],
    );
    assert.deepEqual(
      complaints.filter((text) => !text.includes('422')),
      [],
    );
    await context.close();
  });

  it('is not possible where accounts are by invitation; the card says so, and leads to those who have one', async () => {
    const { page, context } = await open({ sign_up: { mode: 'restricted' }, support_email: 'help@example.com' });
    await shows(page, 'Access restricted');
    assert.equal(await page.getByRole('link', { name: 'Contact support' }).getAttribute('href'), 'mailto:help@example.com');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.locator('input[name=identifier]').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Sign up' }).count(), 0);
    await context.close();
  });
});
