/** The curl commands of the founding document, run by the real curl; only placeholders and the address of the API are filled in. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';

const run = promisify(execFile);

describe('the founding document’s curl commands', () => {
  let api: TestApi;
  let userId: string;
  let commands: string[];

  before(async () => {
    api = await startApi();
    const call = createBackendClient(api);
    const body = { email_address: ['curl@example.com'], skip_password_requirement: true, private_metadata: { kept: true } };
    userId = (await call('POST', '/users', { body })).body.id;
    const script = await readFile(new URL('../../journeys/founding-document/curl.sh', import.meta.url), 'utf8');
    commands = script
      .split(/^(?=curl )/m)
      .map((command) =>
        command
          .replaceAll('CLERK_SECRET_KEY', api.secretKey)
          .replaceAll('{user_id}', userId)
          .replaceAll('https://api.clerk.com', api.backendUrl),
      );
  });
  after(() => api.stop());

  async function curl(command: string): Promise<any> {
    const { stdout } = await run('sh', ['-c', command.replace(/^curl/, 'curl --silent')]);
    return JSON.parse(stdout);
  }

  it('are four', () => assert.equal(commands.length, 4));

  it('set private metadata, and keep what was there', async () => {
    const user = await curl(commands[0] ?? '');
    assert.deepEqual([user.id, user.private_metadata], [userId, { kept: true, stripeId: '12356' }]);
  });

  it('get nothing without the word Bearer, which the second one lacks; with it they get the user', async () => {
    const command = commands[1] ?? '';
    const refusal = await curl(command);
    assert.equal(refusal.errors[0].code, 'authorization_header_format_invalid');
    const { stdout } = await run('sh', [
      '-c',
      command.replace(/^curl/, "curl --silent --output /dev/null --write-out '%{http_code} %{content_type}'"),
    ]);
    assert.equal(stdout, '401 application/json');
    const user = await curl(command.replace('Authorization: ', 'Authorization: Bearer '));
    assert.equal(user.private_metadata.stripeId, '12356');
  });

  it('set public metadata', async () => {
    assert.deepEqual((await curl(commands[2] ?? '')).public_metadata, { role: 'shopper' });
  });

  it('set unsafe metadata', async () => {
    assert.deepEqual((await curl(commands[3] ?? '')).unsafe_metadata, { birthday: '11-30-1969' });
  });
});
