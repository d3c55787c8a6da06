/**
 * Clerk's official browser script against the local API: what it sends and expects is not ours to choose. Every claim of the page is
 * held against the Backend API, since that script takes a dead server for an empty answer when a program drives its browser.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verifyToken } from '@clerk/backend';
import type { ClerkClient } from '@clerk/backend';
import type { ClerkAPIResponseError } from '@clerk/backend/errors';
import type { Clerk } from '@clerk/clerk-js';
import { decodeJwt } from 'jose';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { closeBrowser, signInWithPassword, testCode, visit } from '../../support/journey.ts';
import type { Site, Visit } from '../../support/journey.ts';
import { ask, hostedKey, load, refusal, refused, serveOfficialPage } from '../official-page.ts';
import { startProductionApi } from '../../support/production.ts';
import { mailedCodes } from '../../support/users.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const password = 'copper-lantern-meadow';

const kinds = {
  development: {
    start: () =>
      startApi({
        publishableKey: hostedKey,
        instance: { rate_limits: 'off' },
      }),
    firstRequests: ['POST dev_browser', 'PATCH environment', 'GET client'],
    remarks: [/^Clerk: Clerk has been loaded with development keys\./],
    remarkOnUpdate: [/unsafeMetadata.*deprecated|deprecat.*unsafeMetadata/is],
  },
  production: {
    start: (site: Site) => startProductionApi({ instance: { allowed_origins: [site.url] } }),
    firstRequests: ['GET environment', 'GET client'],
    remarks: [],
    remarkOnUpdate: [],
  },
};

const newSignUp = (clerk: Clerk, values: { emailAddress: string; password: string }) => clerk.client!.signUp.create(values);

const signIn = ({ page }: Pick<Visit, 'page'>, credentials: { identifier: string; password: string }): Promise<void> =>
  ask(
    page,
    async (clerk, credentials) => {
      const { createdSessionId } = await clerk.client!.signIn.create(credentials);
      await clerk.setActive({ session: createdSessionId });
    },
    credentials,
  );

/** `PATCH me/metadata`: the method that is meant, and the path below `/v1`. */
const named = ({ method, url }: Visit['requests'][number]): string =>
  `${url.searchParams.get('_method') ?? method} ${url.pathname.replace('/v1/', '')}`;

for (const [kind, { start, firstRequests, remarks, remarkOnUpdate }] of Object.entries(kinds)) {
  describe(`@clerk/clerk-js with a ${kind} key`, () => {
    let site: Site;
    let api: TestApi;
    let backend: ClerkClient;
    before(async () => {
      site = await serveOfficialPage(() => api);
      api = await start(site);
      backend = createOfficialBackend(api);
    });
    after(async () => {
      await closeBrowser();
      await site.stop();
      await api.stop();
    });

    let count = 0;
    const newAddress = () => `stranger${count++}${kind === 'development' ? '+clerk_test' : ''}@example.com`;
    const newUser = async (unsafeMetadata: Record<string, unknown> = {}) => {
      const emailAddress = newAddress();
      const { id } = await backend.users.createUser({ emailAddress: [emailAddress], password, unsafeMetadata });
      return { id, emailAddress };
    };
    /** @param count of the mails that have been sent to the address by now. */
    const codeFor = async (emailAddress: string, count = 1) =>
      kind === 'development' ? testCode : ((await mailedCodes(api, emailAddress, count))[0] ?? '');
    const stored = async (userId: string) => (await backend.users.getUser(userId)).unsafeMetadata;

    /** A page on which the script has loaded. */
    const open = async () => {
      const visited = await visit({ policy: false });
      await visited.page.goto(site.url);
      assert.equal(await load(visited), 'ready');
      return visited;
    };
    const openSignedIn = async (unsafeMetadata?: Record<string, unknown>) => {
      const user = await newUser(unsafeMetadata);
      const visited = await open();
      await signIn(visited, { identifier: user.emailAddress, password });
      return { ...visited, user };
    };
    /** Ends a visit: the script had nothing to say but what is expected. */
    const leave = async ({ context, complaints }: Pick<Visit, 'context' | 'complaints'>, ...expected: RegExp[]) => {
      await context.close();
      const left = complaints.filter((complaint) => ![...remarks, ...expected].some((remark) => remark.test(complaint)));
      assert.deepEqual(left, []);
    };

    it('loads, asks nobody but us, and finds nobody signed in', async () => {
      const visited = await open();
      assert.deepEqual(await ask(visited.page, (clerk) => [clerk.status, clerk.user, clerk.isSignedIn]), ['ready', null, false]);
      const asked = visited.requests.filter(({ url }) => url.pathname.startsWith('/v1/'));
      assert.deepEqual(asked.map(named).sort(), [...firstRequests].sort());
      const origins = new Set(visited.requests.map(({ url }) => url.origin));
      assert.deepEqual(origins, new Set([site.url, api.url]));
      await leave(visited);
    });

    it('signs up with unsafeMetadata, keeps the session over a reload, and signs out', async () => {
      const visited = await open();
      const emailAddress = newAddress();
      const begun = await ask(
        visited.page,
        async (clerk, values) => {
          const signUp = await clerk.client!.signUp.create(values);
          await signUp.prepareEmailAddressVerification({ strategy: 'email_code' });
          return { status: signUp.status, missing: signUp.missingFields, unverified: signUp.unverifiedFields };
        },
        { emailAddress, password, unsafeMetadata: { birthday: '11-30-1969', deep: { fooBar: [1, null] } } },
      );
      assert.deepEqual(begun, { status: 'missing_requirements', missing: [], unverified: ['email_address'] });
      const code = await codeFor(emailAddress);
      const done = await ask(
        visited.page,
        async (clerk, code) => {
          const signUp = await clerk.client!.signUp.attemptEmailAddressVerification({ code });
          const before = clerk.user;
          await clerk.setActive({ session: signUp.createdSessionId });
          const { user, session } = clerk;
          return { status: signUp.status, before, userId: user?.id, metadata: user?.unsafeMetadata, sessionId: session?.id };
        },
        code,
      );
      const user = await backend.users.getUser(done.userId ?? '');
      const expected = { birthday: '11-30-1969', deep: { fooBar: [1, null] } };
      assert.deepEqual(done, { status: 'complete', before: null, userId: user.id, metadata: expected, sessionId: done.sessionId });
      assert.deepEqual(user.unsafeMetadata, expected);
      assert.equal(user.primaryEmailAddress?.emailAddress, emailAddress);
      assert.equal(user.primaryEmailAddress?.verification?.status, 'verified');
      const [session] = (await backend.sessions.getSessionList({ userId: user.id })).data;
      assert.deepEqual([session?.id, session?.status], [done.sessionId, 'active']);

      await visited.page.reload();
      assert.equal(await load(visited), 'ready');
      assert.equal(await ask(visited.page, (clerk) => clerk.user?.id), user.id);

      await ask(visited.page, (clerk) => clerk.signOut({ redirectUrl: '#' }));
      await visited.page.reload();
      assert.equal(await load(visited), 'ready');
      assert.equal(await ask(visited.page, (clerk) => clerk.user), null);
      assert.notEqual((await backend.sessions.getSession(done.sessionId ?? '')).status, 'active');
      const names = (await visited.context.cookies()).map(({ name }) => name);
      assert.deepEqual(
        names.filter((name) => name.startsWith('__session')),
        [],
      );
      await leave(visited);
    });

    it('signs in by password, tells a listener, and gets tokens that backends take', async () => {
      const visited = await open();
      await ask(visited.page, (clerk) => {
        const seen: string[] = [];
        clerk.addListener(({ user }) => void seen.push(user?.id ?? String(user)));
        Object.assign(window, { seen });
      });
      const { id, emailAddress } = await newUser();
      await signIn(visited, { identifier: emailAddress, password });
      const seen = await visited.page.evaluate<string[]>('seen');
      assert.deepEqual([seen[0], seen.at(-1)], ['null', id]);
      const { cached, fresh } = await ask(visited.page, async (clerk) => ({
        cached: await clerk.session!.getToken(),
        fresh: await clerk.session!.getToken({ skipCache: true }),
      }));
      assert.ok(cached && fresh && cached !== fresh);
      for (const token of [cached, fresh]) {
        const claims = await verifyToken(token, { secretKey: api.secretKey, apiUrl: api.backendUrl, authorizedParties: [site.url] });
        assert.equal(claims.sub, id);
      }
      // What the next page request carries tells a backend who is there, without another question to anybody.
      const cookies = (await visited.context.cookies(site.url)).map(({ name, value }) => `${name}=${value}`).join('; ');
      const state = await backend.authenticateRequest(
        new Request(site.url, { headers: { cookie: cookies, 'sec-fetch-dest': 'document' } }),
      );
      assert.deepEqual([state.status, state.toAuth()?.userId], ['signed-in', id]);
      await leave(visited);
    });

    it('gets tokens with claims of the instance and from a template, fresh once a write is done', async () => {
      const visited = await openSignedIn();
      const tokens = await ask(visited.page, async (clerk) => {
        const before = await clerk.session!.getToken();
        await clerk.user!.updateMetadata({ unsafeMetadata: { theme: 'dark' } });
        return { before, after: await clerk.session!.getToken(), template: await clerk.session!.getToken({ template: 'demo' }) };
      });
      const themes = [tokens.before, tokens.after].map((token) => decodeJwt(token ?? '')['theme']);
      assert.deepEqual(themes, ['light', 'dark']);
      const { email, roles, sid } = decodeJwt(tokens.template ?? '');
      assert.deepEqual({ email, roles, sid }, { email: visited.user.emailAddress, roles: ['guest'], sid: undefined });
      const unknown = await refusal(visited.page, (clerk) => clerk.session!.getToken({ template: 'nowhere' }));
      assert.deepEqual(unknown, [404, 'resource_not_found']);
      await leave(visited, refused(404));
    });

    it('signs in by a code, and gives a new password for a forgotten one', async () => {
      const { id, emailAddress } = await newUser();
      const visited = await open();
      await ask(
        visited.page,
        async (clerk, identifier) => {
          const signIn = await clerk.client!.signIn.create({ identifier });
          const factor = signIn.supportedFirstFactors?.find(({ strategy }) => strategy === 'email_code');
          await signIn.prepareFirstFactor(factor as Parameters<typeof signIn.prepareFirstFactor>[0]);
        },
        emailAddress,
      );
      const code = await codeFor(emailAddress);
      await ask(
        visited.page,
        async (clerk, code) => {
          const { createdSessionId } = await clerk.client!.signIn.attemptFirstFactor({ strategy: 'email_code', code });
          await clerk.setActive({ session: createdSessionId });
        },
        code,
      );
      assert.equal(await ask(visited.page, (clerk) => clerk.user?.id), id);

      const other = await open();
      await ask(
        other.page,
        (clerk, identifier) => clerk.client!.signIn.create({ strategy: 'reset_password_email_code', identifier }),
        emailAddress,
      );
      const resetCode = await codeFor(emailAddress, 2);
      const newPassword = 'walnut-thunder-orchid';
      await ask(
        other.page,
        async (clerk, { code, password }) => {
          const strategy = 'reset_password_email_code';
          const checked = await clerk.client!.signIn.attemptFirstFactor({ strategy, code });
          if (checked.status !== 'needs_new_password') throw new Error(`The status is ${checked.status}.`);
          const { createdSessionId } = await checked.resetPassword({ password, signOutOfOtherSessions: true });
          await clerk.setActive({ session: createdSessionId });
        },
        { code: resetCode, password: newPassword },
      );
      assert.equal(await ask(other.page, (clerk) => clerk.user?.id), id);
      assert.deepEqual(await backend.users.verifyPassword({ userId: id, password: newPassword }), { verified: true });
      // The first browser is signed out, and finds out with its next question.
      assert.equal(await ask(visited.page, (clerk) => clerk.session!.getToken({ skipCache: true }).catch(() => null)), null);
      await visited.page.waitForFunction('Clerk.user === null');
      await leave(visited, refused(401));
      await leave(other);
    });

    it('signs up and in by the newer methods too', async () => {
      const visited = await open();
      const { page } = visited;
      const emailAddress = newAddress();
      const sent = await ask(
        page,
        async (clerk, values) => {
          const signUp = clerk.client!.signUp.__internal_future;
          const { error } = await signUp.password(values);
          return error ? error.message : (await signUp.verifications.sendEmailCode()).error;
        },
        { emailAddress, password, unsafeMetadata: { birthday: '11-30-1969' } },
      );
      assert.equal(sent, null);
      const userId = await ask(
        page,
        async (clerk, code) => {
          const signUp = clerk.client!.signUp.__internal_future;
          await signUp.verifications.verifyEmailCode({ code });
          await signUp.finalize();
          return clerk.user?.id;
        },
        await codeFor(emailAddress),
      );
      assert.deepEqual(await stored(userId ?? ''), { birthday: '11-30-1969' });

      await ask(page, (clerk) => clerk.signOut({ redirectUrl: '#' }));
      const signedIn = await ask(
        page,
        async (clerk, credentials) => {
          const signIn = clerk.client!.signIn.__internal_future;
          const wrong = await signIn.password({ ...credentials, password: 'not-this-one-either' });
          await signIn.password(credentials);
          await signIn.finalize();
          return [(wrong.error as ClerkAPIResponseError).errors[0]?.code, clerk.user?.id];
        },
        { emailAddress, password },
      );
      assert.deepEqual(signedIn, ['form_password_incorrect', userId]);
      await leave(visited, refused(422));
    });

    it('replaces, merges and deletes unsafeMetadata', async () => {
      const visited = await openSignedIn({ a: 1, b: { c: 2, d: 3 }, tags: ['x', 'y'] });
      const { page, requests, user } = visited;
      const write = async (method: 'update' | 'updateMetadata', unsafeMetadata: Record<string, unknown>) => {
        const start = requests.length;
        const shown = await ask(
          page,
          async (clerk, [method, unsafeMetadata]) => {
            const { user } = clerk;
            const returned = await user![method]({ unsafeMetadata });
            // An answer without a fresh token would take the cookie away until the next poll.
            return [returned.unsafeMetadata, clerk.user?.unsafeMetadata, document.cookie.includes('__session=')];
          },
          [method, unsafeMetadata] as const,
        );
        const written = await stored(user.id);
        assert.deepEqual(shown, [written, written, true]);
        return { written, asked: requests.slice(start).map(named) };
      };
      assert.deepEqual(await write('update', { b: { c: 2, e: 4 }, tags: ['x'] }), {
        written: { b: { c: 2, e: 4 }, tags: ['x'] },
        asked: ['GET me', 'PATCH me/metadata'],
      });
      assert.deepEqual(await write('updateMetadata', { b: { c: null }, birthday: '01-01-2000' }), {
        written: { b: { e: 4 }, tags: ['x'], birthday: '01-01-2000' },
        asked: ['PATCH me/metadata'],
      });
      // A change by somebody else is seen before it is replaced.
      await backend.users.updateUserMetadata(user.id, { unsafeMetadata: { elsewhere: true } });
      assert.deepEqual((await write('update', { birthday: '02-02-2000' })).written, { birthday: '02-02-2000' });
      assert.deepEqual((await write('update', { birthday: '02-02-2000' })).asked, ['GET me']);
      assert.deepEqual((await write('update', {})).written, {});
      await leave(visited, ...remarkOnUpdate);
    });

    it('refuses in words that the script understands', async () => {
      const { emailAddress } = await newUser();
      const visited = await open();
      const { page } = visited;
      const signInWith = (credentials: { identifier: string; password?: string }) =>
        refusal(page, (clerk, credentials) => clerk.client!.signIn.create(credentials), credentials);
      assert.deepEqual(await signInWith({ identifier: 'nobody@example.com' }), [422, 'form_identifier_not_found', 'identifier']);
      const wrong = { identifier: emailAddress, password: 'not-this-one-either' };
      assert.deepEqual(await signInWith(wrong), [422, 'form_password_incorrect', 'password']);
      const signUpWith = (values: Parameters<typeof newSignUp>[1]) => refusal(page, newSignUp, values);
      assert.deepEqual(await signUpWith({ emailAddress, password }), [422, 'form_identifier_exists', 'email_address']);
      assert.deepEqual(await signUpWith({ emailAddress: 'nothing', password }), [422, 'form_param_format_invalid', 'email_address']);
      const free = newAddress();
      assert.deepEqual(await signUpWith({ emailAddress: free, password: 'short' }), [422, 'form_password_length_too_short', 'password']);
      await ask(page, newSignUp, { emailAddress: free, password });
      const wrongCode = await refusal(page, async (clerk) => {
        await clerk.client!.signUp.prepareEmailAddressVerification();
        return clerk.client!.signUp.attemptEmailAddressVerification({ code: '000000' });
      });
      assert.deepEqual(wrongCode, [422, 'form_code_incorrect', 'code']);
      assert.equal((await backend.users.getUserList({ emailAddress: [free] })).totalCount, 0);

      await signIn(visited, { identifier: emailAddress, password });
      assert.deepEqual(await signInWith({ identifier: emailAddress, password }), [400, 'session_exists']);
      const tooMuch = await refusal(page, (clerk) => clerk.user!.updateMetadata({ unsafeMetadata: { big: 'x'.repeat(9_000) } }));
      assert.deepEqual(tooMuch, [422, 'form_param_exceeds_allowed_size', 'unsafe_metadata']);
      const userId = (await ask(page, (clerk) => clerk.user?.id)) ?? '';
      assert.deepEqual(await stored(userId), {});
      await leave(visited, refused(422), refused(400));
    });

    it('is told of what other tabs, other browsers and the backend do', async () => {
      const visited = await openSignedIn();
      const { page, user } = visited;
      const tab = await visited.context.newPage();
      await tab.goto(site.url);
      assert.equal(await load({ page: tab }), 'ready');
      assert.equal(await ask(tab, (clerk) => clerk.user?.id), user.id);
      await backend.users.updateUser(user.id, { firstName: 'Ada' });
      assert.equal(await ask(tab, async (clerk) => (await clerk.user!.reload()).firstName), 'Ada');
      await ask(page, (clerk) => clerk.signOut({ redirectUrl: '#' }));
      await tab.waitForFunction('Clerk.user === null');

      await page.bringToFront();
      await signIn(visited, { identifier: user.emailAddress, password });
      const sessionId = (await ask(page, (clerk) => clerk.session?.id)) ?? '';
      await backend.sessions.revokeSession(sessionId);
      assert.deepEqual(await refusal(page, (clerk) => clerk.user!.reload()), [401, 'authentication_invalid']);
      await page.waitForFunction('Clerk.user === null');

      await signIn(visited, { identifier: user.emailAddress, password });
      assert.equal(await ask(page, async (clerk) => (await clerk.user!.getSessions()).length), 1);
      await ask(page, (clerk) => clerk.user!.delete());
      await page.waitForFunction('Clerk.user === null');
      assert.equal((await backend.users.getUserList({ userId: [user.id] })).totalCount, 0);
      await leave(visited, refused(401));
    });

    if (kind === 'development') {
      it('leads to the sign-in page of the server, whose card signs its page in', async () => {
        const user = await newUser();
        const visited = await visit({ policy: false });
        const { page } = visited;
        const elsewhere = site.url.replace('127.0.0.1', 'localhost');
        await page.goto(elsewhere);
        assert.equal(await load(visited), 'ready');
        await ask(page, (clerk) => void clerk.redirectToSignIn());
        await page.waitForURL(`${api.url}/sign-in**`);
        await signInWithPassword(page, { ...user, password });
        await page.waitForURL(`${elsewhere}/**`);
        assert.equal(await load(visited), 'ready');
        assert.equal(await ask(page, (clerk) => clerk.user?.id), user.id);
        assert.equal(page.url(), `${elsewhere}/`);
        await leave(visited);
      });
    }
  });
}
