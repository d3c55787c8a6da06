/** Guessing, racing and spying at sign-in (security.md, C1, C3, C4, C6, C10). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hash } from '@node-rs/argon2';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer } from '../../support/frontend-client.ts';
import { addUser, mailedCodes, otherCode } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const refusal = ({ status, codes }: FrontendAnswer) => [status, ...codes];
const atOnce = <Result>(times: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));
/** How many answers there are of each kind. */
const tally = (answers: FrontendAnswer[]) => {
  const counts: Record<string, number> = {};
  for (const { status, codes } of answers) {
    const kind = [status, ...codes.filter((code) => code !== 'account_lockout_warning')].join(' ');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

let api: TestApi;
let time = Date.now();
let count = 0;
before(async () => {
  api = await startApi({ now: () => time });
});
after(() => api.stop());

const newPerson = async (emailAddress = `person-${++count}@example.com`) => {
  const user = await addUser(api, { emailAddress, password }, time);
  return { emailAddress, user };
};

const open = async (emailAddress: string, strategy?: string) => {
  // Mails are told apart by their time.
  time += 1;
  const browser = await createFrontendClient(api);
  const { response, status, codes } = await browser.call('POST', '/client/sign_ins', {
    identifier: emailAddress,
    ...(strategy && { strategy }),
  });
  assert.equal(status, 200, codes.join());
  const step = (name: string, form: Record<string, string>) => browser.call('POST', `/client/sign_ins/${response.id}/${name}`, form);
  return {
    browser,
    signIn: response,
    step,
    prepare: (name = 'email_code') => step('prepare_first_factor', { strategy: name }),
    tryCode: (code: string, name = 'email_code') => step('attempt_first_factor', { strategy: name, code }),
    tryPassword: (text: string) => step('attempt_first_factor', { strategy: 'password', password: text }),
    get: () => browser.call('GET', `/client/sign_ins/${response.id}`),
  };
};

const sessionsOf = async (userId: string) =>
  await api.database.selectFrom('sessions').select(['id', 'status']).where('user_id', '=', userId).orderBy('created_at').execute();
const failuresOf = async (userId: string) =>
  (await api.database.selectFrom('users').select('failed_attempts').where('id', '=', userId).executeTakeFirstOrThrow()).failed_attempts;

describe('C3: a one-time code', () => {
  it('signs in once, however often it comes at the same time', async () => {
    const { emailAddress, user } = await newPerson();
    const { tryCode } = await open(emailAddress, 'email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    const answers = await atOnce(64, () => tryCode(code));
    assert.deepEqual(tally(answers), { 200: 1, '400 verification_already_verified': 63 });
    assert.equal((await sessionsOf(user.id)).length, 1);
    assert.equal(await failuresOf(user.id), 0);
  });

  it('is judged three times, however many guesses come at the same time', async () => {
    const { emailAddress, user } = await newPerson();
    const { tryCode, get } = await open(emailAddress, 'email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    const answers = await atOnce(64, () => tryCode(otherCode(code)));
    assert.deepEqual(tally(answers), { '422 form_code_incorrect': 3, '400 verification_failed': 61 });
    assert.equal(await failuresOf(user.id), 3);
    const { status, attempts } = (await get()).response.first_factor_verification;
    assert.deepEqual([status, attempts], ['failed', 3]);
    assert.deepEqual(refusal(await tryCode(code)), [400, 'verification_failed']);
  });

  it('is good for ten minutes', async () => {
    const { emailAddress } = await newPerson();
    const { tryCode, get } = await open(emailAddress, 'email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    time += 600_000;
    assert.deepEqual(refusal(await tryCode(code)), [400, 'verification_expired']);
    assert.equal((await get()).response.first_factor_verification.status, 'expired');
    time -= 1;
    assert.equal((await tryCode(code)).status, 200);
    time += 1;
  });

  it('is for its own attempt and its own purpose', async () => {
    const { emailAddress } = await newPerson();
    const one = await open(emailAddress, 'email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    const other = await open(emailAddress, 'email_code');
    const [otherOne = ''] = await mailedCodes(api, emailAddress, 2);
    assert.notEqual(code, otherOne);
    assert.deepEqual(refusal(await other.tryCode(code)), [422, 'form_code_incorrect']);
    assert.deepEqual(refusal(await one.tryCode(code, 'reset_password_email_code')), [400, 'verification_strategy_invalid']);
    assert.equal((await one.tryCode(code)).status, 200);
  });

  it('stops working when a newer one is sent, or another purpose chosen', async () => {
    const { emailAddress } = await newPerson();
    const { prepare, tryCode, browser, signIn } = await open(emailAddress, 'email_code');
    const [older = ''] = await mailedCodes(api, emailAddress);
    time += 30_000;
    await prepare();
    const [newer = ''] = await mailedCodes(api, emailAddress, 2);
    assert.deepEqual(refusal(await tryCode(older)), [422, 'form_code_incorrect']);
    await prepare('reset_password_email_code');
    assert.deepEqual(refusal(await tryCode(newer)), [400, 'verification_strategy_invalid']);
    await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
    const former = await browser.call('GET', `/client/sign_ins/${signIn.id}`);
    assert.equal(former.response.first_factor_verification.status, 'expired');
  });

  it('is sent again after 30 seconds, and says when', async () => {
    const { emailAddress } = await newPerson();
    const { prepare } = await open(emailAddress, 'email_code');
    time += 10_000;
    const refused = await prepare();
    assert.deepEqual(refusal(refused), [429, 'verification_code_too_many_requests']);
    assert.equal(refused.headers.get('retry-after'), '20');
    time += 20_000;
    assert.equal((await prepare()).status, 200);
  });

  it('is sent once to 20 requests at the same time', async () => {
    const { emailAddress } = await newPerson();
    const { prepare } = await open(emailAddress);
    const answers = await atOnce(20, () => prepare());
    assert.deepEqual(tally(answers), { 200: 1, '429 verification_code_too_many_requests': 19 });
    assert.equal((await mailedCodes(api, emailAddress)).length, 1);
  });

  it('is sent ten times an hour to an address, from however many browsers', async () => {
    const { emailAddress } = await newPerson();
    const browsers = await atOnce(14, () => open(emailAddress));
    const answers = await Promise.all(browsers.map(({ prepare }) => prepare()));
    assert.deepEqual(tally(answers), { 200: 10, '429 verification_code_too_many_requests': 4 });
    const refused = answers.find(({ status }) => status === 429);
    assert.equal(refused?.headers.get('retry-after'), '3600');
    time += 3600_000;
    const [first] = browsers;
    assert.equal((await first?.prepare())?.status, 200);
  });

  it('of a test address is 424242, needs no mail and has no hourly limit, but must be asked for', async () => {
    const { emailAddress } = await newPerson('kim+clerk_test_1@example.com');
    const { prepare, tryCode } = await open(emailAddress);
    assert.deepEqual(refusal(await tryCode('424242')), [400, 'verification_missing']);
    await prepare();
    assert.deepEqual(refusal(await tryCode('424241')), [422, 'form_code_incorrect']);
    assert.equal((await tryCode('424242')).status, 200);
    for (let index = 0; index < 11; index++) await open(emailAddress, 'email_code');
    assert.deepEqual(
      (await api.mails()).filter(({ recipient }) => recipient === emailAddress),
      [],
    );
  });

  it('of any other address is not 424242', async () => {
    const { emailAddress } = await newPerson('kim+clerk@example.com');
    const { tryCode } = await open(emailAddress, 'email_code');
    const [code] = await mailedCodes(api, emailAddress);
    if (code !== '424242') assert.deepEqual(refusal(await tryCode('424242')), [422, 'form_code_incorrect']);
  });
});

describe('C4: lockout', () => {
  it('judges ten wrong passwords of a hundred that come at the same time', async () => {
    const { emailAddress, user } = await newPerson();
    const { tryPassword } = await open(emailAddress);
    const answers = await atOnce(100, (index) => tryPassword(`wrong-password-${index}`));
    assert.deepEqual(tally(answers), { '422 form_password_incorrect': 10, '403 user_locked': 90 });
    assert.equal(await failuresOf(user.id), 10);
    assert.deepEqual(refusal(await tryPassword(password)), [403, 'user_locked']);
  });

  it('is not got around by other spellings, addresses or browsers', async () => {
    const { emailAddress } = await newPerson();
    const spellings = [
      emailAddress,
      emailAddress.toUpperCase(),
      ` ${emailAddress} `,
      emailAddress.replace('@', '＠'),
      emailAddress.replace('p', 'ｐ'),
    ];
    const answers = await atOnce(30, async (index) => {
      const browser = await createFrontendClient(api);
      const form = { identifier: spellings[index % spellings.length] ?? '', password: `wrong-password-${index}` };
      return browser.call('POST', '/client/sign_ins', form, { headers: { 'x-forwarded-for': `10.0.0.${index}` } });
    });
    assert.deepEqual(tally(answers), { '422 form_password_incorrect': 10, '403 user_locked': 20 });
  });

  it('never refuses people with the right password because they come together', async () => {
    const { emailAddress, user } = await newPerson();
    const answers = await atOnce(25, async () =>
      (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier: emailAddress, password }),
    );
    assert.deepEqual(tally(answers), { 200: 25 });
    assert.equal(await failuresOf(user.id), 0);
  });

  it('lets one password sign in once on its attempt', async () => {
    const { emailAddress, user } = await newPerson();
    const { tryPassword } = await open(emailAddress);
    const answers = await atOnce(16, () => tryPassword(password));
    assert.deepEqual(tally(answers), { 200: 1, '400 verification_already_verified': 15 });
    assert.equal((await sessionsOf(user.id)).length, 1);
    assert.equal(await failuresOf(user.id), 0);
  });

  it('warns when 2, 1 and 0 attempts are left, over all factors, and ends after an hour', async () => {
    const { emailAddress, user } = await newPerson();
    const { tryPassword, tryCode, prepare } = await open(emailAddress);
    await prepare();
    for (let index = 0; index < 2; index++) assert.deepEqual(refusal(await tryCode('1234567')), [422, 'form_code_incorrect']);
    for (let index = 2; index < 7; index++)
      assert.deepEqual(refusal(await tryPassword('wrong-password')), [422, 'form_password_incorrect']);
    assert.deepEqual(refusal(await tryPassword('wrong-password')), [422, 'form_password_incorrect', 'account_lockout_warning']);
    assert.deepEqual(refusal(await tryCode('1234567')), [422, 'form_code_incorrect', 'account_lockout_warning']);
    const last = await tryPassword('wrong-password');
    assert.deepEqual(refusal(last), [422, 'form_password_incorrect', 'account_lockout_warning']);
    assert.equal(last.errors[1]?.meta, undefined);

    const locked = await tryPassword(password);
    assert.deepEqual(refusal(locked), [403, 'user_locked']);
    assert.match(locked.errors[0]?.long_message ?? '', /60 minutes/);
    assert.deepEqual(refusal(await prepare()), [403, 'user_locked']);
    const again = await createFrontendClient(api);
    assert.deepEqual(refusal(await again.call('POST', '/client/sign_ins', { identifier: emailAddress })), [403, 'user_locked']);

    time += 3600_000;
    assert.deepEqual(refusal(await tryPassword('wrong-password')), [422, 'form_password_incorrect']);
    assert.equal(await failuresOf(user.id), 1);
    assert.equal((await tryPassword(password)).status, 200);
    assert.equal(await failuresOf(user.id), 0);
  });

  it('leaves those alone who are signed in', async () => {
    const { emailAddress } = await newPerson();
    const signedIn = await open(emailAddress);
    const { response } = await signedIn.tryPassword(password);
    const guesser = await open(emailAddress);
    for (let index = 0; index < 10; index++) await guesser.tryPassword('wrong-password');
    const me = () => signedIn.browser.call('GET', '/me', {}, { sessionId: response.created_session_id });
    const locked = (await me()).response;
    assert.deepEqual([locked.locked, locked.lockout_expires_in_seconds, locked.verification_attempts_remaining], [true, 3600, 0]);
    time += 3600_000;
    const free = (await me()).response;
    assert.deepEqual([free.locked, free.lockout_expires_in_seconds, free.verification_attempts_remaining], [false, null, 10]);
  });
});

describe('C6: a new password', () => {
  const reset = async (emailAddress: string, form: Record<string, string> = {}) => {
    const { step, tryCode } = await open(emailAddress, 'reset_password_email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    assert.equal((await tryCode(code, 'reset_password_email_code')).response.status, 'needs_new_password');
    return step('reset_password', { password: 'orchard-lantern-river', ...form });
  };

  it('voids codes and sign-ins that are half done', async () => {
    const { emailAddress } = await newPerson();
    const waiting = await open(emailAddress, 'email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    const proved = await open(emailAddress, 'reset_password_email_code');
    const [resetCode = ''] = await mailedCodes(api, emailAddress, 2);
    await proved.tryCode(resetCode, 'reset_password_email_code');
    const { step, tryCode } = await open(emailAddress, 'reset_password_email_code');
    const [ownCode = ''] = await mailedCodes(api, emailAddress, 3);
    await tryCode(ownCode, 'reset_password_email_code');
    assert.equal((await step('reset_password', { password: 'orchard-lantern-river' })).status, 200);

    assert.deepEqual(refusal(await waiting.tryCode(code)), [400, 'client_state_invalid']);
    assert.equal((await waiting.get()).response.first_factor_verification.status, 'expired');
    assert.deepEqual(refusal(await proved.step('reset_password', { password: 'river-orchard-lantern' })), [400, 'client_state_invalid']);
  });

  it('ends the other sessions if it is asked to, and only then', async () => {
    const { emailAddress, user } = await newPerson();
    await (await open(emailAddress)).tryPassword(password);
    const answer = await reset(emailAddress, { sign_out_of_other_sessions: 'true' });
    assert.deepEqual((await sessionsOf(user.id)).map(({ status }) => status).sort(), ['active', 'revoked']);
    assert.equal(answer.client.sessions.length, 1);

    const other = await newPerson();
    await (await open(other.emailAddress)).tryPassword(password);
    await reset(other.emailAddress);
    assert.deepEqual(
      (await sessionsOf(other.user.id)).map(({ status }) => status),
      ['active', 'active'],
    );
  });

  it('is set once, however often it comes at the same time', async () => {
    const { emailAddress, user } = await newPerson();
    const { step, tryCode } = await open(emailAddress, 'reset_password_email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    await tryCode(code, 'reset_password_email_code');
    const answers = await atOnce(8, (index) => step('reset_password', { password: `orchard-lantern-river-${index}` }));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.ok(answers.every(({ status }) => status < 500));
    assert.equal((await sessionsOf(user.id)).length, 1);
  });
});

describe('C1: a hash that would be made otherwise today', () => {
  it('is replaced when its password is next used, and only then', async () => {
    const { emailAddress, user } = await newPerson();
    const cheap = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await api.database.updateTable('users').set({ password_hash: cheap }).where('id', '=', user.id).execute();
    const stored = async () =>
      await api.database
        .selectFrom('users')
        .select(['password_hash', 'updated_at', 'password_updated_at'])
        .where('id', '=', user.id)
        .executeTakeFirstOrThrow();
    await (await open(emailAddress)).tryPassword('wrong-password');
    assert.equal((await stored()).password_hash, cheap);
    assert.equal((await (await open(emailAddress)).tryPassword(password)).status, 200);
    const renewed = await stored();
    assert.match(renewed.password_hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(renewed.password_updated_at, user.password_updated_at);
    assert.equal((await (await open(emailAddress)).tryPassword(password)).status, 200);
    assert.equal((await stored()).password_hash, renewed.password_hash);
  });
});

describe('C1: secrets', () => {
  it('are neither in the tables nor in the log', async () => {
    const { emailAddress } = await newPerson();
    const { tryCode, tryPassword } = await open(emailAddress, 'email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    await tryPassword('canary-wrong-password');
    await tryCode(code);
    const stored = await api.database.selectFrom('verifications').selectAll().where('sent_to', '=', emailAddress).execute();
    assert.equal(stored.length, 1);
    for (const { code_hash } of stored) assert.equal(code_hash?.length, 32);
    const tables = JSON.stringify([
      ...stored.map(({ code_hash: _hash, created_at: _created, expire_at: _expire, ...rest }) => rest),
      ...(await api.database.selectFrom('sign_ins').selectAll().where('identifier', '=', emailAddress).execute()).map(
        ({ identifier }) => identifier,
      ),
    ]);
    for (const secret of [code, password, 'canary-wrong-password']) {
      assert.ok(!tables.includes(secret));
      assert.ok(!api.log.some((line) => line.includes(`"${secret}`) || line.includes(`=${secret}`)));
    }
    assert.ok(!api.log.join('').includes('canary-wrong-password'));
  });
});
