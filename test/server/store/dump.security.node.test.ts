/** What somebody learns who reads the whole database: nothing to sign in with (security.md, C1, A10). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { startMailServer } from '../../support/mail-server.ts';
import type { MailServer } from '../../support/mail-server.ts';
import { withSecondFactors } from '../../support/second-factors.ts';
import { addUser } from '../../support/users.ts';

const password = 'canary-violet-harbour';

describe('C1: a dump of the database', () => {
  let api: TestApi;
  let mails: MailServer;
  before(async () => {
    mails = await startMailServer();
    const attributes = {
      ...withSecondFactors.attributes,
      email_address: { first_factors: ['email_code' as const, 'email_link' as const], verifications: ['email_code' as const] },
    };
    api = await startApi({ smtpUrl: mails.url, instance: { attributes, users: [] } });
  });
  after(async () => {
    await api.stop();
    await mails.stop();
  });

  /** Every table row by row, as `COPY` writes it; bytes also as the characters that they may be. */
  const dump = async () => {
    const { rows: tables } = await sql<{ name: string }>`
      select tablename as name from pg_tables where schemaname = 'public'`.execute(api.database);
    const parts = await Promise.all(
      tables.map(async ({ name }) => {
        const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} as t`.execute(api.database);
        return rows.map(({ row }) => `${name} ${row}`);
      }),
    );
    const text = parts.flat().join('\n');
    const bytes = (text.match(/\\x[0-9a-f]+/g) ?? []).map((hex) => Buffer.from(hex.slice(2), 'hex'));
    return [text, ...bytes.flatMap((each) => [each.toString('latin1'), each.toString('base64url')])].join('\n');
  };
  /** As a word of its own: six digits may be part of a time. */
  const isIn = (secret: string, text: string) =>
    /^\d{6}$/.test(secret) ? new RegExp(`(?<![0-9A-Za-z])${secret}(?![0-9A-Za-z])`).test(text) : text.includes(secret);

  it('holds no password, code, link, backup code, app secret, ticket or credential', async () => {
    const emailAddress = 'holder@example.com';
    const backend = createBackendClient(api);
    const secrets: Record<string, string> = { password };
    const { id } = await addUser(api, { emailAddress, password });

    const open = async (strategy: string, more: Record<string, string> = {}) => {
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
      const factor = response.supported_first_factors.find((each: { strategy: string }) => each.strategy === strategy);
      const path = `/client/sign_ins/${response.id}`;
      const form = { strategy, email_address_id: factor.email_address_id, ...more };
      const { status, codes } = await browser.call('POST', `${path}/prepare_first_factor`, form);
      assert.equal(status, 200, codes.join());
      return { browser, path, mail: await mails.next(emailAddress) };
    };
    const codeOf = (mail: string) => /^\d{6}\b/m.exec(mail)?.[0] ?? '';
    const waiting = await open('email_code');
    secrets['a code that waits'] = codeOf(waiting.mail);
    secrets['a wrong password'] = 'canary-wrong-password';
    await waiting.browser.call('POST', `${waiting.path}/attempt_first_factor`, { strategy: 'password', password: 'canary-wrong-password' });
    const used = await open('email_code');
    secrets['a code that was used'] = codeOf(used.mail);
    const done = await used.browser.call('POST', `${used.path}/attempt_first_factor`, { strategy: 'email_code', code: codeOf(used.mail) });
    assert.equal(done.response.status, 'complete');
    secrets['a browser'] = used.browser.devBrowser;
    const { mail } = await open('email_link', { redirect_url: `${api.url}/verify` });
    secrets['a link'] = /token=([\w-]+)/.exec(mail)?.[1] ?? '';

    secrets['an app'] = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    secrets['a backup code'] = 'canarybk';
    const body = { totp_secret: secrets['an app'], backup_codes: [secrets['a backup code']] };
    assert.equal((await backend('PATCH', `/users/${id}`, { body })).status, 200);
    secrets['a ticket'] = (await backend('POST', '/sign_in_tokens', { body: { user_id: id } })).body.token as string;
    secrets['a session token'] = (await backend('POST', `/sessions/${done.response.created_session_id}/tokens`)).body.jwt as string;

    const text = await dump();
    assert.ok(isIn(emailAddress, text) && isIn(id, text) && /^users /m.test(text), 'the dump is one');
    for (const [what, secret] of Object.entries(secrets)) {
      assert.ok(secret.length >= 6, `${what}: ${JSON.stringify(secret)}`);
      assert.ok(!isIn(secret, text), `${what} is in the dump`);
    }
  });

  it('does not tell who has the same password', async () => {
    const rows = await Promise.all(
      ['one', 'two'].map(async (name) => {
        const body = { email_address: [`${name}@example.com`], password };
        const { id } = (await createBackendClient(api)('POST', '/users', { body })).body as { id: string };
        return api.database.selectFrom('users').select('password_hash').where('id', '=', id).executeTakeFirstOrThrow();
      }),
    );
    const [one = '', other = ''] = rows.map(({ password_hash }) => password_hash ?? '');
    assert.match(one, /^\$argon2id\$/);
    assert.notEqual(one.split('$').at(-2), other.split('$').at(-2), 'each has a salt of its own');
    assert.notEqual(one, other);
  });
});
