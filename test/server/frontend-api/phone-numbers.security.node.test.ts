/** Racing, guessing and asking who exists, with phone numbers (security.md, C3, C4, C5, C9, C10). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { testNumber, withEither } from '../../support/phone-numbers.ts';
import { CookieBrowser, startProductionApi } from '../../support/production.ts';
import { StartError } from '../../../demo/server/start-error.ts';
import { addUser, mailedCodes } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const code = '424242';
const refusal = ({ status, codes }: FrontendAnswer) => [status, ...codes].join(' ');
const tally = (answers: FrontendAnswer[]) => {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[refusal(answer)] = (counts[refusal(answer)] ?? 0) + 1;
  return counts;
};
const atOnce = <Result>(times: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));

describe('phone numbers under attack', () => {
  let api: TestApi;
  let time = Date.now();
  let count = 0;
  before(async () => {
    api = await startApi({ now: () => time, instance: { ...withEither, users: [] } });
  });
  after(() => api.stop());

  /** A sign-up that has a code. */
  const openSignUp = async (phoneNumber: string) => {
    time += 1;
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ups', { phone_number: phoneNumber, password });
    const path = `/client/sign_ups/${response.id}`;
    await browser.call('POST', `${path}/prepare_verification`, { strategy: 'phone_code' });
    return (given: string) => browser.call('POST', `${path}/attempt_verification`, { strategy: 'phone_code', code: given });
  };
  const openSignIn = async (phoneNumber: string) => {
    time += 60_000;
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: phoneNumber, strategy: 'phone_code' });
    const path = `/client/sign_ins/${response.id}`;
    return (given: string) => browser.call('POST', `${path}/attempt_first_factor`, { strategy: 'phone_code', code: given });
  };
  const newPerson = async () => {
    const phoneNumber = `+1415556${String(++count).padStart(4, '0')}`;
    const user = await addUser(api, { emailAddress: `attacked${count}@example.com`, phoneNumber, password }, time);
    return { user, phoneNumber };
  };
  const ownersOf = (phoneNumber: string) =>
    api.database.selectFrom('phone_numbers').select('user_id').where('phone_number', '=', phoneNumber).execute();

  it('make one user of 20 sign-ups of one number that are proved at the same time', async () => {
    const number = testNumber();
    const attempts: Awaited<ReturnType<typeof openSignUp>>[] = [];
    for (let index = 0; index < 20; index++) attempts.push(await openSignUp(number));
    const answers = await atOnce(20, (index) => attempts[index]!(code));
    assert.deepEqual(tally(answers), { 200: 1, '400 identification_claimed': 19 });
    assert.equal((await ownersOf(number)).length, 1);
    const users = await api.database.selectFrom('users').select('id').where('password_hash', 'is not', null).execute();
    const owned = await api.database.selectFrom('phone_numbers').select('user_id').execute();
    assert.equal(users.length, owned.length, 'no half user is left');
  });

  it('make one user of 20 right codes for one sign-up', async () => {
    const number = testNumber();
    const attempt = await openSignUp(number);
    assert.deepEqual(tally(await atOnce(20, () => attempt(code))), { 200: 1, '400 verification_already_verified': 19 });
    assert.equal((await ownersOf(number)).length, 1);
  });

  it('sign in once with one code', async () => {
    const { user, phoneNumber } = await newPerson();
    const attempt = await openSignIn(phoneNumber);
    const [sent = ''] = await mailedCodes(api, phoneNumber);
    const answers = await atOnce(32, () => attempt(sent));
    assert.deepEqual(tally(answers), { 200: 1, '400 verification_already_verified': 31 });
    const sessions = await api.database.selectFrom('sessions').select('id').where('user_id', '=', user.id).execute();
    assert.equal(sessions.length, 1);
  });

  it('take no code that was sent for something else, to somebody else, or before the last one', async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    const attempt = await openSignIn(one.phoneNumber);
    const [first = ''] = await mailedCodes(api, one.phoneNumber);
    const attemptOther = await openSignIn(other.phoneNumber);
    const [theirs = ''] = await mailedCodes(api, other.phoneNumber);
    if (theirs !== first) assert.equal(refusal(await attempt(theirs)), '422 form_code_incorrect');
    if (theirs !== first) assert.equal(refusal(await attemptOther(first)), '422 form_code_incorrect');
    const again = await openSignIn(one.phoneNumber);
    const [newest = ''] = await mailedCodes(api, one.phoneNumber, 2);
    if (newest !== first) assert.equal(refusal(await again(first)), '422 form_code_incorrect');
    assert.equal((await again(newest)).status, 200);
  });

  it('judge ten codes in all, in whatever spelling the number comes', async () => {
    const { user, phoneNumber } = await newPerson();
    const spellings = [
      phoneNumber,
      `${phoneNumber.slice(0, 2)} ${phoneNumber.slice(2)}`,
      ` ${phoneNumber} `,
      `${phoneNumber.slice(0, 5)}-${phoneNumber.slice(5)}`,
    ];
    const judged: FrontendAnswer[] = [];
    for (const spelling of spellings) {
      const attempt = await openSignIn(spelling);
      judged.push(...(await atOnce(8, () => attempt('1234567'))));
    }
    assert.equal(judged.filter(({ codes }) => codes[0] === 'form_code_incorrect').length, 10);
    const row = await api.database.selectFrom('users').select('failed_attempts').where('id', '=', user.id).executeTakeFirstOrThrow();
    assert.equal(row.failed_attempts, 10);
    const browser = await createFrontendClient(api);
    assert.equal(refusal(await browser.call('POST', '/client/sign_ins', { identifier: phoneNumber })), '403 user_locked');
  });

  it('get ten messages an hour, whatever they are for', async () => {
    const { phoneNumber } = await newPerson();
    const answers = [];
    for (let index = 0; index < 11; index++) {
      time += 31_000;
      const browser = await createFrontendClient(api);
      const strategy = index % 2 ? 'phone_code' : 'reset_password_phone_code';
      answers.push(await browser.call('POST', '/client/sign_ins', { identifier: phoneNumber, strategy }));
    }
    assert.deepEqual(tally(answers), { 200: 10, '429 verification_code_too_many_requests': 1 });
  });
});

describe('strict mode, with phone numbers', () => {
  let api: TestApi;
  const time = Date.now();
  before(async () => {
    const attributes = { email_address: { required: false }, phone_number: { enabled: true, second_factors: ['phone_code' as const] } };
    api = await startApi({ now: () => time, instance: { enumeration_protection: true, attributes, users: [] } });
  });
  after(() => api.stop());

  let count = 0;
  const next = () => `+1415556${String(++count).padStart(4, '0')}`;
  const known = async () => {
    const phoneNumber = next();
    const user = await addUser(api, { emailAddress: `known${count}@example.com`, phoneNumber, password }, time);
    return { user, phoneNumber };
  };

  const shape = ({ status, body }: FrontendAnswer, number: string) => ({
    status,
    // Ids first: by chance they hold the digits too.
    text: JSON.stringify(body)
      .replace(/(sia|sua|idn|client|user)_[0-9A-Za-z]{27}/g, '$1_…')
      .replace(/"clerk_trace_id":"[0-9a-f]{32}"/g, '')
      .replaceAll(number, '+…')
      .replaceAll(number.slice(-4), '…'),
  });
  type Story = (browser: FrontendClient, number: string) => Promise<FrontendAnswer[]>;
  const compare = async (story: Story, numbers: string[]) => {
    const told = [];
    for (const number of numbers) {
      const browser = await createFrontendClient(api);
      told.push((await story(browser, number)).map((answer) => shape(answer, number)));
    }
    for (const other of told.slice(1)) assert.deepEqual(other, told[0]);
    return told[0] ?? [];
  };

  const signInStory: Story = async (browser, identifier) => {
    const created = await browser.call('POST', '/client/sign_ins', { identifier });
    const path = `/client/sign_ins/${created.response.id}`;
    const prepared = await browser.call('POST', `${path}/prepare_first_factor`, { strategy: 'phone_code' });
    const attempts = [];
    for (let index = 0; index < 4; index++) {
      attempts.push(await browser.call('POST', `${path}/attempt_first_factor`, { strategy: 'phone_code', code: '1234567' }));
    }
    const wrong = await browser.call('POST', '/client/sign_ins', { identifier, password: 'wrong-horse-staple' });
    return [created, prepared, ...attempts, wrong];
  };

  it('answers alike to who has a number, who keeps it for the second step, and nobody', async () => {
    const somebody = await known();
    const keeper = await known();
    await api.database
      .updateTable('phone_numbers')
      .set({ reserved_for_second_factor: true })
      .where('user_id', '=', keeper.user.id)
      .execute();
    const answers = await compare(signInStory, [somebody.phoneNumber, keeper.phoneNumber, next()]);
    assert.equal(answers[0]?.status, 200);
    assert.match(answers.at(-1)?.text ?? '', /form_password_or_identifier_incorrect/);
  });

  it('sends nothing to numbers that are nobody’s, and takes no code for them', async () => {
    const number = testNumber();
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: number, strategy: 'phone_code' });
    const answer = await browser.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'phone_code', code });
    assert.equal(refusal(answer), '422 form_code_incorrect');
  });

  it('locks a number that is nobody’s as it locks somebody’s, in any spelling', async () => {
    const story: Story = async (browser, identifier) => {
      const answers = [];
      for (let index = 0; index < 11; index++) {
        const spelling = index % 2 ? identifier : `${identifier.slice(0, 2)} ${identifier.slice(2)}`;
        const answer = await browser.call('POST', '/client/sign_ins', { identifier: spelling, password: `wrong-horse-${index}` });
        answers.push({ ...answer, body: { codes: answer.codes } });
      }
      return answers;
    };
    const answers = await compare(story, [(await known()).phoneNumber, next()]);
    assert.match(answers.at(-1)?.text ?? '', /user_locked/);
  });

  it('answers alike to sign-ups of a taken and of a free number', async () => {
    const story: Story = async (browser, phoneNumber) => {
      const created = await browser.call('POST', '/client/sign_ups', { phone_number: phoneNumber, password });
      const path = `/client/sign_ups/${created.response.id}`;
      const prepared = await browser.call('POST', `${path}/prepare_verification`, { strategy: 'phone_code' });
      const attempted = await browser.call('POST', `${path}/attempt_verification`, { strategy: 'phone_code', code: '1234567' });
      return [created, prepared, attempted];
    };
    const { phoneNumber } = await known();
    await compare(story, [phoneNumber, next()]);
    const messages = (await api.mails()).filter(({ recipient }) => recipient === phoneNumber);
    assert.deepEqual(messages, [], 'its owner is not bothered');
  });

  it('does not tell who is signed in either', async () => {
    const taken = await known();
    const person = await known();
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: person.phoneNumber, password });
    const sessionId = response.created_session_id as string;
    const story: Story = async (_browser, phoneNumber) => {
      const added = await browser.call('POST', '/me/phone_numbers', { phone_number: phoneNumber }, { sessionId });
      const path = `/me/phone_numbers/${added.response.id}`;
      const prepared = await browser.call('POST', `${path}/prepare_verification`, { strategy: 'phone_code' }, { sessionId });
      const attempted = await browser.call('POST', `${path}/attempt_verification`, { code: '1234567' }, { sessionId });
      await browser.call('DELETE', path, {}, { sessionId });
      return [added, prepared, attempted].map((answer) => ({ ...answer, body: { status: answer.status, codes: answer.codes } }));
    };
    await compare(story, [taken.phoneNumber, next()]);
  });
});

describe('a production instance with phone numbers', () => {
  const instance = { attributes: { phone_number: { enabled: true } } };

  it('does not start without a way to send text messages', async () => {
    await assert.rejects(
      startProductionApi({ instance }),
      (error: unknown) => error instanceof StartError && error.message.startsWith('SMS_URL: '),
    );
    await assert.rejects(startProductionApi({ instance, smsUrl: 'pigeon://loft' }), (error: unknown) => error instanceof StartError);
  });

  it('knows no code that is right for every test number', async () => {
    const api = await startProductionApi({ instance, smsUrl: 'http://127.0.0.1:9/messages' });
    try {
      const number = testNumber();
      await addUser(api, { emailAddress: 'production@example.com', phoneNumber: number, password });
      const browser = new CookieBrowser(api.address);
      const { response } = await browser.call('POST', '/v1/client/sign_ins', { form: { identifier: number, strategy: 'phone_code' } });
      const path = `/v1/client/sign_ins/${response.id}/attempt_first_factor`;
      const { status } = await browser.call('POST', path, { form: { strategy: 'phone_code', code } });
      const hashes = await api.database.selectFrom('verifications').select('code_hash').where('sent_to', '=', number).execute();
      assert.deepEqual([status, hashes.length], [422, 1]);
    } finally {
      await api.stop();
    }
  });
});
