/** Racing and guessing at sign-up (security.md, C3, C9, D1, M2). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer } from '../../support/frontend-client.ts';
import { mailedCodes, otherCode } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const atOnce = <Result>(times: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));
const tally = (answers: FrontendAnswer[]) => {
  const counts: Record<string, number> = {};
  for (const { status, codes } of answers) {
    const kind = [status, ...codes].join(' ');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

/** Rows that belong to an address. */
async function rowsOf({ database }: TestApi, normalized: string) {
  const addresses = await database.selectFrom('email_addresses').selectAll().where('email_address_normalized', '=', normalized).execute();
  const userIds = addresses.map(({ user_id }) => user_id);
  const sessions = userIds.length ? await database.selectFrom('sessions').select('id').where('user_id', 'in', userIds).execute() : [];
  const users = await database.selectFrom('users').select('id').execute();
  return { addresses: addresses.length, sessions: sessions.length, users: users.length };
}

describe('C3: sign-up with a proof of the address', () => {
  let api: TestApi;
  let time = Date.now();
  before(async () => {
    api = await startApi({ now: () => time, instance: { users: [] } });
  });
  after(() => api.stop());

  const prepared = async (emailAddress: string) => {
    time += 1;
    const browser = await createFrontendClient(api);
    const created = await browser.call('POST', '/client/sign_ups', { email_address: emailAddress, password });
    assert.equal(created.status, 200);
    const path = `/client/sign_ups/${created.response.id}`;
    const prepare = () => browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' });
    await prepare();
    return {
      browser,
      path,
      prepare,
      tryCode: (code: string) => browser.call('POST', `${path}/attempt_verification`, { strategy: 'email_code', code }),
    };
  };

  it('makes one user of 64 right codes', async () => {
    const { users } = await rowsOf(api, '');
    const { tryCode } = await prepared('one@example.com');
    const [code = ''] = await mailedCodes(api, 'one@example.com');
    assert.deepEqual(tally(await atOnce(64, () => tryCode(code))), { 200: 1, '400 verification_already_verified': 63 });
    assert.deepEqual(await rowsOf(api, 'one@example.com'), { addresses: 1, sessions: 1, users: users + 1 });
  });

  it('judges three of 64 wrong codes', async () => {
    const { tryCode } = await prepared('guess@example.com');
    const [code = ''] = await mailedCodes(api, 'guess@example.com');
    const answers = await atOnce(64, () => tryCode(otherCode(code)));
    assert.deepEqual(tally(answers), { '422 form_code_incorrect': 3, '400 verification_failed': 61 });
  });

  it('makes one user of 8 sign-ups of one address that are proved at the same time', async () => {
    const { users } = await rowsOf(api, '');
    const address = 'many@example.com';
    const attempts: { tryCode: (code: string) => Promise<FrontendAnswer>; code: string }[] = [];
    for (let index = 1; index <= 8; index++) {
      const { tryCode } = await prepared(address);
      attempts.push({ tryCode, code: (await mailedCodes(api, address, index))[0] ?? '' });
    }
    const answers = await Promise.all(attempts.map(({ tryCode, code }) => tryCode(code)));
    assert.deepEqual(tally(answers), { 200: 1, '400 identification_claimed': 7 });
    assert.deepEqual(await rowsOf(api, address), { addresses: 1, sessions: 1, users: users + 1 });
  });

  it('takes no code of another sign-up', async () => {
    const one = await prepared('first@example.com');
    const other = await prepared('second@example.com');
    const [code = ''] = await mailedCodes(api, 'first@example.com');
    const answer = await other.tryCode(code);
    assert.deepEqual(answer.codes, ['form_code_incorrect']);
    assert.equal((await one.tryCode(code)).status, 200);
  });

  it('cannot be given another address while its code is being judged', async () => {
    for (let round = 0; round < 5; round++) {
      const former = `former-${round}@example.com`;
      const { browser, path, tryCode } = await prepared(former);
      const [code = ''] = await mailedCodes(api, former);
      const victim = `victim-${round}@example.com`;
      await Promise.all([tryCode(code), browser.call('PATCH', path, { email_address: victim })]);
      const rows = await rowsOf(api, victim);
      assert.equal(rows.addresses, 0, 'nobody gets an address without its code');
    }
  });

  it('sends the code once to 20 requests at the same time', async () => {
    const { prepare } = await prepared('flood@example.com');
    assert.deepEqual(tally(await atOnce(20, prepare)), { '429 verification_code_too_many_requests': 20 });
    assert.equal((await mailedCodes(api, 'flood@example.com')).length, 1);
  });

  it('takes nothing from the browser that is the server’s to decide', async () => {
    const browser = await createFrontendClient(api);
    for (const name of ['public_metadata', 'private_metadata', 'publicMetadata', 'status', 'created_user_id', 'banned', 'verifications']) {
      const answer = await browser.call('POST', '/client/sign_ups', {
        email_address: 'mass@example.com',
        password,
        [name]: '{"role":"admin"}',
      });
      assert.equal(answer.status, 422, name);
    }
    const ignored = await browser.call('POST', '/client/sign_ups', {
      email_address: 'mass@example.com',
      has_password: 'true',
      email_address_normalized: 'x@y.zz',
    });
    assert.equal(ignored.response.has_password, false);
    assert.equal(ignored.response.email_address, 'mass@example.com');
  });

  it('leaves no hash behind once the user has it', async () => {
    const { tryCode, path } = await prepared('hash@example.com');
    const [code = ''] = await mailedCodes(api, 'hash@example.com');
    await tryCode(code);
    const id = path.split('/').at(-1) ?? '';
    const row = await api.database
      .selectFrom('sign_ups')
      .select(['password_hash', 'has_password'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    assert.deepEqual(row, { password_hash: null, has_password: true });
  });
});

describe('C9: sign-up without a proof of the address', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({ instance: { users: [], attributes: { email_address: { verify_at_sign_up: false } } } });
  });
  after(() => api.stop());

  it('makes one user of 20 sign-ups in as many spellings at the same time', async () => {
    const spellings = ['ann@example.com', 'Ann@Example.com', ' ann@example.com ', 'ann＠example.com', 'ａnn@example.com'];
    const answers = await atOnce(20, async (index) => {
      const browser = await createFrontendClient(api);
      return browser.call('POST', '/client/sign_ups', { email_address: spellings[index % spellings.length] ?? '', password });
    });
    assert.deepEqual(tally(answers), { 200: 1, '422 form_identifier_exists': 19 });
    assert.deepEqual(await rowsOf(api, 'ann@example.com'), { addresses: 1, sessions: 1, users: 1 });
  });
});
