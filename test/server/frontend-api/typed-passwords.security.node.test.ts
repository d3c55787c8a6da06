/** What somebody typed is what is checked, from the form to the hash (security.md, C2). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

const start = 'x'.repeat(71);

/** One password, and what is another one or the same. */
const cases: [what: string, stored: string, others: string[], same: string[]][] = [
  ['72 characters', `${start}1`, [`${start}2`, start, `${start}1 `, ` ${start}1`, `${start}1\0`], []],
  // 256 bytes: more than bcrypt's 72.
  ['64 emoji', '🦊'.repeat(64), ['🦊'.repeat(63), '🦊'.repeat(65), `${'🦊'.repeat(63)}🐻`, '�'.repeat(64)], []],
  ['a NUL inside', 'before\0after', ['before', 'before\0', 'before\0after2', 'beforeafter'], []],
  ['spaces', '  two  spaces  ', ['two  spaces', ' two spaces ', '  two  spaces '], []],
  ['marks', 'Crème brûlée', ['Creme brulee', 'crème brûlée'], ['Crème brûlée'.normalize('NFD'), 'Ｃrème brûlée']],
  ['line breaks and quotes', '"; drop\r\n--\t\'', ['"; drop\n--\t\'', '"; drop'], []],
];

describe('C2: a password', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({ instance: { users: [], lockout: { max_attempts: 100 } } });
  });
  after(() => api.stop());

  const signIn = async (identifier: string, password: string) =>
    (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier, password });

  for (const [index, [what, stored, others, same]] of cases.entries()) {
    it(`with ${what} is what was typed, to the last character`, async () => {
      const emailAddress = `typist-${index}@example.com`;
      await addUser(api, { emailAddress, password: stored });
      for (const other of others)
        assert.deepEqual((await signIn(emailAddress, other)).codes, ['form_password_incorrect'], JSON.stringify(other));
      for (const right of [stored, ...same]) assert.equal((await signIn(emailAddress, right)).status, 200, JSON.stringify(right));
    });
  }

  it('of a megabyte is refused before anything is hashed', async () => {
    await addUser(api, { emailAddress: 'giant@example.com', password: 'quiet-marble-lantern' });
    const browser = await createFrontendClient(api);
    const body = new URLSearchParams({ identifier: 'giant@example.com', password: 'x'.repeat(1_000_000) }).toString();
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const began = performance.now();
      const answer = await fetch(`${api.url}/v1/client/sign_ins?__clerk_db_jwt=${browser.devBrowser}`, {
        method: 'POST',
        headers: { origin: api.url, 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
      times.push(performance.now() - began);
      assert.equal(answer.status, 413);
    }
    // The best of them, and ten times what it takes at most: the machine may be busy.
    assert.ok(Math.min(...times) < 500, `${Math.min(...times)} ms`);
    const { failed_attempts } = await api.database.selectFrom('users').select('failed_attempts').executeTakeFirstOrThrow();
    assert.equal(failed_attempts, 0, 'nothing was judged');
  });
});
