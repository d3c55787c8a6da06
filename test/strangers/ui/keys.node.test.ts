/** Clerk's own cards on pages with development and with production keys: up, in, everything a page asks of the script, and out again. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { testCode } from '../../support/journey.ts';
import { startProductionApi } from '../../support/production.ts';
import { mailedCodes } from '../../support/users.ts';
import { ask, press, typeSentCode } from '../official-page.ts';
import { fill, openStage, password, signIn, signOut } from './ui-page.ts';
import type { Stage } from './ui-page.ts';

const attributes = { first_name: { enabled: true } };
const kinds: Record<string, () => Promise<Stage>> = {
  development: () => openStage({ instance: { attributes } }),
  production: () => openStage({}, (site) => startProductionApi({ instance: { attributes, allowed_origins: [site.url] } })),
};

for (const [kind, open] of Object.entries(kinds)) {
  describe(`the cards of @clerk/ui with a ${kind} key`, () => {
    let stage: Stage;
    before(async () => void (stage = await open()));
    after(() => stage.stop());

    it('sign up, keep the session over a reload, sign out and in again', async () => {
      const { api, backend, url } = stage;
      const emailAddress = stage.newAddress();
      const visited = await stage.open('/sign-up');
      const { page } = visited;
      await fill(page, { 'Email address': emailAddress, Password: password });
      await press(page, 'Continue');
      await page.getByRole('heading', { name: 'Verify your email' }).waitFor();
      const [code = ''] = kind === 'development' ? [testCode] : await mailedCodes(api, emailAddress);
      await typeSentCode(page, code);
      await visited.arriveAt('/');
      await page.getByRole('button', { name: 'Open user menu' }).waitFor();
      const [user] = (await backend.users.getUserList({ emailAddress: [emailAddress] })).data;
      assert.equal(await ask(page, (clerk) => clerk.user?.id), user?.id);
      assert.equal(user?.primaryEmailAddress?.verification?.status, 'verified');

      await page.reload();
      await signOut(visited);
      await signIn(visited, emailAddress);
      await page.getByRole('button', { name: 'Open user menu' }).waitFor();
      const { token, ...seen } = await ask(page, async (clerk) => {
        const before = await clerk.session!.getToken();
        const { firstName } = await clerk.user!.update({ firstName: 'Ada' });
        const { unsafeMetadata } = await clerk.user!.updateMetadata({ unsafeMetadata: { theme: 'dark', deep: { a: 1 } } });
        const again = await clerk.user!.updateMetadata({ unsafeMetadata: { deep: { a: null, b: 2 } } });
        const token = await clerk.session!.getToken();
        return { firstName, unsafeMetadata, again: again.unsafeMetadata, isFresh: token !== before, token: token ?? '' };
      });
      const metadata = { theme: 'dark', deep: { b: 2 } };
      assert.deepEqual(seen, { firstName: 'Ada', unsafeMetadata: { theme: 'dark', deep: { a: 1 } }, again: metadata, isFresh: true });
      const stored = await backend.users.getUser(user?.id ?? '');
      assert.deepEqual([stored.firstName, stored.unsafeMetadata], ['Ada', metadata]);
      const claims = await verifyToken(token, { secretKey: api.secretKey, apiUrl: api.backendUrl, authorizedParties: [url] });
      assert.deepEqual([claims.sub, claims['theme']], [stored.id, 'dark']);

      await signOut(visited);
      assert.equal(await ask(page, (clerk) => clerk.user ?? null), null);
      const sessions = (await backend.sessions.getSessionList({ userId: stored.id })).data;
      assert.deepEqual(sessions.filter(({ status }) => status === 'active').length, 0);
      await visited.leave();
    });
  });
}
