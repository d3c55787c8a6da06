/** Unsafe metadata of a sign-up: given at any step, kept across every kind of sign-up, the user's in the end (dossier part 2, §1.8). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { testNumber } from '../../support/phone-numbers.ts';
import { mailedCodes } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const first = '{"birthday":"11-30-1969","toString":{"constructor":null},"hasOwnProperty":[null,{"prototype":1}]}';
const second = '{"plan":"pro","nested":{"a":{"b":[]}},"":"𝄞"}';

type Form = Record<string, string>;

/** Goes from a started sign-up to the answer with the user; `form` goes with each step that takes one. */
interface Kind {
  instance: SettingsFile;
  /** What the sign-up starts with, beside an email address. */
  start: Form | ((api: TestApi) => Form | Promise<Form>);
  /** The further steps. */
  finish: (signUp: Steps) => Promise<FrontendAnswer>;
}

interface Steps {
  api: TestApi;
  emailAddress: string;
  change: (form: Form) => Promise<FrontendAnswer>;
  prove: (code?: string, strategy?: string) => Promise<FrontendAnswer>;
}

const emailCode: SettingsFile['attributes'] = { email_address: { enabled: true, required: true } };
const noProof: SettingsFile['attributes'] = { email_address: { enabled: true, required: true, verify_at_sign_up: false } };

const noAddress: SettingsFile['attributes'] = { email_address: { enabled: false, required: false } };

/** What somebody starts with who has been invited. */
async function invite(api: TestApi): Promise<Form> {
  const body = { email_address: `guest-${crypto.randomUUID()}@example.com`, notify: false };
  const invitation = (await createBackendClient(api)('POST', '/invitations', { body })).body as { url: string };
  return { strategy: 'ticket', ticket: new URL(invitation.url).searchParams.get('ticket') ?? '' };
}

const kinds: Record<string, Kind> = {
  'a password and a code': { instance: {}, start: { password }, finish: ({ prove }) => prove() },
  'a code alone': {
    instance: { attributes: { ...emailCode, password: { enabled: false, required: false } } },
    start: {},
    finish: ({ prove }) => prove(),
  },
  'the code of test addresses': { instance: {}, start: { password }, finish: ({ prove }) => prove('424242') },
  'a code first, then the password': {
    instance: {},
    start: {},
    finish: async ({ prove, change }) => {
      assert.equal((await prove()).response.status, 'missing_requirements');
      return change({ password });
    },
  },
  'a username and no address': {
    instance: { attributes: { ...noAddress, username: { enabled: true, required: true } } },
    start: { username: 'ann_lee' },
    finish: ({ change }) => change({ password }),
  },
  'a phone number and its code': {
    instance: { attributes: { ...noAddress, phone_number: { enabled: true, required: true } } },
    start: () => ({ phone_number: testNumber(), password }),
    finish: ({ prove }) => prove('424242', 'phone_code'),
  },
  'an address and a phone number, both proved': {
    instance: { attributes: { ...emailCode, phone_number: { enabled: true, required: true } } },
    start: { password },
    finish: async ({ prove, change }) => {
      assert.equal((await prove()).response.status, 'missing_requirements');
      await change({ phone_number: testNumber() });
      return prove('424242', 'phone_code');
    },
  },
  'an invitation': { instance: {}, start: invite, finish: ({ change }) => change({ password }) },
  'an address without proof': { instance: { attributes: noProof }, start: {}, finish: ({ change }) => change({ password }) },
  'names, a username and consent': {
    instance: {
      attributes: {
        ...emailCode,
        username: { enabled: true, required: true },
        first_name: { enabled: true, required: true },
        last_name: { enabled: true, required: false },
      },
      sign_up: { legal_consent: true },
    },
    start: { password, username: 'ann_lee' },
    finish: async ({ prove, change }) => {
      await prove();
      return change({ first_name: 'Ann', legal_accepted: 'true' });
    },
  },
  'an instance that does not tell who exists': {
    instance: { enumeration_protection: true },
    start: { password },
    finish: ({ prove }) => prove(),
  },
};

const stepsOf = (api: TestApi, browser: FrontendClient, id: string, emailAddress: string): Steps => ({
  api,
  emailAddress,
  change: (form) => browser.call('PATCH', `/client/sign_ups/${id}`, form),
  prove: async (code, strategy = 'email_code') => {
    const path = `/client/sign_ups/${id}`;
    await browser.call('POST', `${path}/prepare_verification`, { strategy });
    const given = code ?? (await mailedCodes(api, emailAddress))[0] ?? '';
    return browser.call('POST', `${path}/attempt_verification`, { strategy, code: given });
  },
});

for (const [name, { instance, start, finish }] of Object.entries(kinds)) {
  describe(`a sign-up with ${name}`, () => {
    let api: TestApi;
    let count = 0;
    before(async () => void (api = await startApi({ instance: { users: [], ...instance } })));
    after(() => api.stop());

    const begin = async (form: Form) => {
      const browser = await createFrontendClient(api);
      const number = count++;
      const emailAddress = name.includes('test addresses') ? `new${number}+clerk_test@example.com` : `new${number}@example.com`;
      const given = typeof start === 'function' ? await start(api) : start;
      const hasAddress = instance.attributes?.email_address?.enabled !== false && given['ticket'] === undefined;
      const own = { ...given, ...(given['username'] !== undefined && { username: `${given['username']}${number}` }) };
      const answer = await browser.call('POST', '/client/sign_ups', {
        ...own,
        ...(hasAddress && { email_address: emailAddress }),
        ...form,
      });
      assert.equal(answer.response.status, 'missing_requirements', JSON.stringify(answer.body));
      const steps = stepsOf(api, browser, answer.response.id as string, emailAddress);
      return { browser, id: answer.response.id as string, answer, steps };
    };

    const assertHandedOver = async (
      { browser, id, complete }: { browser: FrontendClient; id: string; complete: FrontendAnswer },
      document: string,
    ) => {
      assert.deepEqual([complete.response.status, complete.codes], ['complete', []]);
      const [{ user }] = complete.client.sessions;
      assert.deepEqual(user.unsafe_metadata, JSON.parse(document));
      assert.deepEqual(user.public_metadata, {});
      const signUp = (await browser.call('GET', `/client/sign_ups/${id}`)).response;
      assert.deepEqual([signUp.unsafe_metadata, signUp.created_user_id], [JSON.parse(document), user.id]);
      const { body } = await createBackendClient(api)('GET', `/users/${user.id}`);
      assert.deepEqual([body.unsafe_metadata, body.public_metadata, body.private_metadata], [JSON.parse(document), {}, {}]);
      return user.id as string;
    };

    it('hands over what it was started with', async () => {
      const { browser, id, answer, steps } = await begin({ unsafe_metadata: first });
      assert.deepEqual(answer.response.unsafe_metadata, JSON.parse(first));
      assert.deepEqual(answer.client.sign_up.unsafe_metadata, JSON.parse(first));
      await assertHandedOver({ browser, id, complete: await finish(steps) }, first);
    });

    it('hands over what came last: each update replaces', async () => {
      const { browser, id, steps } = await begin({ unsafe_metadata: first });
      assert.deepEqual((await steps.change({ unsafe_metadata: '{"a":{"b":1}}' })).response.unsafe_metadata, { a: { b: 1 } });
      assert.deepEqual((await steps.change({ unsafe_metadata: second })).response.unsafe_metadata, JSON.parse(second));
      // Steps that do not speak of it leave it alone.
      assert.deepEqual((await steps.change({ locale: 'fr' })).response.unsafe_metadata, JSON.parse(second));
      await assertHandedOver({ browser, id, complete: await finish(steps) }, second);
    });

    it('hands over what came with an update alone, and nothing where nothing was given', async () => {
      const later = await begin({});
      await later.steps.change({ unsafe_metadata: second });
      await assertHandedOver({ ...later, complete: await finish(later.steps) }, second);
      const never = await begin({});
      await assertHandedOver({ ...never, complete: await finish(never.steps) }, '{}');
    });

    it('keeps what it has when an update is refused, and applies nothing of that', async () => {
      const { browser, id, steps } = await begin({ unsafe_metadata: first });
      const large = JSON.stringify({ a: 'x'.repeat(8185) });
      for (const [form, code, parameter] of [
        [{ unsafe_metadata: large }, 'form_param_exceeds_allowed_size', 'unsafe_metadata'],
        [{ unsafe_metadata: '[]' }, 'form_param_value_invalid', 'unsafe_metadata'],
        [{ unsafe_metadata: '{"__proto__":{}}' }, 'form_param_value_invalid', 'unsafe_metadata'],
        [{ unsafe_metadata: second, public_metadata: '{"role":"admin"}' }, 'form_param_unknown', 'public_metadata'],
        [{ unsafe_metadata: second, private_metadata: '{"a":1}' }, 'form_param_unknown', 'private_metadata'],
        [{ unsafe_metadata: second, locale: '?' }, 'form_param_format_invalid', 'locale'],
      ] as const) {
        const { status, errors } = await steps.change({ locale: 'de', ...form });
        assert.deepEqual([status, errors.length, errors[0]?.code, errors[0]?.meta], [422, 1, code, { param_name: parameter }]);
      }
      const { response } = await browser.call('GET', `/client/sign_ups/${id}`);
      assert.deepEqual([response.unsafe_metadata, response.public_metadata, response.locale], [JSON.parse(first), {}, null]);
      const userId = await assertHandedOver({ browser, id, complete: await finish(steps) }, first);

      // Complete: what is the user's now is changed there.
      const late = await steps.change({ unsafe_metadata: second });
      assert.deepEqual([late.status, late.codes], [403, ['sign_up_cannot_be_updated']]);
      assert.deepEqual((await createBackendClient(api)('GET', `/users/${userId}`)).body.unsafe_metadata, JSON.parse(first));
    });

    it('passes on what a backend has put on it, as invitations do', async () => {
      const { id, steps } = await begin({ unsafe_metadata: first });
      await api.database.updateTable('sign_ups').set({ public_metadata: '{"role":"editor"}' }).where('id', '=', id).execute();
      assert.deepEqual((await steps.change({ unsafe_metadata: second })).response.public_metadata, { role: 'editor' });
      const { user } = (await finish(steps)).client.sessions[0];
      assert.deepEqual([user.public_metadata, user.unsafe_metadata], [{ role: 'editor' }, JSON.parse(second)]);
    });

    it('starts afresh with a new attempt of the same browser', async () => {
      const { browser } = await begin({ unsafe_metadata: first });
      assert.deepEqual((await browser.call('POST', '/client/sign_ups')).response.unsafe_metadata, {});
    });
  });
}

describe('a sign-up that is being proved', () => {
  it('hands over what it holds, whichever of an update and the code is first', async () => {
    const api = await startApi({ instance: { users: [] } });
    try {
      const backend = createBackendClient(api);
      for (let round = 0; round < 10; round++) {
        const browser = await createFrontendClient(api);
        const form = { email_address: `race${round}+clerk_test@example.com`, password, unsafe_metadata: first };
        const { id } = (await browser.call('POST', '/client/sign_ups', form)).response as { id: string };
        const path = `/client/sign_ups/${id}`;
        await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' });
        const [update, proof] = await Promise.all([
          browser.call('PATCH', path, { unsafe_metadata: second }),
          browser.call('POST', `${path}/attempt_verification`, { strategy: 'email_code', code: '424242' }),
        ]);
        assert.equal(proof.response.status, 'complete');
        assert.ok(update.status === 200 || update.status === 403, String(update.status));
        const kept = JSON.parse(update.status === 200 ? second : first) as object;
        assert.deepEqual((await browser.call('GET', path)).response.unsafe_metadata, kept);
        assert.deepEqual((await backend('GET', `/users/${proof.response.created_user_id}`)).body.unsafe_metadata, kept);
      }
    } finally {
      await api.stop();
    }
  });
});

describe('an instance that is not open to strangers', () => {
  for (const mode of ['restricted', 'waitlist'] as const) {
    it(`keeps nothing of a sign-up while it is ${mode}`, async () => {
      const api = await startApi({ instance: { users: [], sign_up: { mode } } });
      try {
        const browser = await createFrontendClient(api);
        const answer = await browser.call('POST', '/client/sign_ups', { email_address: 'a@example.com', password, unsafe_metadata: first });
        assert.equal(answer.status, 403);
        assert.deepEqual(await api.database.selectFrom('sign_ups').selectAll().execute(), []);
      } finally {
        await api.stop();
      }
    });
  }
});
