/** What makes tests easy exists in test instances alone (security.md, C10, E11). */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { CookieBrowser, startProductionApi } from '../support/production.ts';
import { runServer } from '../support/server-process.ts';
import { addUser, mailedCodes } from '../support/users.ts';

const emailAddress = 'jane+clerk_test@example.com';

describe('C10: a production instance', () => {
  it('mails a random code to what would be a test address, and takes no 424242 for it', async () => {
    const api = await startProductionApi();
    try {
      await addUser(api, { emailAddress });
      const codes = [];
      for (const attempt of [0, 1]) {
        const browser = new CookieBrowser(api.address);
        const form = { identifier: emailAddress, strategy: 'email_code' };
        const { response } = await browser.call('POST', '/v1/client/sign_ins', { form });
        const [code = ''] = await mailedCodes(api, emailAddress, attempt + 1);
        codes.push(code);
        const attemptForm = { strategy: 'email_code', code: '424242' };
        const guess = await browser.call('POST', `/v1/client/sign_ins/${response.id}/attempt_first_factor`, { form: attemptForm });
        if (code !== '424242') assert.deepEqual([guess.status, guess.codes[0]], [422, 'form_code_incorrect']);
      }
      assert.notDeepEqual(codes, ['424242', '424242']);

      const signUp = new CookieBrowser(api.address);
      const stranger = 'new+clerk_test@example.com';
      const created = await signUp.call('POST', '/v1/client/sign_ups', { form: { email_address: stranger, password: 'violet-harbour' } });
      const path = `/v1/client/sign_ups/${created.response.id}`;
      await signUp.call('POST', `${path}/prepare_verification`, { form: { strategy: 'email_code' } });
      const [code] = await mailedCodes(api, stranger);
      const tried = await signUp.call('POST', `${path}/attempt_verification`, { form: { strategy: 'email_code', code: '424242' } });
      if (code !== '424242') assert.deepEqual([tried.status, tried.codes[0]], [422, 'form_code_incorrect']);
    } finally {
      await api.stop();
    }
  });

  it('has no testing tokens, no sessions made by backends, no inbox and no development provider', async () => {
    const api = await startProductionApi();
    try {
      const backend = createBackendClient(api);
      assert.equal((await backend('POST', '/testing_tokens')).status, 403);
      const { id } = await addUser(api, { emailAddress });
      assert.equal((await backend('POST', '/sessions', { body: { user_id: id } })).status, 403);
      for (const path of ['/inbox', '/inbox/mails', '/development-provider/.well-known/openid-configuration']) {
        assert.equal((await fetch(api.address + path)).status, 404, path);
      }
    } finally {
      await api.stop();
    }
  });

  it('does not start in test mode', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clerk-lit-settings-'));
    try {
      await writeFile(join(folder, 'instance.json'), JSON.stringify({ test_mode: true }));
      const { code, stderr } = await runServer({
        CLERK_INSTANCE: join(folder, 'instance.json'),
        CLERK_PUBLISHABLE_KEY: createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' }),
      });
      assert.equal(code, 1);
      assert.match(stderr, /test_mode: expected false, since the publishable key is pk_live_/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
