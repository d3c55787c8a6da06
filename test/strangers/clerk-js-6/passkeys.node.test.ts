/** Passkeys with Clerk's official browser script, and the virtual authenticator of Chromium: neither is ours to choose. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { closeBrowser, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { ask, hostedKey, load, refusal, serveOfficialPage } from '../official-page.ts';
import { withSecondFactors } from '../../support/second-factors.ts';
import { addVirtualAuthenticator } from '../../support/virtual-authenticator.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const password = 'copper-lantern-meadow';
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

describe('passkeys with @clerk/clerk-js', () => {
  let site: Site;
  let api: TestApi;
  let backend: ClerkClient;
  let time = Date.now();
  let count = 0;
  before(async () => {
    site = await serveOfficialPage(() => api);
    const instance = { attributes: { ...withSecondFactors.attributes, passkey: { enabled: true } }, reverification: true };
    api = await startApi({ publishableKey: hostedKey, instance, now: () => (time = Math.max(time, Date.now())) });
    backend = createOfficialBackend(api);
  });
  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const open = async (host: string) => {
    const emailAddress = `holder${count++}+clerk_test@example.com`;
    const { id } = await backend.users.createUser({ emailAddress: [emailAddress], password });
    const visited = await visit({ policy: false, userAgent });
    // The script takes a browser that is driven for one that has no passkeys.
    await visited.page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { value: false }));
    await visited.page.goto(site.url.replace('127.0.0.1', host));
    assert.equal(await load(visited), 'ready');
    const { page } = visited;
    const credentials = { identifier: emailAddress, password };
    await ask(
      page,
      async (clerk, credentials) => {
        const { createdSessionId } = await clerk.client!.signIn.create(credentials);
        await clerk.setActive({ session: createdSessionId });
      },
      credentials,
    );
    return { ...visited, id, credentials, signOut: () => ask(page, (clerk) => clerk.signOut({ redirectUrl: '#' })) };
  };

  it('are made, named, and sign in: by themselves, in autofill, and for who is named', async () => {
    const { page, context, id, credentials, signOut } = await open('localhost');
    await addVirtualAuthenticator(page);
    const made = await ask(page, async (clerk) => {
      const passkey = await clerk.user!.createPasskey();
      const { status, strategy } = passkey.verification!;
      return [passkey.id === clerk.user!.passkeys[0]?.id, passkey.name, status, strategy];
    });
    assert.deepEqual([made[0], ...made.slice(2)], [true, 'verified', 'passkey']);
    assert.equal(made[1], 'Chrome on Linux');
    const again = await ask(page, (clerk) => clerk.user!.createPasskey().then(String, ({ code }: { code: string }) => code));
    assert.equal(again, 'passkey_already_exists', 'the device is told what it has');
    const names = await ask(page, async (clerk) => {
      const [passkey] = clerk.user!.passkeys;
      const { name } = await passkey!.update({ name: 'My laptop' });
      return [name, clerk.user!.passkeys.map(({ name }) => name)];
    });
    assert.deepEqual(names, ['My laptop', ['My laptop']]);

    for (const flow of ['discoverable', 'autofill'] as const) {
      await signOut();
      const done = await ask(
        page,
        async (clerk, flow) => {
          const signIn = await clerk.client!.signIn.authenticateWithPasskey({ flow });
          await clerk.setActive({ session: signIn.createdSessionId });
          return [signIn.status, clerk.user?.id, clerk.session!.factorVerificationAge];
        },
        flow,
      );
      assert.deepEqual(done, ['complete', id, [0, 0]], flow);
    }

    await signOut();
    const named = await ask(
      page,
      async (clerk, { identifier }) => {
        const { supportedFirstFactors } = await clerk.client!.signIn.create({ identifier });
        const signIn = await clerk.client!.signIn.authenticateWithPasskey();
        await clerk.setActive({ session: signIn.createdSessionId });
        return [supportedFirstFactors?.map(({ strategy }) => strategy).includes('passkey'), signIn.status, clerk.user?.id];
      },
      credentials,
    );
    assert.deepEqual(named, [true, 'complete', id]);

    await signOut();
    const newer = await ask(page, async (clerk) => {
      const signIn = clerk.client!.signIn.__internal_future;
      const { error } = await signIn.passkey({ flow: 'discoverable' });
      if (error) return String(error);
      await signIn.finalize();
      return clerk.user?.id;
    });
    assert.equal(newer, id);

    const [passkey] = (await ask(page, (clerk) => clerk.user!.passkeys.map(({ id, name }) => ({ id, name })))) ?? [];
    assert.equal(passkey?.name, 'My laptop');
    const left = await ask(page, async (clerk) => {
      await clerk.user!.passkeys[0]!.delete();
      return clerk.user!.passkeys.length;
    });
    assert.equal(left, 0);
    await signOut();
    const gone = await refusal(page, (clerk) => clerk.client!.signIn.authenticateWithPasskey({ flow: 'discoverable' }));
    assert.deepEqual(gone, [404, 'passkey_not_registered']);
    await context.close();
  });

  it('take the place of a second factor, and prove anew who it is', async () => {
    const { page, context, id, credentials, signOut } = await open('localhost');
    await addVirtualAuthenticator(page);
    await ask(page, (clerk) => clerk.user!.createPasskey().then(() => undefined));
    const secret = await ask(page, async (clerk) => (await clerk.user!.createTOTP()).secret ?? '');
    await ask(page, (clerk, code) => clerk.user!.verifyTOTP({ code }).then(() => undefined), appCode(secret, Date.now()));
    await signOut();
    const satisfied = await ask(page, async (clerk) => {
      const { status, createdSessionId } = await clerk.client!.signIn.authenticateWithPasskey({ flow: 'discoverable' });
      await clerk.setActive({ session: createdSessionId });
      return [status, clerk.user?.id];
    });
    assert.deepEqual(satisfied, ['complete', id]);
    await signOut();
    const offered = await ask(
      page,
      async (clerk, credentials) => {
        const { supportedSecondFactors } = await clerk.client!.signIn.create(credentials);
        return supportedSecondFactors?.map(({ strategy }): string => strategy);
      },
      credentials,
    );
    assert.deepEqual(offered, ['totp', 'passkey', 'backup_code']);

    await ask(page, async (clerk) => {
      const { createdSessionId } = await clerk.client!.signIn.authenticateWithPasskey({ flow: 'discoverable' });
      await clerk.setActive({ session: createdSessionId });
    });
    time += 11 * 60_000;
    assert.deepEqual(await refusal(page, (clerk) => clerk.user!.passkeys[0]!.delete()), [403, 'session_reverification_required']);
    const proved = await ask(page, async (clerk) => {
      await clerk.session!.startVerification({ level: 'first_factor' });
      const { status } = await clerk.session!.verifyWithPasskey();
      return status;
    });
    assert.equal(proved, 'complete');
    await context.close();
  });

  it('are refused by a device that does not know its holder', async () => {
    const { page, context, signOut } = await open('localhost');
    const device = await addVirtualAuthenticator(page);
    await ask(page, (clerk) => clerk.user!.createPasskey().then(() => undefined));
    await signOut();
    await device.setUserVerified(false);
    const code = await ask(page, (clerk) =>
      clerk.client!.signIn.authenticateWithPasskey({ flow: 'discoverable' }).then(String, (error: { code: string }) => error.code),
    );
    assert.equal(code, 'passkey_retrieval_cancelled');
    await context.close();
  });

  it('are unknown to browsers on pages of an IP address, which is said before they are asked', async () => {
    const { page, context } = await open('127.0.0.1');
    await addVirtualAuthenticator(page);
    assert.deepEqual(await refusal(page, (clerk) => clerk.user!.createPasskey()), [400, 'passkey_invalid_rpID_or_domain']);
    const said = await page.evaluate(async () => {
      const publicKey = {
        rp: { name: 'Here' },
        user: { id: new Uint8Array(8), name: 'ann', displayName: 'Ann' },
        challenge: new Uint8Array(32),
        pubKeyCredParams: [{ type: 'public-key' as const, alg: -7 }],
      };
      return navigator.credentials.create({ publicKey }).then(String, ({ name }: Error) => name);
    });
    assert.equal(said, 'SecurityError');
    await context.close();
  });
});
