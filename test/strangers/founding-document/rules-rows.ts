/** What the document says of the three kinds themselves: who may read and write, and how much. */
import assert from 'node:assert/strict';
import { before, describe } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import { backend } from './backend.ts';
import { shows } from './table.ts';

const password = 'violet-harbour-lantern';
const canary = 'c4n4ry-of-private-metadata';
let count = 0;

/** Metadata whose JSON has so many bytes, in fewer characters. */
const ofBytes = (bytes: number) => ({ text: `é${'x'.repeat(bytes - 2 - '{"text":""}'.length)}` });

/** Somebody who is signed in, with a browser. */
interface SignedIn {
  userId: string;
  browser: FrontendClient;
  /** Below `/v1`, as the signed-in user. */
  call(method: string, path: string, form?: Record<string, string>): Promise<FrontendAnswer>;
}

export function ruleRows(): void {
  describe('the three kinds', () => {
    let clerk: ClerkClient;
    before(() => {
      clerk = createOfficialBackend(backend);
    });

    const signedIn = async (metadata: Parameters<ClerkClient['users']['createUser']>[0] = {}): Promise<SignedIn> => {
      const emailAddress = `kinds${count++}@example.com`;
      const { id: userId } = await clerk.users.createUser({ emailAddress: [emailAddress], password, ...metadata });
      const browser = await createFrontendClient(backend);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      const sessionId = response.created_session_id as string;
      return { userId, browser, call: (method, path, form) => browser.call(method, path, form, { sessionId }) };
    };

    shows('three-kinds', async () => {
      const metadata = { publicMetadata: { a: 1 }, privateMetadata: { b: 2 }, unsafeMetadata: { c: 3 } };
      const { userId, call } = await signedIn(metadata);
      const { publicMetadata, privateMetadata, unsafeMetadata } = await clerk.users.getUser(userId);
      assert.deepEqual({ publicMetadata, privateMetadata, unsafeMetadata }, metadata);
      const { response } = await call('GET', '/me');
      const names = Object.keys(response).filter((name) => name.includes('metadata'));
      assert.deepEqual(names.sort(), ['public_metadata', 'unsafe_metadata']);
      assert.deepEqual([response.public_metadata, response.unsafe_metadata], [{ a: 1 }, { c: 3 }]);
    });

    shows('limit', async () => {
      const { userId, call } = await signedIn();
      for (const name of ['publicMetadata', 'privateMetadata', 'unsafeMetadata'] as const) {
        await clerk.users.updateUserMetadata(userId, { [name]: ofBytes(8192) });
        assert.equal(Buffer.byteLength(JSON.stringify((await clerk.users.getUser(userId))[name])), 8192);
        await assert.rejects(clerk.users.updateUserMetadata(userId, { [name]: ofBytes(8193) }), (error) => {
          assert.ok(isClerkAPIResponseError(error));
          const [item] = error.errors;
          const parameter = name.replace('M', '_m');
          assert.deepEqual([error.status, item?.code, item?.meta?.paramName], [422, 'form_param_exceeds_allowed_size', parameter]);
          return true;
        });
        assert.deepEqual((await clerk.users.getUser(userId))[name], ofBytes(8192));
      }
      for (const path of ['/me', '/me/metadata']) {
        const write = (bytes: number) => call('PATCH', path, { unsafe_metadata: JSON.stringify(ofBytes(bytes)) });
        const { status, codes } = await write(8193);
        assert.deepEqual([status, codes], [422, ['form_param_exceeds_allowed_size']], path);
        assert.equal((await write(8192)).status, 200, path);
      }
    });

    shows('private-only-for-backend', async () => {
      const { userId, browser, call } = await signedIn({ privateMetadata: { stripeId: canary } });
      const refused = await call('PATCH', '/me', { private_metadata: '{"stripeId":"mine"}' });
      assert.equal(refused.status, 422);
      const unsafe = { unsafe_metadata: '{"private_metadata":{"stripeId":"mine"}}' };
      const answers = [
        refused,
        await browser.call('GET', '/client'),
        await call('GET', '/me'),
        await call('PATCH', '/me', unsafe),
        await call('PATCH', '/me/metadata', unsafe),
        await call('GET', '/me/sessions/active'),
      ];
      const sessionId = answers[1]!.response.sessions[0].id as string;
      const token = await browser.call('POST', `/client/sessions/${sessionId}/tokens`);
      for (const { status, body } of answers.slice(1)) assert.equal(status, 200, JSON.stringify(body));
      assert.equal(token.status, 200);
      const told = JSON.stringify([...answers, token].map(({ headers, body }) => [[...headers], body]));
      assert.ok(told.includes('unsafe_metadata'));
      assert.doesNotMatch(told, new RegExp(canary));
      const claims = Buffer.from((token.body.jwt as string).split('.')[1] ?? '', 'base64url').toString();
      assert.doesNotMatch(claims, new RegExp(canary));
      assert.deepEqual((await clerk.users.getUser(userId)).privateMetadata, { stripeId: canary });
    });

    shows('get-user-has-private', async () => {
      const { userId } = await signedIn({ privateMetadata: { stripeId: canary } });
      assert.deepEqual((await clerk.users.getUser(userId)).privateMetadata, { stripeId: canary });
    });

    shows('public-for-both', async () => {
      const { userId, call } = await signedIn();
      await clerk.users.updateUserMetadata(userId, { publicMetadata: { role: 'shopper' } });
      assert.deepEqual((await clerk.users.getUser(userId)).publicMetadata, { role: 'shopper' });
      assert.deepEqual((await call('GET', '/me')).response.public_metadata, { role: 'shopper' });
    });

    shows('public-set-by-backend', async () => {
      const { userId, call } = await signedIn({ publicMetadata: { role: 'shopper' } });
      const stranger = await createFrontendClient(backend);
      const { response: signUp } = await stranger.call('POST', '/client/sign_ups', {});
      const mine = { public_metadata: '{"role":"admin"}', unsafe_metadata: '{"a":1}' };
      for (const answer of [
        await call('PATCH', '/me', mine),
        await call('PATCH', '/me/metadata', mine),
        await stranger.call('PATCH', `/client/sign_ups/${signUp.id}`, mine),
        await stranger.call('POST', '/client/sign_ups', mine),
      ]) {
        const [item] = answer.errors;
        assert.deepEqual([answer.status, item?.code, item?.meta?.['param_name']], [422, 'form_param_unknown', 'public_metadata']);
      }
      const { response: unchanged } = await stranger.call('GET', `/client/sign_ups/${signUp.id}`);
      assert.deepEqual([unchanged.public_metadata, unchanged.unsafe_metadata], [{}, {}]);
      const { publicMetadata, unsafeMetadata } = await clerk.users.getUser(userId);
      assert.deepEqual([publicMetadata, unsafeMetadata], [{ role: 'shopper' }, {}]);
    });

    shows('unsafe-for-both', async () => {
      const { userId, call } = await signedIn();
      await call('PATCH', '/me', { unsafe_metadata: '{"birthday":"11-30-1969"}' });
      assert.deepEqual((await clerk.users.getUser(userId)).unsafeMetadata, { birthday: '11-30-1969' });
      await clerk.users.updateUserMetadata(userId, { unsafeMetadata: { plan: 'free' } });
      assert.deepEqual((await call('GET', '/me')).response.unsafe_metadata, { birthday: '11-30-1969', plan: 'free' });
    });

    const readsSignUp = async (browser: FrontendClient, id: string) =>
      (await browser.call('GET', `/client/sign_ups/${id}`)).response.unsafe_metadata as unknown;

    shows('unsafe-at-sign-up-create', async () => {
      for (const more of [{}, { email_address: `create${count++}@example.com`, password }]) {
        const browser = await createFrontendClient(backend);
        const form = { ...more, unsafe_metadata: '{"birthday":"11-30-1969","deep":{"fooBar":[1,null]}}' };
        const { status, response } = await browser.call('POST', '/client/sign_ups', form);
        assert.equal(status, 200);
        assert.deepEqual(response.unsafe_metadata, { birthday: '11-30-1969', deep: { fooBar: [1, null] } });
        assert.deepEqual(await readsSignUp(browser, response.id), response.unsafe_metadata);
      }
    });

    shows('unsafe-at-sign-up-update', async () => {
      const browser = await createFrontendClient(backend);
      const { response } = await browser.call('POST', '/client/sign_ups', { email_address: `update${count++}@example.com` });
      assert.deepEqual(response.unsafe_metadata, {});
      const path = `/client/sign_ups/${response.id}`;
      const { status } = await browser.call('PATCH', path, { password, unsafe_metadata: '{"birthday":"11-30-1969"}' });
      assert.equal(status, 200);
      assert.deepEqual(await readsSignUp(browser, response.id), { birthday: '11-30-1969' });
    });
  });
}
