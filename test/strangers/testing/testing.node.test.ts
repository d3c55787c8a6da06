/**
 * `@clerk/testing` against both halves: its helpers and page objects find Clerk's fields, buttons and addresses, so whoever has tests
 * of an application with Clerk's cards keeps them.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as helpers from '@clerk/testing/playwright';
import { createPageObjects } from '@clerk/testing/playwright/unstable';
import { sql } from 'kysely';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { closeBrowser, serveSite, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { addUser } from '../../support/users.ts';
import { hostedKey, serveOfficialPage } from '../official-page.ts';
import { secure } from './secure-api.ts';
import type { SecureApi } from './secure-api.ts';

const password = 'copper-lantern-meadow';
const newPassword = 'granite-willow-harbour';

const cards: Record<string, string> = {
  '/sign-in': '<clerk-sign-in></clerk-sign-in>',
  '/sign-up': '<clerk-sign-up></clerk-sign-up>',
};

/** As the package reads them: of one application, for every test. */
const variables = ['CLERK_API_URL', 'CLERK_SECRET_KEY', 'CLERK_PUBLISHABLE_KEY', 'CLERK_FAPI', 'CLERK_TESTING_TOKEN'];

describe('@clerk/testing', () => {
  let api: TestApi;
  let secureApi: SecureApi;
  let site: Site;
  let official: Site;
  let clerk: typeof helpers.clerk;
  let setupClerkTestingToken: typeof helpers.setupClerkTestingToken;
  const { fetch } = globalThis;
  const former = variables.map((name) => [name, process.env[name]] as const);

  before(async () => {
    const limit = { requests: 2, window: 86_400 };
    api = await startApi({
      publishableKey: hostedKey,
      instance: {
        // Whatever is done below more than twice is done with the testing token.
        rate_limits: { create_sign_in: limit, create_sign_up: limit, attempt: limit },
        attributes: {
          email_address: { first_factors: ['email_code', 'email_link'] },
          phone_number: { enabled: true },
          username: { enabled: true },
          first_name: { enabled: true },
          last_name: { enabled: true },
        },
        sign_up: { legal_consent: true },
        social: [{ strategy: 'oauth_google' }],
      },
    });
    secureApi = await secure(api);
    const base = `https://${secureApi.host}`;
    site = await serveSite((path) => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
        <script data-clerk-publishable-key="${api.publishableKey}" data-clerk-proxy-url="${base}"
          src="${base}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>
        <script>Clerk.load({ signInUrl: '/sign-in', signUpUrl: '/sign-up' });</script></head>
        <body><main>${cards[path] ?? ''}</main></body></html>`,
    }));
    official = await serveOfficialPage(() => ({ ...api, url: base }), {
      script: 'clerk-js-5',
      body: '<script>addEventListener("load", () => Clerk.load({ telemetry: false }))</script>',
    });
    // What signs in by an address alone asks the hosted Backend API, whatever the package is told. It keeps the function when it is imported.
    globalThis.fetch = (input, init) => {
      const { url } = new Request(input, init);
      return fetch(url.replace('https://api.clerk.com', api.backendUrl), init);
    };
    const loaded = await import('@clerk/testing/playwright');
    ({ clerk, setupClerkTestingToken } = loaded);
    Object.assign(process.env, { CLERK_API_URL: api.backendUrl, CLERK_SECRET_KEY: api.secretKey });
    await loaded.clerkSetup({ publishableKey: api.publishableKey, frontendApiUrl: secureApi.host, dotenv: false });
  });
  after(async () => {
    globalThis.fetch = fetch;
    for (const [name, value] of former) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await closeBrowser();
    await Promise.all([site.stop(), official.stop()]);
    await secureApi.stop();
    await api.stop();
  });

  let count = 0;
  const newUser = async () => {
    const emailAddress = `person${count}+clerk_test@example.com`;
    const phoneNumber = `+1201555010${count++}`;
    const { id } = await addUser(api, { emailAddress, phoneNumber, password });
    return { id, emailAddress, phoneNumber };
  };

  const open = async (baseURL = site.url) => {
    const visited = await visit({ policy: false, ignoreHTTPSErrors: true });
    const objects = createPageObjects({ page: visited.page as unknown as Parameters<typeof createPageObjects>[0]['page'], baseURL });
    /** What the page objects wait for is there; who it is, the test says. */
    const arrivesAs = async (id: string) => {
      await objects.expect.toBeSignedIn();
      assert.equal((await objects.clerk.getClientSideUser())?.id, id);
      await objects.page.waitForAppUrl('/');
    };
    const signOut = async () => {
      await objects.page.signOut();
      await objects.expect.toBeSignedOut();
      await objects.page.waitForAppUrl('/');
    };
    return { ...visited, ...objects, arrivesAs, signOut };
  };

  it('finds the first screen, a password, a code, and other ways in', async () => {
    const { id, emailAddress } = await newUser();
    const { context, page, signIn, clerk, expect, arrivesAs, signOut, complaints } = await open();
    await signIn.goTo();
    await signIn.waitForMounted();
    await clerk.toBeLoaded();
    await clerk.toBeReady();
    await expect.toBeSignedOut();
    await signIn.setIdentifier(emailAddress);
    await signIn.setInstantPassword(password);
    await signIn.continue();
    await arrivesAs(id);
    await signIn.waitForSession();
    await expect.toHaveResolvedTask();
    assert.equal(await clerk.getClientSideActor(), null);
    assert.ok((await page.cookies()).get('__session'));
    await signOut();

    await signIn.goTo();
    await signIn.setIdentifier(emailAddress);
    await signIn.continue();
    await signIn.setPassword(password);
    await signIn.continue();
    await arrivesAs(id);
    await signOut();

    await signIn.goTo();
    await signIn.setIdentifier(emailAddress);
    await signIn.continue();
    await signIn.getUseAnotherMethodLink().click();
    await signIn.getAltMethodsEmailLinkButton().waitFor();
    // It waits for the request that sends the code, so it begins before that: here, and below.
    await Promise.all([signIn.enterTestOtpCode(), signIn.getAltMethodsEmailCodeButton().click()]);
    await arrivesAs(id);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('finds phone numbers, and what gives a new password for a forgotten one', async () => {
    const { id, emailAddress, phoneNumber } = await newUser();
    const { context, signIn, arrivesAs, signOut } = await open();
    await signIn.goTo();
    await signIn.usePhoneNumberIdentifier().click();
    await signIn.useEmailIdentifier().click();
    await signIn.usePhoneNumberIdentifier().click();
    await signIn.getIdentifierInput().fill(phoneNumber);
    await signIn.continue();
    await signIn.getForgotPassword().click();
    await Promise.all([signIn.enterTestOtpCode(), signIn.getResetPassword().click()]);
    await signIn.setPassword(newPassword);
    await signIn.setPasswordConfirmation(newPassword);
    await signIn.getResetPassword().click();
    await arrivesAs(id);
    await signOut();
    await signIn.goTo();
    await signIn.signInWithEmailAndInstantPassword({ email: emailAddress, password: newPassword });
    await arrivesAs(id);
    await context.close();
  });

  it('finds every field of the sign-up, and the proofs by the address of the page', async () => {
    const { context, page, signIn, signUp, expect, clerk, signOut } = await open();
    await signIn.goTo();
    await signIn.getGoToSignUp().click();
    await signUp.waitForMounted();
    const email = 'newcomer+clerk_test@example.com';
    const names = { firstName: 'Ada', lastName: 'Byron', username: 'ada_byron' };
    await signUp.signUp({ ...names, email, password, phoneNumber: '+12015550199', legalAccepted: true });
    await signUp.waitForEmailVerificationScreen();
    // What the page object waits for besides has come before the screen.
    await signUp.enterTestOtpCode({ awaitPrepare: false });
    await page.getByRole('heading', { name: 'Verify your phone' }).waitFor();
    await page.waitForURL(/#\/verify-phone-number/);
    await signUp.fillTestOtpCode('Enter verification code', { awaitPrepare: false });
    await expect.toBeSignedIn();
    await page.waitForAppUrl('/');
    const user = await clerk.getClientSideUser();
    const { firstName, lastName, username } = user!;
    assert.deepEqual({ firstName, lastName, username }, names);
    await signOut();

    await signUp.goTo();
    await signUp.getLegalAccepted().check();
    await Promise.all([signUp.enterTestOtpCode(), signUp.signUpWithEmailAndPassword({ email: `other-${email}`, password })]);
    await expect.toBeSignedIn();
    await context.close();
  });

  it('finds the buttons of providers, on both cards', async () => {
    const { context, page, signIn, signUp } = await open();
    for (const [card, button] of [
      [signIn, signIn.signInWithOauth('google')],
      [signUp, signUp.signUpWithOauth('google')],
    ] as const) {
      await card.goTo();
      await button.click();
      await page.waitForURL(/\/development-provider\//);
    }
    await context.close();
  });

  it('finds the dialogs, and the card that asks once more who somebody is', async () => {
    const { id, emailAddress } = await newUser();
    const { context, page, signIn, signUp, userVerification, arrivesAs } = await open();
    await page.goToAppHome();
    await page.waitForClerkJsLoaded();
    for (const [name, card] of [
      ['SignIn', signIn],
      ['SignUp', signUp],
    ] as const) {
      await page.evaluate(`Clerk.open${name}()`);
      await card.waitForModal('open');
      await page.waitForClerkComponentMounted();
      await page.getByLabel('Close modal').click();
      await card.waitForModal('closed');
    }
    await page.evaluate('Clerk.openSignIn()');
    await signIn.signInWithEmailAndInstantPassword({ email: emailAddress, password });
    await arrivesAs(id);

    const ask = () => page.evaluate('Clerk.__internal_openReverification({ level: "first_factor" })');
    await ask();
    await userVerification.waitForMounted();
    await userVerification.closeReverificationModal();
    await userVerification.waitForClosed();
    await ask();
    await userVerification.setPassword(password);
    await userVerification.continue();
    await userVerification.waitForClosed();
    await ask();
    await userVerification.getUseAnotherMethodLink().click();
    await Promise.all([userVerification.enterTestOtpCode(), userVerification.getAltMethodsEmailCodeButton().click()]);
    await userVerification.waitForClosed();
    await context.close();
  });

  it('finds what a session still needs', async () => {
    const { id, emailAddress } = await newUser();
    const { context, page, signIn, sessionTask, arrivesAs } = await open();
    await signIn.goTo();
    await signIn.signInWithEmailAndInstantPassword({ email: emailAddress, password });
    await arrivesAs(id);
    const tasks = sql<string[]>`array['reset-password']`;
    await api.database.updateTable('sessions').set({ tasks, updated_at: Date.now() }).where('user_id', '=', id).execute();
    await signIn.goTo();
    await sessionTask.resolveResetPasswordTask({ newPassword, confirmPassword: newPassword });
    await arrivesAs(id);
    await page.waitForFunction('Clerk.session && !Clerk.session.currentTask');
    await context.close();
  });

  it('lifts limits by its token', async () => {
    const { context, page } = await visit({ policy: false, ignoreHTTPSErrors: true });
    await page.goto(site.url);
    const outcome = () =>
      page.evaluate<string>(`Clerk.load().then(() => Clerk.client.signIn.create({ identifier: 'nobody@example.com' }))
        .catch((error) => error.errors[0].code)`);
    const outcomes = [await outcome(), await outcome(), await outcome()];
    assert.deepEqual(outcomes, ['form_identifier_not_found', 'form_identifier_not_found', 'too_many_requests']);
    await setupClerkTestingToken({ page } as unknown as Parameters<typeof setupClerkTestingToken>[0]);
    assert.equal(await outcome(), 'form_identifier_not_found');
    await context.close();
  });

  for (const [name, siteOf] of Object.entries({ 'our bundle': () => site, 'Clerk’s own': () => official })) {
    it(`signs in and out by its helpers, on ${name}`, async () => {
      const { id, emailAddress, phoneNumber } = await newUser();
      const { context, page: objects, requests } = await open(siteOf().url);
      const page = objects as unknown as Parameters<typeof clerk.loaded>[0]['page'];
      await page.goto(siteOf().url);
      await clerk.loaded({ page });
      for (const signInParams of [
        { strategy: 'password', identifier: emailAddress, password },
        { strategy: 'email_code', identifier: emailAddress },
        { strategy: 'phone_code', identifier: phoneNumber },
      ] as const) {
        await clerk.signIn({ page, signInParams });
        assert.equal(await page.evaluate('Clerk.user.id'), id, signInParams.strategy);
        await clerk.signOut({ page });
        await page.waitForFunction('window.Clerk?.user === null');
      }
      await clerk.signIn({ page, emailAddress });
      assert.equal(await page.evaluate('Clerk.user.id'), id, 'ticket');
      assert.ok(requests.some(({ url }) => url.host === secureApi.host && url.pathname === '/v1/client/sign_ins'));
      await context.close();
    });
  }
});
