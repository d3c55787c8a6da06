/** What holds for every factor of the server, whatever it asks for. Each factor's test runs it with its own cases. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findFactor } from '../../demo/server/factors/index.ts';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { startApi } from './api.ts';
import type { TestApi } from './api.ts';
import { createFrontendClient } from './frontend-client.ts';
import type { FrontendClient } from './frontend-client.ts';
import { addUser } from './users.ts';

export interface FactorCases {
  strategy: string;
  /** Default: that of the demo. */
  instance?: SettingsFile;
  /** They sign in with their phone number; default: with their email address. */
  byPhoneNumber?: true;
  /** Form fields that prove it, once it is prepared. */
  right(api: TestApi, identifier: string): Promise<Record<string, string>>;
  wrong: Record<string, string>;
  /** Code of the error that a wrong attempt gets. */
  wrongCode: string;
  /** The field that must not be missing. */
  field: string;
  /** Status after a right attempt. */
  leadsTo: 'complete' | 'needs_new_password';
}

export const suitePassword = 'violet-harbour-lantern';

export function runFactorSuite(cases: FactorCases): void {
  const { strategy, instance = {}, byPhoneNumber, right, wrong, wrongCode, field, leadsTo } = cases;

  describe(`every factor: ${strategy}`, () => {
    let api: TestApi;
    let time = Date.now();
    let count = 0;
    before(async () => {
      api = await startApi({ now: () => time, instance });
    });
    after(() => api.stop());

    const newPerson = async () => {
      const emailAddress = `person-${++count}@example.com`;
      // No test number: codes are really sent.
      const phoneNumber = `+1415556${String(count).padStart(4, '0')}`;
      const identifier = byPhoneNumber ? phoneNumber : emailAddress;
      const user = await addUser(api, { emailAddress, phoneNumber, password: suitePassword }, time);
      return { identifier, user };
    };

    /** A sign-in that has the factor prepared. */
    const open = async (identifier: string) => {
      const client = await createFrontendClient(api);
      const created = await client.call('POST', '/client/sign_ins', { identifier });
      assert.equal(created.status, 200);
      const path = `/client/sign_ins/${created.response.id}`;
      if (findFactor(strategy)?.prepare) {
        const prepared = await client.call('POST', `${path}/prepare_first_factor`, { strategy });
        assert.equal(prepared.status, 200);
        assert.equal(prepared.response.first_factor_verification.status, 'unverified');
        assert.equal(prepared.response.first_factor_verification.strategy, strategy);
      }
      const attempt = (form: Record<string, string>) => client.call('POST', `${path}/attempt_first_factor`, { strategy, ...form });
      return { client, created, path, attempt };
    };

    it('is listed for who can use it', async () => {
      const { identifier } = await newPerson();
      const { created } = await open(identifier);
      const listed = created.response.supported_first_factors.filter((factor: { strategy: string }) => factor.strategy === strategy);
      assert.equal(listed.length, 1);
    });

    it('takes the sign-in on when it is proved', async () => {
      const { identifier, user } = await newPerson();
      const { attempt, path, client } = await open(identifier);
      const answer = await attempt(await right(api, identifier));
      assert.equal(answer.status, 200);
      assert.equal(answer.response.status, leadsTo);
      assert.equal(answer.response.first_factor_verification.status, 'verified');
      assert.equal(answer.response.first_factor_verification.strategy, strategy);
      if (leadsTo !== 'complete') {
        assert.equal(answer.client.sign_in.id, answer.response.id);
        assert.equal(answer.client.sessions.length, 0);
        return;
      }
      assert.equal(answer.client.sign_in, null);
      assert.equal(answer.client.last_active_session_id, answer.response.created_session_id);
      assert.equal(answer.client.sessions[0].id, answer.response.created_session_id);
      assert.equal(answer.client.sessions[0].user.id, user.id);
      assert.equal(answer.client.last_authentication_strategy, strategy);
      const again = await client.call('GET', path);
      assert.equal(again.response.status, 'complete');
    });

    it('says what was wrong, and lets one try again', async () => {
      const { identifier } = await newPerson();
      const { attempt } = await open(identifier);
      const answer = await attempt(wrong);
      assert.equal(answer.status, 422);
      assert.deepEqual(answer.codes, [wrongCode]);
      assert.equal(answer.errors[0]?.meta?.['param_name'], field);
      assert.equal((await attempt(await right(api, identifier))).status, 200);
    });

    it('asks for what is missing, without counting it', async () => {
      const { identifier, user } = await newPerson();
      const { attempt } = await open(identifier);
      const missing = await attempt({});
      assert.deepEqual([missing.status, ...missing.codes], [422, 'form_param_missing']);
      const empty = await attempt({ [field]: '' });
      assert.deepEqual([empty.status, ...empty.codes], [422, 'form_param_nil']);
      assert.equal((await failures(user.id)).failed_attempts, 0);
    });

    it('works once', async () => {
      const { identifier } = await newPerson();
      const { attempt } = await open(identifier);
      const form = await right(api, identifier);
      assert.equal((await attempt(form)).status, 200);
      const again = await attempt(form);
      assert.deepEqual([again.status, ...again.codes], [400, 'verification_already_verified']);
    });

    it('counts failures for the lockout, and forgets them on success', async () => {
      const { identifier, user } = await newPerson();
      const { attempt } = await open(identifier);
      await attempt(wrong);
      await attempt(wrong);
      assert.equal((await failures(user.id)).failed_attempts, 2);
      assert.equal((await attempt(await right(api, identifier))).status, 200);
      assert.equal((await failures(user.id)).failed_attempts, 0);
    });

    it('is closed while the account is locked, also to who is right', async () => {
      const { identifier, user } = await newPerson();
      const { attempt } = await open(identifier);
      const form = await right(api, identifier);
      await api.database
        .updateTable('users')
        .set({ failed_attempts: 10, locked_until: time + 60_000 })
        .where('id', '=', user.id)
        .execute();
      const answer = await attempt(form);
      assert.deepEqual([answer.status, ...answer.codes], [403, 'user_locked']);
      assert.equal(answer.errors[0]?.meta, undefined);
    });

    it('is not listed for, and not open to, a sign-in that has been abandoned', async () => {
      const { identifier } = await newPerson();
      const { attempt, client, path } = await open(identifier);
      time += 24 * 3600_000;
      assert.equal((await client.call('GET', path)).response.status, 'abandoned');
      const answer = await attempt(wrong);
      assert.deepEqual([answer.status, ...answer.codes], [400, 'client_state_invalid']);
    });

    it('does not sign in who is banned', async () => {
      const { identifier, user } = await newPerson();
      const { attempt } = await open(identifier);
      const form = await right(api, identifier);
      await api.database.updateTable('users').set({ banned: true }).where('id', '=', user.id).execute();
      const answer = await attempt(form);
      assert.deepEqual([answer.status, ...answer.codes], [403, 'user_banned']);
    });

    it('is for the client that has asked', async () => {
      const { identifier } = await newPerson();
      const { path } = await open(identifier);
      const stranger: FrontendClient = await createFrontendClient(api);
      const answer = await stranger.call('POST', `${path}/attempt_first_factor`, { strategy, ...wrong });
      assert.deepEqual([answer.status, ...answer.codes], [404, 'resource_not_found']);
    });

    const failures = (userId: string) =>
      api.database.selectFrom('users').select(['failed_attempts', 'locked_until']).where('id', '=', userId).executeTakeFirstOrThrow();
  });
}
