import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { addExternalAccount } from '../../support/external-accounts.ts';

const password = 'copper-lantern-meadow';
let now = 1_800_000_000_000;

describe('/v1/users', () => {
  let api: TestApi;
  let call: BackendCall;
  before(async () => {
    api = await startApi({
      instance: { users: [], attributes: { username: { enabled: true }, password: { enabled: true, required: true } } },
      now: () => now++,
    });
    call = createBackendClient(api);
  });
  after(() => api.stop());

  const create = async (body: object) => {
    const answer = await call('POST', '/users', { body: { password, ...body } });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };

  describe('POST /v1/users', () => {
    it('creates a user with all that it is given', async () => {
      const user = await create({
        external_id: 'crm-1',
        first_name: 'Ada',
        last_name: 'Lovelace',
        locale: 'en-GB',
        username: 'Ada_L',
        email_address: ['Ada@Example.com', 'second@example.com'],
        public_metadata: { role: 'admin' },
        private_metadata: { stripeId: '1' },
        unsafe_metadata: { theme: 'dark' },
        created_at: '2020-02-03T04:05:06Z',
        legal_accepted_at: '2020-02-03T04:05:07.5+01:00',
        delete_self_enabled: false,
        create_organizations_limit: 3,
      });
      const [first, second] = user.email_addresses;
      assert.deepEqual([first.email_address, second.email_address], ['Ada@example.com', 'second@example.com']);
      assert.equal(user.primary_email_address_id, first.id);
      assert.deepEqual([first.verification.status, first.verification.strategy, first.reserved], ['verified', 'admin', false]);
      assert.deepEqual(user.public_metadata, { role: 'admin' });
      assert.deepEqual(user.private_metadata, { stripeId: '1' });
      assert.deepEqual(user.unsafe_metadata, { theme: 'dark' });
      assert.equal(user.created_at, Date.UTC(2020, 1, 3, 4, 5, 6));
      assert.equal(user.legal_accepted_at, Date.UTC(2020, 1, 3, 3, 5, 7, 500));
      assert.deepEqual(
        [user.external_id, user.first_name, user.last_name, user.locale, user.username],
        ['crm-1', 'Ada', 'Lovelace', 'en-GB', 'Ada_L'],
      );
      assert.deepEqual([user.delete_self_enabled, user.create_organizations_limit, user.password_enabled], [false, 3, true]);
      assert.equal('password_hash' in user, false);
    });

    it('reserves an address without proving it', async () => {
      const user = await create({ email_address: ['reserved@example.com'], email_address_identification_status: ['reserved'] });
      assert.deepEqual([user.email_addresses[0].reserved, user.email_addresses[0].verification], [true, null]);
    });

    it('takes metadata as JSON text, as old Node SDKs send it, and null as not given', async () => {
      const user = await create({ email_address: ['text@example.com'], public_metadata: '{"a":{"b":1}}', private_metadata: null });
      assert.deepEqual([user.public_metadata, user.private_metadata, user.unsafe_metadata], [{ a: { b: 1 } }, {}, {}]);
    });

    it('demands what the settings demand, unless told not to', async () => {
      const without = await call('POST', '/users', { body: {} });
      assert.deepEqual([without.status, ...refusals(without)], [422, 'form_data_missing']);
      assert.deepEqual(without.body.errors[0].meta, { param_names: ['email_address', 'password'] });
      const passwordless = await create({ email_address: ['nopw@example.com'], password: null, skip_password_requirement: true });
      assert.equal(passwordless.password_enabled, false);
      const nobody = await create({ skip_user_requirement: true });
      assert.deepEqual([nobody.email_addresses, nobody.primary_email_address_id], [[], null]);
    });

    it('checks passwords, unless told not to', async () => {
      const refused = async (body: object) =>
        refusals(await call('POST', '/users', { body: { email_address: ['pw@example.com'], ...body } }));
      assert.deepEqual(await refused({ password: '' }), ['form_password_length_too_short password']);
      assert.deepEqual(await refused({ password: 'qz81x', skip_password_checks: false }), ['form_password_length_too_short password']);
      assert.deepEqual(await refused({ password: 'password1' }), ['form_password_pwned password']);
      assert.deepEqual(await refused({ password: 'PW@example.com' }), ['form_password_matches_identifier password']);
      assert.deepEqual(await refused({ password: '', skip_password_checks: true }), ['form_password_length_too_short password']);
      assert.deepEqual(await refused({ password: 12345678 }), ['form_param_type_invalid password']);
      const { id } = await create({ email_address: ['weak@example.com'], password: 'short', skip_password_checks: true });
      assert.equal((await call('POST', `/users/${id}/verify_password`, { body: { password: 'short' } })).status, 200);
    });

    it('takes an argon2id digest of another system, within bounds', async () => {
      // "the imported password", from the reference implementation: argon2 -id -t 2 -m 14 -p 1.
      const { hash } = await import('@node-rs/argon2');
      const password_digest = await hash('the imported password', { memoryCost: 16_384, timeCost: 2, parallelism: 1 });
      const body = { password: undefined, password_digest, password_hasher: 'argon2id' };
      const { id } = await create({ email_address: ['digest@example.com'], ...body });
      assert.equal((await call('POST', `/users/${id}/verify_password`, { body: { password: 'the imported password' } })).status, 200);
      assert.equal((await call('POST', `/users/${id}/verify_password`, { body: { password: 'another password' } })).status, 422);
      const refused = async (more: object) =>
        refusals(await call('POST', '/users', { body: { email_address: ['digest2@example.com'], ...body, ...more } }));
      assert.deepEqual(await refused({ password_hasher: 'bcrypt' }), ['form_param_value_invalid password_hasher']);
      assert.deepEqual(await refused({ password_hasher: undefined }), ['form_param_missing password_hasher']);
      assert.deepEqual(await refused({ password_digest: 'x' }), ['form_param_format_invalid password_digest']);
      for (const costly of [
        password_digest.replace('m=16384', 'm=999999999'),
        password_digest.replace('t=2', 't=100000'),
        password_digest.replace('p=1', 'p=99'),
      ]) {
        assert.deepEqual(await refused({ password_digest: costly }), ['form_param_format_invalid password_digest'], costly);
      }
    });

    it('refuses what is taken, naming the field', async () => {
      await create({ email_address: ['taken@example.com'], username: 'taken', external_id: 'taken' });
      const refused = async (body: object) => refusals(await call('POST', '/users', { body: { password, ...body } }));
      assert.deepEqual(await refused({ email_address: ['TAKEN@EXAMPLE.COM'] }), ['form_identifier_exists email_address']);
      assert.deepEqual(await refused({ email_address: ['free1@example.com'], username: 'Taken' }), ['form_identifier_exists username']);
      assert.deepEqual(await refused({ email_address: ['free2@example.com'], external_id: 'taken' }), [
        'form_identifier_exists external_id',
      ]);
      const rest = await call('GET', '/users?email_address=free1@example.com&email_address=free2@example.com');
      assert.deepEqual(rest.body, [], 'and leaves no half of a user behind');
    });

    it('makes one user of twenty simultaneous attempts', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          call('POST', '/users', { body: { email_address: ['race@example.com'], password: null, skip_password_requirement: true } }),
        ),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(19).fill(422)]);
    });

    it('names the field of every bad value', async () => {
      const cases: [object, string][] = [
        [{ email_address: ['nonsense'] }, 'form_param_format_invalid email_address'],
        [{ email_address: ['a@example.com\r\nBcc: b@example.com'] }, 'form_param_format_invalid email_address'],
        [{ email_address: [1] }, 'form_param_type_invalid email_address'],
        [
          { email_address: ['x1@example.com'], email_address_identification_status: [], username: 'ab' },
          'form_username_invalid_length username',
        ],
        [
          { email_address: ['x1@example.com'], email_address_identification_status: ['verified', 'verified'] },
          'form_param_value_invalid email_address_identification_status',
        ],
        [
          { email_address: ['x1@example.com'], email_address_identification_status: ['perhaps'] },
          'form_param_value_invalid email_address_identification_status',
        ],
        [{ email_address: ['x1@example.com'], first_name: 7 }, 'form_param_type_invalid first_name'],
        [{ email_address: ['x1@example.com'], first_name: 'x'.repeat(257) }, 'form_param_max_length_exceeded first_name'],
        [{ email_address: ['x1@example.com'], first_name: 'a\0b' }, 'form_param_format_invalid first_name'],
        [{ email_address: ['x1@example.com'], created_at: 'yesterday' }, 'form_param_invalid_time created_at'],
        [{ email_address: ['x1@example.com'], created_at: 1_700_000_000_000 }, 'form_param_type_invalid created_at'],
        [{ email_address: ['x1@example.com'], create_organizations_limit: -1 }, 'form_param_value_invalid create_organizations_limit'],
        [{ email_address: ['x1@example.com'], phone_number: ['+12025550100'] }, 'form_param_unknown phone_number'],
        [{ email_address: ['x1@example.com'], web3_wallet: ['0x1'] }, 'form_param_unknown web3_wallet'],
        [{ email_address: ['x1@example.com'], totp_secret: 'x' }, 'form_param_unknown totp_secret'],
        [{ email_address: ['x1@example.com'], public_metadata: [] }, 'form_param_value_invalid public_metadata'],
        [{ email_address: ['x1@example.com'], public_metadata: '{' }, 'form_param_value_invalid public_metadata'],
        [
          { email_address: ['x1@example.com'], private_metadata: { a: 'x'.repeat(8200) } },
          'form_param_exceeds_allowed_size private_metadata',
        ],
      ];
      for (const [body, refusal] of cases) {
        const answer = await call('POST', '/users', { body: { password, ...body } });
        assert.deepEqual([answer.status, ...refusals(answer)], [422, refusal], JSON.stringify(body).slice(0, 200));
      }
    });

    it('refuses bodies that are no JSON object', async () => {
      const cases = [
        [{ body: '{' }, 400, 'request_body_invalid'],
        [{ body: '[]' }, 400, 'request_body_invalid'],
        [{ body: 'null' }, 400, 'request_body_invalid'],
        [{ body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'unsupported_content_type'],
        [{ body: '{}', headers: { 'content-encoding': 'gzip' } }, 415, 'unsupported_content_type'],
        [{ body: JSON.stringify({ first_name: 'x'.repeat(256 * 1024) }) }, 413, 'request_body_too_large'],
      ] as const;
      for (const [request, status, code] of cases) {
        const answer = await call('POST', '/users', request);
        assert.deepEqual([answer.status, ...refusals(answer)], [status, code], request.body.slice(0, 40));
      }
    });
  });

  describe('GET /v1/users', () => {
    const addresses = (users: { email_addresses: { email_address: string }[] }[]) =>
      users.map((user) => user.email_addresses[0]?.email_address);
    let ids: string[];
    before(async () => {
      ids = [];
      for (const name of ['anna', 'bert', 'carla_percent', 'dora']) {
        const { id } = await create({
          email_address: [`${name}@list.example`],
          username: `list_${name}`,
          first_name: name,
          last_name: 'Lister',
          external_id: `list-${name}`,
        });
        ids.push(id);
      }
    });
    const list = async (query: string) => {
      const answer = await call('GET', `/users?${query}`);
      assert.equal(answer.status, 200, `${query}: ${JSON.stringify(answer.body)}`);
      const count = await call('GET', `/users/count?${query}`);
      if (!/limit|offset|starting_after/.test(query)) assert.equal(count.body.total_count, answer.body.length, query);
      return addresses(answer.body);
    };

    it('lists the newest first, ten at most', async () => {
      const [first] = await list('limit=1');
      assert.equal(first, 'dora@list.example');
      assert.equal((await call('GET', '/users')).body.length, 10);
    });

    it('filters by each kind of value', async () => {
      const cases: [string, string[]][] = [
        ['email_address=ANNA@list.example&email_address=bert@list.example', ['bert', 'anna']],
        ['email_address[]=anna@list.example', ['anna']],
        ['email_address=not-an-address', []],
        ['username=List_Anna', ['anna']],
        ['external_id=list-bert', ['bert']],
        [`user_id=${ids[0]}&user_id=user_unknown`, ['anna']],
        [`user_id=%2B${ids[0]}`, ['anna']],
        ['query=list.example', ['dora', 'carla_percent', 'bert', 'anna']],
        ['query=_percent', ['carla_percent']],
        ['query=%25', []],
        ['email_address_query=RLA', ['carla_percent']],
        ['username_query=list_d', ['dora']],
        ['name_query=anna lister', ['anna']],
        ['name_query=lister&banned=false', ['dora', 'carla_percent', 'bert', 'anna']],
        ['phone_number=%2B12025550100', []],
        ['query=list.example&created_at_after=1', ['dora', 'carla_percent', 'bert', 'anna']],
        ['query=list.example&created_at_before=1', []],
      ];
      for (const [query, names] of cases)
        assert.deepEqual(
          await list(query),
          names.map((name) => `${name}@list.example`),
          query,
        );
      assert.deepEqual(await list(`name_query=lister&user_id=-${ids[0]}&user_id=-${ids[1]}`), [
        'dora@list.example',
        'carla_percent@list.example',
      ]);
    });

    it('finds people by an account at a provider, of which both the provider and an id have to be named', async () => {
      const strategy = 'oauth_google';
      const add = (index: number, profile: object) => addExternalAccount(api, ids[index] ?? '', { strategy, ...profile });
      await add(0, { provider_user_id: 'subject-anna' });
      await add(1, { provider_user_id: 'subject-bert', verified_at: null });
      assert.deepEqual(await list('provider=oauth_google&provider_user_id=subject-anna&provider_user_id=subject-bert'), [
        'anna@list.example',
      ]);
      assert.deepEqual(await list('provider=oauth_github&provider_user_id=subject-anna'), []);
      for (const alone of ['provider=oauth_google', 'provider_user_id=subject-anna']) assert.deepEqual(await list(alone), [], alone);
    });

    it('sorts by every name it offers, in both directions', async () => {
      const mine = 'name_query=lister&order_by=';
      assert.equal((await list(`${mine}%2Bcreated_at`))[0], 'anna@list.example');
      assert.equal((await list(`${mine}+created_at`))[0], 'anna@list.example', 'a hand-written plus is a space');
      assert.equal((await list(`${mine}-first_name`))[0], 'dora@list.example');
      for (const name of [
        'created_at',
        'updated_at',
        'email_address',
        'web3wallet',
        'first_name',
        'last_name',
        'phone_number',
        'username',
        'last_active_at',
        'last_sign_in_at',
      ]) {
        assert.equal((await list(`${mine}${name}`)).length, 4, name);
        assert.equal((await list(`${mine}-${name}`)).length, 4, name);
      }
    });

    it('pages by number and by user', async () => {
      assert.deepEqual(await list('name_query=lister&limit=2&offset=1'), ['carla_percent@list.example', 'bert@list.example']);
      assert.deepEqual(await list(`name_query=lister&limit=10&starting_after=${ids[2]}`), ['bert@list.example', 'anna@list.example']);
      assert.deepEqual(await list(`name_query=lister&limit=10&order_by=created_at&starting_after=${ids[2]}`), ['dora@list.example']);
    });

    it('names the parameter of every bad value', async () => {
      const cases: [string, number, string][] = [
        ['limit=0', 422, 'form_param_value_invalid limit'],
        ['limit=501', 422, 'form_param_value_invalid limit'],
        ['limit=1;drop table users', 422, 'form_param_value_invalid limit'],
        ['limit=1&limit=2', 422, 'form_param_duplicate limit'],
        ['offset=-1', 422, 'form_param_value_invalid offset'],
        ["order_by=created_at'--", 422, 'form_param_value_invalid order_by'],
        ['order_by=password_hash', 422, 'form_param_value_invalid order_by'],
        ['order_by=constructor', 422, 'form_param_value_invalid order_by'],
        ['banned=yes', 422, 'form_param_value_invalid banned'],
        ['created_at_after=yesterday', 422, 'form_param_value_invalid created_at_after'],
        ['starting_after=user_unknown', 404, 'resource_not_found'],
        ['order_by=first_name&starting_after=x', 422, 'form_param_value_invalid starting_after'],
        ['query=%zz', 422, 'form_param_format_invalid'],
        ['query=%ff', 422, 'form_param_format_invalid'],
        ['query=a%00b', 422, 'form_param_format_invalid query'],
        [Array.from({ length: 101 }, (_item, index) => `user_id=${index}`).join('&'), 422, 'form_param_array_size_exceeded user_id'],
        ['a=1&'.repeat(201), 400, 'malformed_request_parameters'],
      ];
      for (const [query, status, refusal] of cases) {
        const answer = await call('GET', `/users?${query}`);
        assert.deepEqual([answer.status, ...refusals(answer)], [status, refusal], query.slice(0, 80));
      }
    });
  });

  describe('GET /v1/users/{id}', () => {
    it('answers 404 for what is no user', async () => {
      for (const id of ['user_unknown', '%00', encodeURIComponent("' or 1=1"), '..%2f..%2fv1%2fjwks']) {
        const answer = await call('GET', `/users/${id}`);
        assert.deepEqual([answer.status, ...refusals(answer)], [404, 'resource_not_found'], id);
      }
    });
  });

  describe('PATCH /v1/users/{id}', () => {
    it('changes what it is given and nothing else', async () => {
      const before = await create({ email_address: ['patch@example.com', 'patch2@example.com'], username: 'patched', first_name: 'Ann' });
      const second = before.email_addresses[1].id;
      const { body } = await call('PATCH', `/users/${before.id}`, {
        body: { last_name: 'Other', username: '', primary_email_address_id: second, created_at: '2001-01-01T00:00:00Z' },
      });
      assert.deepEqual(body, {
        ...before,
        last_name: 'Other',
        username: null,
        primary_email_address_id: second,
        created_at: Date.UTC(2001, 0, 1),
        updated_at: body.updated_at,
      });
      assert.ok(body.updated_at > before.updated_at);
    });

    it('makes only verified addresses of the user primary', async () => {
      const other = await create({ email_address: ['primary-other@example.com'] });
      const user = await create({ email_address: ['primary@example.com'] });
      const answer = await call('PATCH', `/users/${user.id}`, { body: { primary_email_address_id: other.email_addresses[0].id } });
      assert.deepEqual([answer.status, ...refusals(answer)], [422, 'form_param_value_invalid primary_email_address_id']);
    });

    it('sets a password, checked against the identifiers the user has', async () => {
      const { id } = await create({ email_address: ['newpw@example.com'] });
      const refused = await call('PATCH', `/users/${id}`, { body: { password: 'newpw@EXAMPLE.com' } });
      assert.deepEqual(refusals(refused), ['form_password_matches_identifier password']);
      assert.equal((await call('PATCH', `/users/${id}`, { body: { password: 'another-long-secret' } })).status, 200);
      assert.equal((await call('POST', `/users/${id}/verify_password`, { body: { password } })).status, 422);
      assert.equal((await call('POST', `/users/${id}/verify_password`, { body: { password: 'another-long-secret' } })).status, 200);
    });

    it('signs out everywhere when told to', async () => {
      const { id } = await create({ email_address: ['signout@example.com'] });
      await call('POST', '/sessions', { body: { user_id: id } });
      await call('PATCH', `/users/${id}`, { body: { password: 'another-long-secret', sign_out_of_other_sessions: true } });
      const { body } = await call('GET', `/sessions?user_id=${id}`);
      assert.deepEqual(
        body.map(({ status }: { status: string }) => status),
        ['revoked'],
      );
    });

    it('applies nothing of a request that is refused in part', async () => {
      const { id } = await create({ email_address: ['partial@example.com'], public_metadata: { a: 1 } });
      const before = (await call('GET', `/users/${id}`)).body;
      for (const body of [
        { first_name: 'X', public_metadata: { a: 2 }, username: 'x' },
        { first_name: 'X', public_metadata: { a: 'x'.repeat(8200) } },
        { first_name: 'X', public_metadata: { a: 2 }, external_id: 'crm-1' },
        { first_name: 'X', password: 'short' },
      ]) {
        assert.equal((await call('PATCH', `/users/${id}`, { body })).status, 422, JSON.stringify(body).slice(0, 80));
        assert.deepEqual((await call('GET', `/users/${id}`)).body, before);
      }
    });

    it('answers 404 for an unknown user', async () => {
      assert.equal((await call('PATCH', '/users/user_unknown', { body: { first_name: 'X' } })).status, 404);
    });
  });

  describe('DELETE /v1/users/{id}', () => {
    it('deletes the user with its addresses and sessions', async () => {
      const { id } = await create({ email_address: ['gone@example.com'], external_id: 'gone-1' });
      const session = (await call('POST', '/sessions', { body: { user_id: id } })).body;
      const answer = await call('DELETE', `/users/${id}`);
      assert.deepEqual([answer.status, answer.body], [200, { object: 'user', id, deleted: true, external_id: 'gone-1' }]);
      assert.equal((await call('GET', `/users/${id}`)).status, 404);
      assert.equal((await call('DELETE', `/users/${id}`)).status, 404);
      assert.equal((await call('GET', `/sessions/${session.id}`)).status, 404);
      assert.equal((await call('GET', `/clients/${session.client_id}`)).body.last_active_session_id, null);
      await create({ email_address: ['gone@example.com'] });
    });
  });

  describe('actions', () => {
    it('ban ends all sessions and unban lets the user in again', async () => {
      const { id } = await create({ email_address: ['banned@example.com'] });
      await call('POST', '/sessions', { body: { user_id: id } });
      assert.equal((await call('POST', `/users/${id}/ban`)).body.banned, true);
      assert.deepEqual((await call('GET', `/sessions?user_id=${id}&status=active`)).body, []);
      assert.equal((await call('GET', `/users/count?banned=true`)).body.total_count, 1);
      const refused = await call('POST', '/sessions', { body: { user_id: id } });
      assert.deepEqual([refused.status, ...refusals(refused)], [403, 'user_banned']);
      assert.equal((await call('POST', `/users/${id}/unban`)).body.banned, false);
      assert.equal((await call('POST', '/sessions', { body: { user_id: id } })).status, 200);
    });

    it('bans and lets in again many at once, all of them or none', async () => {
      const people = [await create({ email_address: ['many1@example.com'] }), await create({ email_address: ['many2@example.com'] })];
      const user_ids = people.map(({ id }) => id);
      const session = (await call('POST', '/sessions', { body: { user_id: user_ids[1] } })).body;
      const flags = async (path: string, body: object) => (await call('POST', path, { body })).body.map(({ banned }: any) => banned);
      assert.equal((await call('POST', '/users/ban', { body: { user_ids: [...user_ids, 'user_unknown'] } })).status, 404);
      assert.equal((await call('GET', `/users/${user_ids[0]}`)).body.banned, false);
      assert.deepEqual(await flags('/users/ban', { user_ids }), [true, true]);
      assert.equal((await call('GET', `/sessions/${session.id}`)).body.status, 'revoked');
      assert.deepEqual(await flags('/users/unban', { user_ids }), [false, false]);
      assert.deepEqual(refusals(await call('POST', '/users/ban', { body: {} })), ['form_param_missing user_ids']);
      const tooMany = { user_ids: Array.from({ length: 51 }, (_, index) => `user_${index}`) };
      assert.deepEqual(refusals(await call('POST', '/users/ban', { body: tooMany })), ['form_param_array_size_exceeded user_ids']);
    });

    it('lock lasts as long as the settings say and keeps sessions', async () => {
      const { id } = await create({ email_address: ['locked@example.com'] });
      await call('POST', '/sessions', { body: { user_id: id } });
      const { body } = await call('POST', `/users/${id}/lock`);
      assert.deepEqual([body.locked, body.lockout_expires_in_seconds], [true, 3600]);
      assert.equal((await call('GET', `/sessions?user_id=${id}&status=active`)).body.length, 1);
      const unlocked = (await call('POST', `/users/${id}/unlock`)).body;
      assert.deepEqual([unlocked.locked, unlocked.lockout_expires_in_seconds, unlocked.verification_attempts_remaining], [false, null, 10]);
    });

    it('verify_password tells right from wrong from none', async () => {
      const { id } = await create({ email_address: ['verify@example.com'] });
      const verify = async (user: string, body: object) => {
        const answer = await call('POST', `/users/${user}/verify_password`, { body });
        return [answer.status, ...(answer.status === 200 ? [JSON.stringify(answer.body)] : refusals(answer))];
      };
      assert.deepEqual(await verify(id, { password }), [200, '{"verified":true}']);
      assert.deepEqual(await verify(id, { password: 'wrong' }), [422, 'incorrect_password']);
      assert.deepEqual(await verify(id, {}), [422, 'form_param_missing password']);
      assert.deepEqual(await verify('user_unknown', { password }), [404, 'resource_not_found']);
      const without = await create({ email_address: ['verify2@example.com'], password: null, skip_password_requirement: true });
      assert.deepEqual(await verify(without.id, { password }), [400, 'no_password_set']);
    });

    it('answers 404 for unknown users', async () => {
      for (const action of ['ban', 'unban', 'lock', 'unlock']) {
        assert.equal((await call('POST', `/users/user_unknown/${action}`)).status, 404, action);
      }
    });
  });
});

describe('attributes that are off', () => {
  it('are unknown parameters of a backend too, where they identify', async () => {
    const api = await startApi();
    try {
      const call = createBackendClient(api);
      const answer = await call('POST', '/users', { body: { email_address: ['a@example.com'], password, username: 'someone' } });
      assert.deepEqual([answer.status, ...refusals(answer)], [422, 'form_param_unknown username']);
      const named = await call('POST', '/users', { body: { email_address: ['a@example.com'], password, first_name: 'Ann' } });
      assert.equal(named.body.first_name, 'Ann');
    } finally {
      await api.stop();
    }
  });
});
