/**
 * Attributes that only the server may set, named by a browser in every spelling that some parser understands, to every endpoint that
 * changes something: nothing of them applies (security.md, M2, E7, campaign 4). `ALL_SPELLINGS=1` tries every combination.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { endpoints } from '../../../src/wire/endpoints.ts';
import type { EndpointName } from '../../../src/wire/endpoints.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

const password = 'quiet-marble-lantern';
const document = '{"role":"admin"}';

/** What somebody would like to have. */
const wished: Record<string, string> = {
  public_metadata: document,
  private_metadata: document,
  id: 'user_chosen',
  user_id: 'user_chosen',
  client_id: 'client_chosen',
  session_id: 'sess_chosen',
  external_id: 'ext_chosen',
  status: 'complete',
  role: 'admin',
  actor: 'user_chosen',
  banned: 'false',
  locked: 'false',
  verified: 'true',
  verified_at: '1',
  verifications: document,
  email_addresses: 'chosen@example.com',
  password_hash: 'chosen',
  password_digest: 'chosen',
  password_hasher: 'argon2id',
  skip_password_checks: 'true',
  two_factor_enabled: 'true',
  totp_secret: 'chosen',
  backup_codes: 'chosen',
  failed_attempts: '0',
  locked_until: '0',
  delete_self_enabled: 'true',
  create_organization_enabled: 'true',
  create_organizations_limit: '99',
  created_user_id: 'user_chosen',
  created_session_id: 'sess_chosen',
  last_sign_in_at: '1',
  legal_accepted_at: '1',
  created_at: '1',
  updated_at: '1',
};

const camel = (name: string) => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
const pair = (name: string, value: string) => `${name}=${encodeURIComponent(value)}`;

interface Spelt {
  body?: string;
  query?: string;
  type?: string;
}

/** `isRefused`: the name is understood, so the whole request is. Of the others nothing is understood, and so nothing applies. */
const spellings: [name: string, isRefused: boolean, spell: (name: string, value: string) => Spelt][] = [
  ['snake_case', true, (name, value) => ({ body: pair(name, value) })],
  ['camelCase', true, (name, value) => ({ body: pair(camel(name), value) })],
  ['PascalCase', true, (name, value) => ({ body: pair(camel(`_${name}`), value) })],
  ['upper case', true, (name, value) => ({ body: pair(name.toUpperCase(), value) })],
  ['kebab-case', true, (name, value) => ({ body: pair(name.replaceAll('_', '-'), value) })],
  ['a dotted path', true, (name, value) => ({ body: pair(`${name}.role`, value) })],
  ['brackets', true, (name, value) => ({ body: `${pair(`${name}[role]`, value)}&${pair(`${name}[]`, value)}` })],
  [
    'percent escapes',
    true,
    (name, value) => ({
      body: pair(
        name.replace(/./, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
        value,
      ),
    }),
  ],
  ['spaces around', true, (name, value) => ({ body: pair(`+${name}+`, value) })],
  ['twice', true, (name, value) => ({ body: `${pair(name, 'x')}&${pair(name, value)}` })],
  ['the query', true, (name, value) => ({ query: pair(name, value) })],
  ['inside of another object', false, (name, value) => ({ body: pair(`user[${name}]`, value) })],
  ['a JSON body', false, (name, value) => ({ body: JSON.stringify({ [name]: value }), type: 'application/json' })],
  ['full-width letters', false, (name, value) => ({ body: pair(encodeURIComponent(name.replace(/[a-z]/g, fullWidth)), value) })],
];
const fullWidth = (letter: string) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0);

const mutating = (Object.entries(endpoints) as [EndpointName, { method: string; path: string }][]).filter(
  ([, { method }]) => method !== 'GET',
);
const isThorough = process.env['ALL_SPELLINGS'] === '1';

describe('M2, E7: attributes that only the server may set', () => {
  let api: TestApi;
  let count = 0;
  before(async () => void (api = await startApi({ instance: { users: [] } })));
  after(() => api.stop());

  /** A signed-in person with a sign-up and a sign-in under way in another browser. */
  const start = async () => {
    const emailAddress = `person${count++}@example.com`;
    const { id } = await addUser(api, { emailAddress, password, public_metadata: { role: 'shopper' }, private_metadata: { kept: 1 } });
    const browser = await createFrontendClient(api);
    const sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password })).response
      .created_session_id as string;
    const visitor = await createFrontendClient(api);
    const signUpId = (await visitor.call('POST', '/client/sign_ups', { email_address: `new${count}@example.com` })).response.id as string;
    const signInId = (await visitor.call('POST', '/client/sign_ins', { identifier: emailAddress })).response.id as string;
    return { id, browser, visitor, sessionId, signUpId, signInId };
  };
  type World = Awaited<ReturnType<typeof start>>;

  const send = async (browser: FrontendClient, name: EndpointName, world: World, { body = '', query, type }: Spelt) => {
    const { method, path } = endpoints[name];
    const filled = path.replace(/:(\w+)/g, (_match, parameter: string) =>
      String((world as unknown as Record<string, unknown>)[parameter] ?? 'none'),
    );
    const parameters = [
      '__clerk_api_version=2026-08-20',
      `__clerk_db_jwt=${browser.devBrowser}`,
      ...(method === 'POST' ? [] : [`_method=${method}`]),
      `_clerk_session_id=${world.sessionId}`,
      ...(query === undefined ? [] : [query]),
    ];
    const answer = await fetch(`${api.url}/v1${filled}?${parameters.join('&')}`, {
      method: 'POST',
      headers: { origin: api.url, 'content-type': type ?? 'application/x-www-form-urlencoded' },
      body,
    });
    return { status: answer.status, body: (await answer.json()) as { errors?: { code: string; meta?: { param_name?: string } }[] } };
  };

  /** All that browsers must not write, of the person and of the sign-up; `undefined` for who is no more. */
  const owned = async ({ id, signUpId }: World) => {
    const { rows } = await sql<{ person: string | null; sign_up: string | null }>`select
      (select row_to_json(person)::text from (select external_id, username, public_metadata, private_metadata, password_hash, banned,
        locked_until, failed_attempts, delete_self_enabled, create_organization_enabled, create_organizations_limit, legal_accepted_at,
        created_at, (select json_agg(email_addresses) from email_addresses where user_id = users.id) from users where id = ${id}) as person) as person,
      (select row_to_json(sign_up)::text from (select public_metadata, created_user_id, created_session_id, has_password, status,
        legal_accepted_at from sign_ups where id = ${signUpId}) as sign_up) as sign_up`.execute(api.database);
    return rows[0]?.person ? JSON.stringify(rows) : undefined;
  };

  for (const [index, [name, { method, path }]] of mutating.entries()) {
    it(`${method} ${path} takes none of them`, async () => {
      let world = await start();
      let before = await owned(world);
      const combinations = Object.entries(wished).flatMap(([attribute, value], position) =>
        spellings
          .filter((_spelling, number) => isThorough || number === (position + index) % spellings.length)
          .map((spelling) => ({ attribute, value, spelling })),
      );
      for (const { attribute, value, spelling } of combinations) {
        const [how, isRefused, spell] = spelling;
        for (const browser of [world.browser, world.visitor]) {
          const { status, body } = await send(browser, name, world, spell(attribute, value));
          const label = `${attribute} in ${how}: ${status}`;
          assert.ok(status < 500, label);
          if (isRefused) assert.deepEqual([status, body.errors?.[0]?.code], [422, 'form_param_unknown'], label);
          const after = await owned(world);
          if (after !== undefined || name !== 'deleteUser') assert.equal(after, before, label);
          // Understood nothing of it, and did what it is there for.
          if (status === 200 && /end|remove|revoke|delete/i.test(name)) {
            world = await start();
            before = await owned(world);
          }
        }
      }
    });
  }
});
