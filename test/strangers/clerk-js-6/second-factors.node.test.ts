/** Second factors with Clerk's official browser script: what it sends and expects is not ours to choose. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { closeBrowser, testCode, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { ask, hostedKey, load, refusal, serveOfficialPage } from '../official-page.ts';
import { withSecondFactors } from '../../support/second-factors.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const password = 'copper-lantern-meadow';

describe('an instance that demands a second factor, with @clerk/clerk-js', () => {
  it('lets somebody set one up before they count as signed in', async () => {
    const instance = { ...withSecondFactors, sign_in: { second_factor: { required: true } } };
    const api = await startApi({ publishableKey: hostedKey, instance });
    const site = await serveOfficialPage(() => api);
    try {
      const backend = createOfficialBackend(api);
      const identifier = 'demanded+clerk_test@example.com';
      await backend.users.createUser({ emailAddress: [identifier], password });
      const { page, context } = await visit({ policy: false });
      await page.goto(site.url);
      assert.equal(await load({ page }), 'ready');
      const begun = await ask(
        page,
        async (clerk, credentials) => {
          const { createdSessionId } = await clerk.client!.signIn.create(credentials);
          await clerk.setActive({ session: createdSessionId });
          const { session, isSignedIn } = clerk;
          const { secret } = await session!.user.createTOTP();
          return { status: session!.status, task: session!.currentTask?.key, isSignedIn, secret: secret ?? '' };
        },
        { identifier, password },
      );
      assert.deepEqual({ ...begun, secret: '' }, { status: 'pending', task: 'setup-mfa', isSignedIn: false, secret: '' });
      const done = await ask(
        page,
        async (clerk, code) => {
          await clerk.session!.user.verifyTOTP({ code });
          return [clerk.session!.status, clerk.session!.currentTask ?? null, clerk.isSignedIn, clerk.user?.twoFactorEnabled];
        },
        appCode(begun.secret, Date.now()),
      );
      assert.deepEqual(done, ['active', null, true, true]);
      await context.close();
    } finally {
      await site.stop();
      await api.stop();
    }
  });
});

describe('second factors with @clerk/clerk-js', () => {
  let site: Site;
  let api: TestApi;
  let backend: ClerkClient;
  // Stands still, but for what a story lets pass.
  let time = Date.now();
  let count = 0;
  before(async () => {
    site = await serveOfficialPage(() => api);
    const instance = { ...withSecondFactors, client_trust: true, reverification: true };
    api = await startApi({ publishableKey: hostedKey, instance, now: () => (time = Math.max(time, Date.now())) });
    backend = createOfficialBackend(api);
  });
  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const newUser = async (more: Parameters<ClerkClient['users']['createUser']>[0] = {}) => {
    const emailAddress = `owner${count++}+clerk_test@example.com`;
    const { id } = await backend.users.createUser({ emailAddress: [emailAddress], password, ...more });
    return { id, emailAddress };
  };
  const open = async () => {
    const visited = await visit({ policy: false });
    await visited.page.goto(site.url);
    assert.equal(await load(visited), 'ready');
    return visited;
  };
  /** The code that an app shows, later than any that was used. */
  const nextCode = (secret: string) => {
    time += 30_000;
    return appCode(secret, time);
  };

  it('sets up an authenticator app, and signs in with its code and with a backup code', async () => {
    const { id, emailAddress } = await newUser({ bypassClientTrust: true } as object);
    const { page, context } = await open();
    const credentials = { identifier: emailAddress, password };
    const proposed = await ask(
      page,
      async (clerk, credentials) => {
        const { createdSessionId } = await clerk.client!.signIn.create(credentials);
        await clerk.setActive({ session: createdSessionId });
        const { secret, uri, verified } = await clerk.user!.createTOTP();
        return { secret: secret ?? '', uri: uri ?? '', verified, isOn: clerk.user!.twoFactorEnabled };
      },
      credentials,
    );
    assert.ok(new URL(proposed.uri).searchParams.get('secret') === proposed.secret);
    assert.deepEqual([proposed.verified, proposed.isOn], [false, false]);
    const wrong = await refusal(page, (clerk) => clerk.user!.verifyTOTP({ code: '1234567' }));
    assert.deepEqual(wrong, [422, 'form_code_incorrect', 'code']);

    const verified = await ask(
      page,
      async (clerk, code) => {
        const totp = await clerk.user!.verifyTOTP({ code });
        const { totpEnabled, backupCodeEnabled, twoFactorEnabled } = clerk.user!;
        return { verified: totp.verified, codes: totp.backupCodes ?? [], flags: [totpEnabled, backupCodeEnabled, twoFactorEnabled] };
      },
      nextCode(proposed.secret),
    );
    assert.deepEqual([verified.verified, verified.codes.length, verified.flags], [true, 10, [true, true, true]]);
    const codes = await ask(page, async (clerk) => (await clerk.user!.createBackupCode()).codes);
    assert.equal(codes.length, 10);
    assert.ok(!codes.some((code) => verified.codes.includes(code)));

    for (const factor of [
      { strategy: 'totp', code: nextCode(proposed.secret) },
      { strategy: 'backup_code', code: codes[4] ?? '' },
    ] as const) {
      await ask(page, (clerk) => clerk.signOut({ redirectUrl: '#' }));
      const first = await ask(
        page,
        async (clerk, credentials) => {
          const signIn = await clerk.client!.signIn.create(credentials);
          return [
            signIn.status,
            signIn.createdSessionId,
            clerk.client!.sessions.length,
            signIn.supportedSecondFactors?.map(({ strategy }) => strategy),
          ];
        },
        credentials,
      );
      assert.deepEqual(first, ['needs_second_factor', null, 0, ['totp', 'backup_code']]);
      const wrongFactor = await refusal(page, (clerk) => clerk.client!.signIn.attemptSecondFactor({ strategy: 'totp', code: '000' }));
      assert.deepEqual(wrongFactor, [422, 'form_code_incorrect', 'code']);
      const done = await ask(
        page,
        async (clerk, factor) => {
          const signIn = await clerk.client!.signIn.attemptSecondFactor(factor);
          await clerk.setActive({ session: signIn.createdSessionId });
          const { factorVerificationAge } = clerk.session!;
          return [signIn.status, signIn.secondFactorVerification.strategy, clerk.user?.id, factorVerificationAge];
        },
        factor,
      );
      assert.deepEqual(done, ['complete', factor.strategy, id, [0, 0]]);
    }

    const off = await ask(page, async (clerk) => {
      await clerk.user!.disableTOTP();
      const { totpEnabled, backupCodeEnabled, twoFactorEnabled } = clerk.user!;
      return [totpEnabled, backupCodeEnabled, twoFactorEnabled];
    });
    assert.deepEqual(off, [false, false, false]);
    assert.equal((await backend.users.getUser(id)).twoFactorEnabled, false);
    await context.close();
  });

  it('proves an address once in a browser that the person has never used', async () => {
    const { id, emailAddress } = await newUser();
    const { page, context } = await open();
    const credentials = { identifier: emailAddress, password };
    const first = await ask(
      page,
      async (clerk, credentials) => {
        const signIn = await clerk.client!.signIn.create(credentials);
        const factor = signIn.supportedSecondFactors?.[0] as { strategy: 'email_code'; emailAddressId: string };
        await signIn.prepareSecondFactor({ strategy: factor.strategy, emailAddressId: factor.emailAddressId });
        return [signIn.status, factor.strategy];
      },
      credentials,
    );
    assert.deepEqual(first, ['needs_client_trust', 'email_code']);
    const userId = await ask(
      page,
      async (clerk, code) => {
        const { createdSessionId } = await clerk.client!.signIn.attemptSecondFactor({ strategy: 'email_code', code });
        await clerk.setActive({ session: createdSessionId });
        return clerk.user?.id;
      },
      testCode,
    );
    assert.equal(userId, id);
    await ask(page, (clerk) => clerk.signOut({ redirectUrl: '#' }));
    assert.equal(
      await ask(page, async (clerk, credentials) => (await clerk.client!.signIn.create(credentials)).status, credentials),
      'complete',
    );
    await context.close();
  });

  it('proves anew who it is before something sensitive', async () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const { emailAddress } = await newUser({ totpSecret: secret });
    const { page, context } = await open();
    await ask(
      page,
      async (clerk, { code, ...credentials }) => {
        await clerk.client!.signIn.create(credentials);
        const { createdSessionId } = await clerk.client!.signIn.attemptSecondFactor({ strategy: 'totp', code });
        await clerk.setActive({ session: createdSessionId });
      },
      { identifier: emailAddress, password, code: nextCode(secret) },
    );
    time += 11 * 60_000;
    const refused = await refusal(page, (clerk) => clerk.user!.createBackupCode());
    assert.deepEqual(refused, [403, 'session_reverification_required']);
    const proved = await ask(
      page,
      async (clerk, { code, password }) => {
        const { session } = clerk;
        const started = await session!.startVerification({ level: 'multi_factor' });
        const first = await session!.attemptFirstFactorVerification({ strategy: 'password', password });
        const second = await session!.attemptSecondFactorVerification({ strategy: 'totp', code });
        const { codes } = await clerk.user!.createBackupCode();
        return [started.status, first.status, second.status, clerk.session!.factorVerificationAge, codes.length];
      },
      { code: nextCode(secret), password },
    );
    assert.deepEqual(proved, ['needs_first_factor', 'needs_second_factor', 'complete', [0, 0], 10]);
    await context.close();
  });

  it('works by the newer methods too', async () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const { id, emailAddress } = await newUser({ totpSecret: secret, backupCodes: ['spare-code-1'] });
    const { page, context } = await open();
    for (const [method, code] of [
      ['verifyTOTP', nextCode(secret)],
      ['verifyBackupCode', 'spare-code-1'],
    ] as const) {
      const done = await ask(
        page,
        async (clerk, { method, code, ...credentials }) => {
          const signIn = clerk.client!.signIn.__internal_future;
          await signIn.password(credentials);
          const { status } = signIn;
          const { error } = await signIn.mfa[method]({ code });
          if (error) return String(error);
          await signIn.finalize();
          return [status, clerk.user?.id];
        },
        { method, code, emailAddress, password },
      );
      assert.deepEqual(done, ['needs_second_factor', id]);
      await ask(page, (clerk) => clerk.signOut({ redirectUrl: '#' }));
    }
    await context.close();
  });
});
