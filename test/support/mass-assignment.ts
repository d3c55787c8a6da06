/**
 * Attributes that only the server may set, in every spelling that some parser understands (security.md, M2, E7): what the test of them and
 * the campaign both send.
 */
import { sql } from 'kysely';
import { endpoints } from '../../src/wire/endpoints.ts';
import type { EndpointName } from '../../src/wire/endpoints.ts';
import type { TestApi } from './api.ts';
import { createFrontendClient } from './frontend-client.ts';
import type { FrontendClient } from './frontend-client.ts';
import { addUser } from './users.ts';

const document = '{"role":"admin"}';

/** What somebody would like to have. */
export const wished: Record<string, string> = {
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

/** How a request carries it. */
export interface Spelt {
  body?: string;
  query?: string;
  type?: string;
}

/** `isRefused`: the name is understood, so the whole request is. Of the others nothing is understood, and so nothing applies. */
export const spellings: [name: string, isRefused: boolean, spell: (name: string, value: string) => Spelt][] = [
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

/** Every endpoint that changes something. */
export const mutating = (Object.entries(endpoints) as [EndpointName, { method: string; path: string }][]).filter(
  ([, { method }]) => method !== 'GET',
);

/** Their success takes away what the next request is about. */
export const endsSomething = (name: EndpointName): boolean => /end|remove|revoke|delete/i.test(name);

/** A signed-in person, with a sign-up and a sign-in under way in another browser. */
export interface World {
  id: string;
  browser: FrontendClient;
  visitor: FrontendClient;
  sessionId: string;
  signUpId: string;
  signInId: string;
}

const password = 'quiet-marble-lantern';
let count = 0;

export async function startWorld(api: Pick<TestApi, 'database' | 'url'>): Promise<World> {
  const emailAddress = `person${count++}@example.com`;
  const { id } = await addUser(api, { emailAddress, password, public_metadata: { role: 'shopper' }, private_metadata: { kept: 1 } });
  const browser = await createFrontendClient(api);
  const sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password })).response
    .created_session_id as string;
  const visitor = await createFrontendClient(api);
  const signUpId = (await visitor.call('POST', '/client/sign_ups', { email_address: `new${count}@example.com` })).response.id as string;
  const signInId = (await visitor.call('POST', '/client/sign_ins', { identifier: emailAddress })).response.id as string;
  return { id, browser, visitor, sessionId, signUpId, signInId };
}

/** Asks an endpoint about what is in this world: status, and code of the refusal. */
export async function sendSpelt(
  api: Pick<TestApi, 'url'>,
  { name, world, browser }: { name: EndpointName; world: World; browser: FrontendClient },
  { body = '', query, type }: Spelt,
): Promise<{ status: number; code: string | undefined }> {
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
  const { errors } = (await answer.json()) as { errors?: { code: string }[] };
  return { status: answer.status, code: errors?.[0]?.code };
}

/** All that browsers must not write; `null` for what is no more. */
export interface Owned {
  person: string | null;
  sign_up: string | null;
}

export async function readOwned({ database }: Pick<TestApi, 'database'>, { id, signUpId }: World): Promise<Owned> {
  const { rows } = await sql<Owned>`select
    (select row_to_json(person)::text from (select external_id, username, public_metadata, private_metadata, password_hash, banned,
      locked_until, failed_attempts, delete_self_enabled, create_organization_enabled, create_organizations_limit, legal_accepted_at,
      created_at, (select json_agg(email_addresses) from email_addresses where user_id = users.id) from users where id = ${id}) as person) as person,
    (select row_to_json(sign_up)::text from (select public_metadata, created_user_id, created_session_id, has_password, status,
      legal_accepted_at from sign_ups where id = ${signUpId}) as sign_up) as sign_up`.execute(database);
  return rows[0] ?? { person: null, sign_up: null };
}

/** Nothing has changed, unless that the endpoint has done what it is there for, and ended it. */
export function isUntouched(name: EndpointName, before: Owned, after: Owned): boolean {
  const isGood = (part: keyof Owned) => after[part] === before[part] || (after[part] === null && endsSomething(name));
  return isGood('person') && isGood('sign_up');
}
