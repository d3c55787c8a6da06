/** Invitations and sign-in tokens, by the cards: what somebody brings along in the address goes on by itself, or says why not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, signInAndArrive, visit } from '../support/journey.ts';
import { accessibilityProblems } from '../support/whole-page.ts';
import { createOfficialBackend } from '../support/official-backend.ts';

const password = 'copper-lantern-meadow';

describe('tickets', () => {
  let api: TestApi;
  let backend: ClerkClient;
  let time = 0;
  let count = 0;

  before(async () => {
    api = await startApi({ now: () => Date.now() + time, instance: { sign_up: { mode: 'restricted' } } });
    backend = createOfficialBackend(api);
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const newAddress = () => `guest${++count}+clerk_test@example.com`;
  const newPerson = async () => {
    const emailAddress = newAddress();
    const { id } = await backend.users.createUser({ emailAddress: [emailAddress], password });
    return { id, emailAddress, password };
  };
  const invite = async (emailAddress: string, options: { redirectUrl?: string; ignoreExisting?: boolean } = {}) => {
    const invitation = await backend.invitations.createInvitation({ emailAddress, notify: false, ...options });
    return { id: invitation.id, url: invitation.url ?? assert.fail('An invitation has an address.') };
  };
  const tokenUrl = async (userId: string, expiresInSeconds = 600) => {
    const { id, token } = await backend.signInTokens.createSignInToken({ userId, expiresInSeconds });
    return { id, url: `${api.url}/sign-in?__clerk_ticket=${token}` };
  };
  const shows = async (page: Page, title: string, text: string | RegExp) => {
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    await page.getByText(text).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
  };
  const signedIn = async (page: Page, emailAddress: string) => {
    await page.waitForURL(`${api.url}/`);
    await page.getByText(`Signed in as ${emailAddress}`).waitFor();
  };
  const go = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();

  it('of an invitation make an account with the address that was invited, where nobody else gets one', async () => {
    const emailAddress = newAddress();
    const { url } = await invite(emailAddress);
    const { page, context, complaints } = await visit();
    await page.goto(url);
    await shows(page, 'Fill in missing fields', emailAddress);
    assert.equal(page.url(), `${api.url}/sign-up`);
    assert.equal(await page.locator('input[name=emailAddress]').count(), 0);
    // Whoever loads the page again goes on.
    await page.reload();
    await page.locator('input[name=password]').fill(password);
    await go(page);
    await signedIn(page, emailAddress);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('of an invitation sign in who has an account by now, from either card', async () => {
    const { emailAddress } = await newPerson();
    const { url } = await invite(emailAddress, { ignoreExisting: true });
    const { page, context } = await visit();
    const link = new URL(url);
    await page.goto(`${api.url}/sign-up?__clerk_ticket=${link.searchParams.get('ticket')!}`);
    await signedIn(page, emailAddress);
    await context.close();
  });

  it('of a backend sign in, once', async () => {
    const person = await newPerson();
    const { url } = await tokenUrl(person.id);
    const { page, context, complaints } = await visit();
    await page.goto(url);
    await signedIn(page, person.emailAddress);
    assert.deepEqual(complaints, []);
    const other = await visit();
    await other.page.goto(url);
    await shows(other.page, 'This link cannot be used', /has been used already/);
    await other.page.keyboard.press('Tab');
    await other.page.keyboard.press('Enter');
    await other.page.getByRole('heading', { name: 'Sign in to clerk-lit demo' }).waitFor();
    assert.equal(other.page.url(), `${api.url}/sign-in`);
    await other.context.close();
    await context.close();
  });

  it('of a backend wait for whoever is here to sign out', async () => {
    const [here, meant] = [await newPerson(), await newPerson()];
    const { url } = await tokenUrl(meant.id);
    const { page, context } = await visit();
    await page.goto(`${api.url}/sign-in`);
    await signInAndArrive(page, here);
    await page.goto(url);
    await shows(page, 'You are signed in', here.emailAddress);
    await page.getByRole('link', { name: 'Sign out' }).click();
    await signedIn(page, meant.emailAddress);
    await context.close();
  });

  it('that were revoked, or are none, say so', async () => {
    const { id, url } = await tokenUrl((await newPerson()).id);
    await backend.signInTokens.revokeSignInToken(id);
    const { page, context } = await visit();
    await page.goto(url);
    await shows(page, 'This link cannot be used', /has been revoked/);
    await page.goto(`${api.url}/sign-up?__clerk_ticket=nonsense`);
    await shows(page, 'This link cannot be used', /is not valid/);
    await context.close();
  });

  it('that are too late say so', async () => {
    const { url } = await tokenUrl((await newPerson()).id, 60);
    time += 61_000;
    const { page, context } = await visit();
    await page.goto(url);
    await shows(page, 'This link cannot be used', /has expired/);
    await context.close();
  });
});
