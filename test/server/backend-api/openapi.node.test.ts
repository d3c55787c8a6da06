import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { validate } from '../../support/openapi/validate.ts';

describe('answers of the Backend API, by Clerk’s own description of them', () => {
  let api: TestApi;
  let call: BackendCall;
  before(async () => {
    api = await startApi();
    call = createBackendClient(api);
  });
  after(() => api.stop());

  const fits = (schema: string, value: unknown) => assert.deepEqual(validate(schema, value), []);

  it('fit for users of every kind', async () => {
    const bodies = [
      {
        email_address: ['full@example.com'],
        password: 'copper-lantern-meadow',
        first_name: 'A',
        external_id: 'x',
        public_metadata: { a: 1 },
        locked: true,
        legal_accepted_at: '2026-01-01T00:00:00Z',
      },
      {
        email_address: ['reserved@example.com'],
        email_address_identification_status: ['reserved'],
        skip_password_requirement: true,
        banned: true,
      },
      { skip_user_requirement: true, skip_password_requirement: true },
    ];
    for (const body of bodies) fits('User', (await call('POST', '/users', { body })).body);
    const { body: users } = await call('GET', '/users');
    assert.equal(users.length, 4);
    for (const user of users) fits('User', user);
    // What a person has proved by a code looks different from what a backend vouches for.
    await api.database.updateTable('email_addresses').set({ verified_by: 'email_code' }).execute();
    for (const user of (await call('GET', '/users')).body) fits('User', user);
  });

  it('fit for sessions, clients and tokens', async () => {
    const { id } = (await call('GET', '/users?limit=1')).body[0];
    const { body: session } = await call('POST', '/sessions', { body: { user_id: id } });
    fits('Session', session);
    fits('Token', (await call('POST', `/sessions/${session.id}/tokens`)).body);
    fits('Token', (await call('POST', `/sessions/${session.id}/tokens/demo`)).body);
    fits('Client', (await call('GET', `/clients/${session.client_id}`)).body);
    fits('Session', (await call('POST', `/sessions/${session.id}/revoke`)).body);
    fits('TestingToken', (await call('POST', '/testing_tokens')).body);
  });

  it('fit for tickets', async () => {
    const { id: user_id } = (await call('GET', '/users?limit=1')).body[0];
    const { body: signInToken } = await call('POST', '/sign_in_tokens', { body: { user_id } });
    fits('SignInToken', signInToken);
    fits('SignInToken', (await call('POST', `/sign_in_tokens/${signInToken.id}/revoke`)).body);
    const { body: actorToken } = await call('POST', '/actor_tokens', { body: { user_id, actor: { sub: 'user_1' } } });
    fits('ActorToken', actorToken);
    fits('ActorToken', (await call('POST', `/actor_tokens/${actorToken.id}/revoke`)).body);
    const { body: invitation } = await call('POST', '/invitations', { body: { email_address: 'invited@example.com' } });
    fits('Invitation', invitation);
    fits('Invitation', (await call('POST', `/invitations/${invitation.id}/revoke`)).body);
  });

  it('fit for templates', async () => {
    const body = {
      name: 'new',
      claims: { a: '{{user.id}}' },
      custom_signing_key: true,
      signing_algorithm: 'HS256',
      signing_key: 'k'.repeat(32),
    };
    const { body: template } = await call('POST', '/jwt_templates', { body });
    fits('JWTTemplate', template);
    const { body: templates } = await call('GET', '/jwt_templates');
    assert.equal(templates.length, 3, 'those of the settings too');
    for (const each of templates) fits('JWTTemplate', each);
    fits('JWTTemplate', (await call('PATCH', `/jwt_templates/${template.id}`, { body: { name: 'other', claims: {} } })).body);
    fits('DeletedObject', (await call('DELETE', `/jwt_templates/${template.id}`)).body);
    fits('ClerkErrors', (await call('GET', `/jwt_templates/${template.id}`)).body);
  });

  it('fit for counts, deletions and refusals', async () => {
    fits('TotalCount', (await call('GET', '/users/count')).body);
    const { id } = (await call('GET', '/users?limit=1')).body[0];
    fits('DeletedObject', (await call('DELETE', `/users/${id}`)).body);
    for (const path of [`/users/${id}`, '/users?limit=0']) fits('ClerkErrors', (await call('GET', path)).body);
  });

  it('would be found out if they did not', async () => {
    const { body: user } = await call('GET', '/users?limit=1');
    assert.deepEqual(validate('User', { ...user[0], id: 1, banned: undefined }), [
      'User.id: 1 is no string',
      'User.banned: undefined is no boolean',
    ]);
    const { object: _left, ...rest } = user[0];
    assert.deepEqual(validate('User', { ...rest, colour: 'red' }), ['User.object: missing', 'User.colour: unknown']);
  });
});
