/**
 * docs/coverage.md, held against the built bundle in a browser: each member of Clerk's types that is listed as there is there on a real
 * object, and each that is listed as missing is missing.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { closeBrowser, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { withSecondFactors } from '../../support/second-factors.ts';
import { addVirtualAuthenticator } from '../../support/virtual-authenticator.ts';
import { lists } from '../../types/coverage/lists.ts';
import { hostedKey, load, serveOwnPage } from '../official-page.ts';

type Members = Record<keyof typeof lists, string[]>;

/** One object of each kind; who has come by a provider has an address that is linked to that account. */
const objects = `(async ({ code, emailAddress }) => {
  const { user, session, client } = Clerk;
  const [withActivities] = await user.getSessions();
  const totp = await user.createTOTP();
  await user.verifyTOTP({ code: await appCode(totp.secret) });
  const number = await user.createPhoneNumber({ phoneNumber: '+12015550100' });
  return {
    Clerk, Client: client, Session: session, User: user, SignIn: client.signIn, SignUp: client.signUp,
    EmailAddress: user.emailAddresses[0],
    PhoneNumber: await number.prepareVerification(),
    ExternalAccount: user.verifiedExternalAccounts[0],
    Passkey: await user.createPasskey(),
    Verification: user.emailAddresses[0].verification,
    SignUpVerification: client.signUp.verifications.emailAddress,
    SignUpVerifications: client.signUp.verifications,
    SessionWithActivities: withActivities,
    SessionActivity: withActivities.latestActivity,
    SessionVerification: await session.startVerification({ level: 'first_factor' }),
    TOTP: totp,
    BackupCode: await user.createBackupCode(),
    DeletedObject: await user.disableTOTP(),
    IdentificationLink: user.emailAddresses[0].linkedTo[0],
    PublicUserData: session.publicUserData,
    Token: session.lastActiveToken,
    Waitlist: await Clerk.joinWaitlist({ emailAddress }),
  };
})`;

/**
 * The names of those members that an object has: its own, or methods of the further file, which is asked for its tables as the core asks.
 * Our objects answer to every name of a method, hence it is not enough to look whether there is a function.
 */
const present = `(async (objects, members) => {
  const [{ name: address }] = performance.getEntriesByType('resource').filter(({ name }) => /\\/methods-\\w+\\.js$/.test(name));
  const anything = new Proxy(class {}, { get: (own, name) => (name === 'prototype' ? own.prototype : anything), apply: () => anything });
  const tables = (await import(address)).default(anything);
  return Object.fromEntries(Object.entries(members).map(([name, wanted]) => {
    const object = objects[name];
    const table = tables[name === 'Clerk' ? name : object.pathRoot] ?? {};
    return [name, wanted.filter((member) => Reflect.has(object, member) || Object.hasOwn(table, member))];
  }));
})`;

/** What comes of calling those members that are functions although they are missing. Those that give nothing back reject nothing either. */
const refusals = `(async (objects, members) => {
  const calls = Object.entries(members).flatMap(([name, missing]) =>
    missing.filter((member) => typeof objects[name][member] === 'function').map(async (member) => {
      const outcome = await Promise.resolve(objects[name][member]()).then((result) => (result === undefined ? 'nothing' : 'done'), ({ code }) => code);
      return [name + '.' + member, outcome];
    }));
  return Promise.all(calls);
})`;

describe("members of Clerk's types, at run time", () => {
  let api: TestApi;
  let site: Site;
  before(async () => {
    const attributes = {
      ...withSecondFactors.attributes,
      passkey: { enabled: true },
      phone_number: { enabled: true },
      password: { required: false },
    };
    const instance = { users: [], attributes, social: [{ strategy: 'oauth_google' }], sign_up: { mode: 'waitlist' as const } };
    api = await startApi({ publishableKey: hostedKey, instance });
    site = await serveOwnPage(() => api);
  });
  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  it('are there where the list says so, and missing where it does not', async () => {
    const emailAddress = ['ada+clerk_test@example.com'];
    const { status } = await createBackendClient(api)('POST', '/users', { body: { email_address: emailAddress } });
    assert.equal(status, 200);
    const url = site.url.replace('127.0.0.1', 'localhost');
    const { page, context, complaints } = await visit({ policy: false });
    await page.exposeFunction('appCode', (secret: string) => appCode(secret, Date.now()));
    await page.goto(url);
    await load({ page });
    await page.evaluate(`void Clerk.client.signIn.authenticateWithRedirect({ strategy: 'oauth_google', redirectUrl: '/#callback',
      redirectUrlComplete: '/#signed-in' })`);
    await page.getByRole('button', { name: /Ada Byron/ }).press('Enter');
    await page.waitForURL(/#signed-in$/);
    await load({ page });
    await addVirtualAuthenticator(page);

    await page.evaluate(
      `${objects}(${JSON.stringify({ emailAddress: 'waits+clerk_test@example.com' })}).then((given) => void Object.assign(window, { given }))`,
    );
    const ask = (question: string, members: object) => page.evaluate(`${question}(given, ${JSON.stringify(members)})`);
    const kinds = Object.entries(lists);
    const claimed = Object.fromEntries(kinds.map(([name, { present }]) => [name, [...present]])) as Members;
    const missing = Object.fromEntries(kinds.map(([name, { missing }]) => [name, [...missing]])) as Members;

    assert.deepEqual(await ask(present, claimed), claimed);
    const outcomes = (await ask(refusals, missing)) as [member: string, outcome: string][];
    // A component that is not there says so on the console, and is not taken away again.
    const saysSo = (name: string) => complaints.some((text) => text.startsWith(`clerk-lit: ${name}() is not supported yet.`));
    const isSaid = (member: string) =>
      saysSo(
        member
          .replace('Clerk.', '')
          .replace(/^unmount/, 'mount')
          .replace(/^close/, 'open'),
      );
    assert.deepEqual(
      outcomes.filter(([member, outcome]) => outcome !== 'not_supported' && !(outcome === 'nothing' && isSaid(member))),
      [],
    );
    const found = Object.entries((await ask(present, missing)) as Members).flatMap(([, members]) => members);
    assert.deepEqual(
      found.filter((member) => !isSaid(member)),
      [],
    );
    const used = await page.evaluate(`(async ({ Client, SessionWithActivities, SignIn, Verification, Token }) => {
      const complexity = await new Promise((onValidation) => SignIn.validatePassword('short', { onValidation }));
      const { sdkMetadata } = (await Clerk.load({ sdkMetadata: { name: 'a page', version: '1' } }), Clerk);
      await Clerk.handleUnauthenticated();
      const [{ signIn, signUp }, token] = [Client, await Clerk.session.getToken()];
      Client.resetSignIn();
      Client.resetSignUp();
      Client.clearCache();
      const isNew = [signIn !== Client.signIn, Client.signIn.status, signUp !== Client.signUp, token !== (await Clerk.session.getToken())];
      const same = [SessionWithActivities, Verification, Token].map(async (each) => (await each.reload()) === each);
      return [complexity, sdkMetadata.name, isNew, await Promise.all(same), SessionWithActivities.status];
    })(given)`);
    assert.deepEqual(used, [{ complexity: { min_length: true } }, 'a page', [true, null, true, true], [true, true, true], 'active']);
    const join = (emailAddress: string) =>
      page.evaluate(`given.Waitlist.join({ emailAddress: '${emailAddress}' }).then(({ error }) => error && error.errors[0].code)`);
    assert.deepEqual([await join('waits-too+clerk_test@example.com'), await join('nobody')], [null, 'form_param_format_invalid']);
    await page.evaluate('Clerk.client.removeSessions()');
    assert.equal(await page.evaluate('Clerk.user'), null);
    assert.equal(await page.evaluate('Clerk.client.destroy().then(() => Clerk.client.isNew())'), true);
    assert.equal(await page.evaluate('Clerk.client.create().then((client) => client.isNew())'), false);
    await context.close();
  });
});
