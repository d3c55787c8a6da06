/** What holds for every second factor of the server, whatever it asks for. Each factor's test runs it with its own cases. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findFactor } from '../../demo/server/factors/index.ts';
import type { SettingsFile } from '../../demo/server/settings.ts';
import type { User } from '../../demo/server/store/users.ts';
import { startApi } from './api.ts';
import type { TestApi } from './api.ts';
import { createFrontendClient } from './frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from './frontend-client.ts';
import { addUser, mailedCodes } from './users.ts';

/** Whose factor it is. */
export interface FactorOwner {
  user: User;
  emailAddress: string;
}

export interface SecondFactorCases {
  strategy: string;
  /** Why it is asked for: the status of the sign-in is `needs_` and this. */
  need: 'second_factor' | 'client_trust';
  instance: SettingsFile;
  /** Gives the person the factor, where they do not have it anyway. @returns a right code whenever it is asked, a new one each time. */
  setUp(api: TestApi, owner: FactorOwner, now: () => number): Promise<() => Promise<string>>;
  /** What the browser is to be told of it. */
  listed: Record<string, unknown>;
  /** Wrong tries in a row that it judges, before it has to be prepared anew. */
  tries: number;
  /** `fva` right after the sign-in. */
  age: [first: number, second: number];
}

const password = 'violet-harbour-lantern';
export const refusal = ({ status, codes }: FrontendAnswer) => [status, ...codes];
const wrongCode = '1234567';

export function runSecondFactorSuite({ strategy, need, instance, setUp, listed, tries, age }: SecondFactorCases): void {
  const status = `needs_${need}`;

  describe(`every second factor: ${strategy}`, () => {
    let api: TestApi;
    let time = Date.now();
    let count = 0;
    before(async () => {
      api = await startApi({ now: () => time, instance: { ...instance, users: [] } });
    });
    after(() => api.stop());

    const newOwner = async () => {
      const emailAddress = `person-${++count}@example.com`;
      const user = await addUser(api, { emailAddress, password }, time);
      const owner = { user, emailAddress };
      return { ...owner, right: await setUp(api, owner, () => time) };
    };

    /** A sign-in whose first factor is proved. */
    const open = async (emailAddress: string) => {
      // Far enough from the one before for another mail, and for another code of an app.
      time += 60_000;
      const browser = await createFrontendClient(api);
      const first = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      assert.equal(first.response.status, status, JSON.stringify(first.body));
      const path = `/client/sign_ins/${first.response.id}`;
      const prepare = () => browser.call('POST', `${path}/prepare_second_factor`, { strategy });
      const attempt = (form: Record<string, string>) => browser.call('POST', `${path}/attempt_second_factor`, { strategy, ...form });
      if (findFactor(strategy)?.prepare) assert.equal((await prepare()).status, 200);
      return { browser, first, path, prepare, attempt, get: () => browser.call('GET', path) };
    };

    const rowOf = (userId: string) => api.database.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow();
    const sessionsOf = (userId: string) => api.database.selectFrom('sessions').selectAll().where('user_id', '=', userId).execute();
    const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { fva: number[] };

    it('is asked for when the password is proved, and until then there is no session', async () => {
      const { emailAddress, user } = await newOwner();
      const { first, get } = await open(emailAddress);
      const { response, client } = first;
      const factor = response.supported_second_factors.find((entry: { strategy: string }) => entry.strategy === strategy);
      for (const [name, value] of Object.entries(listed)) {
        if (value instanceof RegExp) assert.match(factor[name], value);
        else assert.deepEqual(factor[name], value);
      }
      assert.equal(response.first_factor_verification.status, 'verified');
      assert.deepEqual([response.second_factor_verification, response.created_session_id], [null, null]);
      assert.deepEqual([client.sign_in.id, client.sessions, client.last_active_session_id], [response.id, [], null]);
      assert.equal((await get()).response.status, status);
      assert.deepEqual(await sessionsOf(user.id), []);
      assert.equal((await rowOf(user.id)).last_sign_in_at, null);
    });

    it('completes the sign-in', async () => {
      const { emailAddress, user, right } = await newOwner();
      const { attempt, get } = await open(emailAddress);
      const { status: answered, response, client } = await attempt({ code: await right() });
      assert.deepEqual([answered, response.status], [200, 'complete']);
      const { status: proved, strategy: by } = response.second_factor_verification;
      assert.deepEqual([proved, by], ['verified', strategy]);
      assert.equal(response.supported_second_factors, null);
      assert.equal(client.sign_in, null);
      const [session] = client.sessions;
      assert.deepEqual([session.id, client.last_active_session_id], [response.created_session_id, response.created_session_id]);
      assert.equal(session.user.id, user.id);
      assert.equal(client.last_authentication_strategy, 'password', 'the first factor is the one to be reminded of');
      assert.deepEqual(session.factor_verification_age, age);
      assert.deepEqual(claimsOf(session.last_active_token.jwt).fva, age);
      assert.equal((await get()).response.status, 'complete');
    });

    it('does not make the first factor younger than it is', async () => {
      const { emailAddress, right } = await newOwner();
      const { attempt } = await open(emailAddress);
      time += 7 * 60_000;
      const { client } = await attempt({ code: await right() });
      assert.deepEqual(client.sessions[0].factor_verification_age, [7, age[1]]);
    });

    it('says what was wrong, and lets one try again', async () => {
      const { emailAddress, right } = await newOwner();
      const { attempt, get } = await open(emailAddress);
      const answer = await attempt({ code: wrongCode });
      assert.deepEqual(refusal(answer), [422, 'form_code_incorrect']);
      assert.equal(answer.errors[0]?.meta?.['param_name'], 'code');
      assert.equal(answer.client.sign_in.status, status);
      assert.equal((await get()).response.status, status);
      assert.equal((await attempt({ code: await right() })).status, 200);
    });

    it('asks for what is missing, without counting it', async () => {
      const { emailAddress, user } = await newOwner();
      const { attempt } = await open(emailAddress);
      assert.deepEqual(refusal(await attempt({})), [422, 'form_param_missing']);
      assert.deepEqual(refusal(await attempt({ code: '' })), [422, 'form_param_nil']);
      assert.equal((await rowOf(user.id)).failed_attempts, 0);
    });

    it('works once', async () => {
      const { emailAddress, user, right } = await newOwner();
      const { attempt } = await open(emailAddress);
      const form = { code: await right() };
      assert.equal((await attempt(form)).status, 200);
      assert.deepEqual(refusal(await attempt(form)), [400, 'verification_already_verified']);
      assert.equal((await sessionsOf(user.id)).length, 1);
    });

    it('signs in once, however often it comes at the same time', async () => {
      const { emailAddress, user, right } = await newOwner();
      const { attempt } = await open(emailAddress);
      const form = { code: await right() };
      const answers = await Promise.all(Array.from({ length: 64 }, () => attempt(form)));
      assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
      const others = new Set(answers.filter((answer) => answer.status !== 200).map((answer) => refusal(answer).join(' ')));
      assert.deepEqual([...others], ['400 verification_already_verified']);
      assert.equal((await sessionsOf(user.id)).length, 1);
      assert.equal((await rowOf(user.id)).failed_attempts, 0);
    });

    it('opens no second sign-in with the same code, not even at the same time', async () => {
      const { emailAddress, user, right } = await newOwner();
      const attempts = [];
      for (let index = 0; index < 4; index++) attempts.push(await open(emailAddress));
      const form = { code: await right() };
      // A mailed code is for the sign-in that has asked last; the others here are for whoever shows one first.
      const answers = await Promise.all(attempts.map(({ attempt }) => attempt(form)));
      assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
      for (const answer of answers) if (answer.status !== 200) assert.deepEqual(refusal(answer), [422, 'form_code_incorrect']);
      assert.equal((await sessionsOf(user.id)).length, 1);
    });

    it('counts failures for the lockout, which the first factor does not forget', async () => {
      const { emailAddress, user, right } = await newOwner();
      const { attempt } = await open(emailAddress);
      const times = Math.min(tries, 4);
      for (let index = 0; index < times; index++) await attempt({ code: wrongCode });
      assert.equal((await rowOf(user.id)).failed_attempts, times);
      const again = await open(emailAddress);
      assert.equal((await rowOf(user.id)).failed_attempts, times, 'the password was right and is not counted, but resets nothing');
      assert.equal((await again.attempt({ code: await right() })).status, 200);
      assert.equal((await rowOf(user.id)).failed_attempts, 0);
    });

    it('is judged ten times in all, however many guesses come at the same time', async () => {
      const { emailAddress, user, right } = await newOwner();
      const judged: FrontendAnswer[] = [];
      for (let round = 0; round < Math.max(1, Math.ceil(10 / tries)); round++) {
        const { attempt } = await open(emailAddress);
        judged.push(...(await Promise.all(Array.from({ length: 16 }, () => attempt({ code: wrongCode })))));
      }
      assert.equal(judged.filter(({ codes }) => codes[0] === 'form_code_incorrect').length, 10);
      assert.equal(judged.filter(({ codes }) => codes.includes('account_lockout_warning')).length, 3);
      assert.ok(judged.every(({ codes }) => ['form_code_incorrect', 'verification_failed', 'user_locked'].includes(codes[0] ?? '')));
      assert.equal((await rowOf(user.id)).failed_attempts, 10);
      const browser = await createFrontendClient(api);
      const closed = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      assert.deepEqual(refusal(closed), [403, 'user_locked']);
      time += 3600_000;
      const { attempt } = await open(emailAddress);
      assert.equal((await attempt({ code: await right() })).status, 200);
    });

    it('is closed while the account is locked, also to who is right', async () => {
      const { emailAddress, user, right } = await newOwner();
      const { attempt, prepare } = await open(emailAddress);
      const form = { code: await right() };
      await api.database
        .updateTable('users')
        .set({ failed_attempts: 10, locked_until: time + 60_000 })
        .where('id', '=', user.id)
        .execute();
      assert.deepEqual(refusal(await attempt(form)), [403, 'user_locked']);
      if (findFactor(strategy)?.prepare) assert.deepEqual(refusal(await prepare()), [403, 'user_locked']);
      assert.deepEqual(await sessionsOf(user.id), []);
    });

    it('is too late when the sign-in has been abandoned', async () => {
      const { emailAddress, right } = await newOwner();
      const { attempt, get } = await open(emailAddress);
      time += 24 * 3600_000;
      const { response } = await get();
      assert.deepEqual([response.status, response.supported_second_factors], ['abandoned', null]);
      assert.deepEqual(refusal(await attempt({ code: await right() })), [400, 'client_state_invalid']);
    });

    it('is not for a sign-in that a newer one has replaced', async () => {
      const { emailAddress, right } = await newOwner();
      const { attempt, browser } = await open(emailAddress);
      const form = { code: await right() };
      await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
      assert.deepEqual(refusal(await attempt(form)), [403, 'resource_forbidden']);
    });

    it('does not sign in who is banned meanwhile', async () => {
      const { emailAddress, user, right } = await newOwner();
      const { attempt } = await open(emailAddress);
      const form = { code: await right() };
      await api.database.updateTable('users').set({ banned: true }).where('id', '=', user.id).execute();
      assert.deepEqual(refusal(await attempt(form)), [403, 'user_banned']);
      assert.deepEqual(await sessionsOf(user.id), []);
    });

    it('is for the client that has proved the first factor', async () => {
      const { emailAddress, right } = await newOwner();
      const { path } = await open(emailAddress);
      const stranger: FrontendClient = await createFrontendClient(api);
      const answer = await stranger.call('POST', `${path}/attempt_second_factor`, { strategy, code: await right() });
      assert.deepEqual(refusal(answer), [404, 'resource_not_found']);
    });

    it('opens nothing without the first factor', async () => {
      const { emailAddress, user, right } = await newOwner();
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
      assert.equal(response.supported_second_factors, null);
      const path = `/client/sign_ins/${response.id}`;
      const answer = await browser.call('POST', `${path}/attempt_second_factor`, { strategy, code: await right() });
      assert.deepEqual(refusal(answer), [400, 'no_second_factors']);
      assert.deepEqual(await sessionsOf(user.id), []);
    });

    it('does not let the first factor be proved twice', async () => {
      const { emailAddress } = await newOwner();
      const { browser, path } = await open(emailAddress);
      const again = await browser.call('POST', `${path}/attempt_first_factor`, { strategy: 'password', password });
      assert.deepEqual(refusal(again), [400, 'verification_already_verified']);
      const prepared = await browser.call('POST', `${path}/prepare_first_factor`, { strategy: 'email_code' });
      assert.deepEqual(refusal(prepared), [400, 'verification_already_verified']);
    });

    it('ends with the password', async () => {
      const { emailAddress, right } = await newOwner();
      const { attempt } = await open(emailAddress);
      const form = { code: await right() };
      const before = (await api.mails()).filter(({ recipient }) => recipient === emailAddress).length;
      const other = await createFrontendClient(api);
      // The mail of the reset is the newer one.
      time += 1000;
      const reset = 'reset_password_email_code';
      const { response } = await other.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: reset });
      const [code = ''] = await mailedCodes(api, emailAddress, before + 1);
      const path = `/client/sign_ins/${response.id}`;
      await other.call('POST', `${path}/attempt_first_factor`, { strategy: reset, code });
      assert.equal((await other.call('POST', `${path}/reset_password`, { password: 'orchard-lantern-river' })).status, 200);
      assert.deepEqual(refusal(await attempt(form)), [400, 'client_state_invalid']);
    });
  });
}
