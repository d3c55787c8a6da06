/** Many writers at the same time: no key is lost, no limit passed, nobody meets an error that is not theirs (security.md, D6). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import type { BackendCall } from '../support/backend-client.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import type { FrontendClient } from '../support/frontend-client.ts';
import { addUser } from '../support/users.ts';

const password = 'quiet-marble-lantern';
const times = <Result>(count: number, work: (index: number) => Result) => Array.from({ length: count }, (_item, index) => work(index));

interface Person {
  id: string;
  emailAddress: string;
  browser: FrontendClient;
  sessionId: string;
}

describe('D6: writers at the same time', () => {
  let api: TestApi;
  let backend: BackendCall;
  let count = 0;
  /** Where the server's clock stands; undefined while it runs. */
  let stoppedAt: number | undefined;
  before(async () => {
    const now = () => stoppedAt ?? Date.now();
    api = await startApi({ instance: { users: [], attributes: { first_name: { enabled: true } } }, now });
    backend = createBackendClient(api);
  });
  after(() => api.stop());

  const createPerson = async (metadata: { unsafe_metadata?: Record<string, unknown> } = {}): Promise<Person> => {
    const emailAddress = `writer${count++}@example.com`;
    const { id } = await addUser(api, { emailAddress, password, ...metadata });
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    return { id, emailAddress, browser, sessionId: response.created_session_id as string };
  };
  /** A server that has too much to do says so with 503, has done nothing then, and is asked again. */
  const patiently = async <Answer extends { status: number }>(ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = await ask();
    return answer.status === 503 ? patiently(ask) : answer;
  };
  const ways = {
    browser: ({ browser, sessionId }: Person, patch: object) =>
      patiently(() => browser.call('PATCH', '/me/metadata', { unsafe_metadata: JSON.stringify(patch) }, { sessionId })),
    backend: ({ id }: Person, patch: object) =>
      patiently(() => backend('PATCH', `/users/${id}/metadata`, { body: { unsafe_metadata: patch } })),
  };
  const read = async ({ id }: Person) => (await backend('GET', `/users/${id}`)).body;

  it('keep all their keys: 50 in the browser and 50 in backends, with keys inside of each other’s objects', async () => {
    const person = await createPerson({ unsafe_metadata: { kept: true } });
    const answers = await Promise.all(
      times(50, (index) => [
        ways.browser(person, { [`browser${index}`]: index, shared: { [`b${index}`]: [index] } }),
        ways.backend(person, { [`backend${index}`]: index, shared: { [`s${index}`]: { index } } }),
      ]).flat(),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.deepEqual((await read(person)).unsafe_metadata, {
      kept: true,
      ...Object.fromEntries(times(50, (index) => [`browser${index}`, index])),
      ...Object.fromEntries(times(50, (index) => [`backend${index}`, index])),
      shared: {
        ...Object.fromEntries(times(50, (index) => [`b${index}`, [index]])),
        ...Object.fromEntries(times(50, (index) => [`s${index}`, { index }])),
      },
    });
  });

  it('keep what others write into other kinds and other attributes', async () => {
    const person = await createPerson();
    const answers = await Promise.all([
      ...times(10, (index) => ways.browser(person, { [`unsafe${index}`]: index })),
      ...times(10, (index) =>
        backend('PATCH', `/users/${person.id}/metadata`, { body: { public_metadata: { [`public${index}`]: index } } }),
      ),
      ...times(10, (index) =>
        backend('PATCH', `/users/${person.id}/metadata`, { body: { private_metadata: { [`private${index}`]: index } } }),
      ),
      backend('PATCH', `/users/${person.id}`, { body: { external_id: 'ext_1' } }),
      person.browser.call('PATCH', '/me', { first_name: 'Ann' }, { sessionId: person.sessionId }),
    ]);
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    const user = await read(person);
    for (const [kind, name] of [
      ['unsafe_metadata', 'unsafe'],
      ['public_metadata', 'public'],
      ['private_metadata', 'private'],
    ] as const) {
      assert.deepEqual(user[kind], Object.fromEntries(times(10, (index) => [`${name}${index}`, index])));
    }
    assert.deepEqual([user.first_name, user.external_id], ['Ann', 'ext_1']);
  });

  it('that do not fit together: exactly one of two is accepted, and the limit holds', async () => {
    for (let round = 0; round < 5; round++) {
      for (const [one, other] of [
        ['browser', 'browser'],
        ['browser', 'backend'],
        ['backend', 'backend'],
      ] as const) {
        const person = await createPerson();
        const answers = await Promise.all([
          ways[one](person, { one: 'x'.repeat(5_000) }),
          ways[other](person, { other: 'x'.repeat(5_000) }),
        ]);
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
        const { unsafe_metadata } = await read(person);
        assert.equal(JSON.stringify(unsafe_metadata).length, answers[0]?.status === 200 ? 5_010 : 5_012);
      }
    }
  });

  it('see updated_at grow with each of their writes, and the last answer is what is stored', async () => {
    const person = await createPerson();
    const before = await read(person);
    stoppedAt = before.updated_at as number;
    const answers = await Promise.all(times(20, (index) => ways.backend(person, { n: index })));
    stoppedAt = undefined;
    const user = await read(person);
    // All of them in one millisecond, and each later than the one before.
    assert.equal(user.updated_at, before.updated_at + 20);
    const latest = answers.map(({ body }) => body.updated_at as number).sort((one, other) => one - other);
    assert.equal(latest.at(-1), user.updated_at);
    // An answer may already tell of a later write, never of an earlier one.
    for (const { body } of answers) assert.ok(body.updated_at >= (latest[0] ?? 0));
    assert.ok(user.unsafe_metadata.n in answers);
  });

  it('who remove a key and who write it leave one of the two, never a half', async () => {
    const person = await createPerson({ unsafe_metadata: { a: { x: 1, y: 2 }, kept: 1 } });
    const answers = await Promise.all(
      times(20, (index) => (index % 2 ? ways.browser(person, { a: null }) : ways.backend(person, { a: { x: 1, y: 2 } }))),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    const { unsafe_metadata } = await read(person);
    assert.ok(unsafe_metadata.a === undefined || JSON.stringify(unsafe_metadata.a) === JSON.stringify({ x: 1, y: 2 }));
    assert.equal(unsafe_metadata.kept, 1);
  });

  for (const by of ['backend', 'browser'] as const) {
    it(`of a user whom a ${by} deletes meanwhile are done or refused, and never fail`, async () => {
      for (let round = 0; round < 5; round++) {
        const person = await createPerson();
        const { id, browser, sessionId, emailAddress } = person;
        const elsewhere = await createFrontendClient(api);
        await elsewhere.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
        const newcomer = await createFrontendClient(api);
        const remove = () => (by === 'backend' ? backend('DELETE', `/users/${id}`) : browser.call('DELETE', '/me', {}, { sessionId }));
        const writes = () => [
          ways.browser(person, { a: 1 }),
          ways.backend(person, { b: 2 }),
          backend('PUT', `/users/${id}/metadata`, { body: { private_metadata: { c: 3 } } }),
          backend('PATCH', `/users/${id}`, { body: { public_metadata: { d: 4 }, sign_out_of_other_sessions: round % 2 === 0 } }),
          backend('POST', `/users/${id}/ban`),
          backend('POST', `/users/${id}/unban`),
          backend('POST', '/sessions', { body: { user_id: id } }),
          newcomer.call('POST', '/client/sign_ins', { identifier: emailAddress, password }),
        ];
        const answers = await Promise.all([...writes(), remove(), ...writes()]);
        for (const { status, body } of answers) assert.ok(status < 500, `${status} ${JSON.stringify(body)}`);
        // A ban in between may have signed out who wanted to delete.
        if ((await read(person)).object === 'user') assert.equal(by, 'browser');
      }
    });
  }
});
