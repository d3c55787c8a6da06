import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runServer, startServer } from '../support/server-process.ts';
import type { FailedStart, ServerProcess } from '../support/server-process.ts';

/** A refusal is one clear message: nothing on stdout, no stack. */
function assertRefusal({ code, stdout, stderr }: FailedStart, message: RegExp): void {
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /^\s+at /m, 'no stack');
}

describe('npm start', () => {
  let server: ServerProcess;
  before(async () => void (server = await startServer()));
  after(() => server.stop());

  it('prints what a person needs, and answers', async () => {
    const { url, backendUrl } = server;
    const [demo, frontend, backend, inbox, provider, database, ...rest] = server.output().split('\n');
    assert.equal(demo, `Demo             ${url}/`);
    assert.equal(frontend, `Frontend API     ${url.padEnd(31)}publishable key  ${server.publishableKey}`);
    assert.equal(backend, `Backend API      ${backendUrl.padEnd(31)}secret key       ${server.secretKey}`);
    assert.equal(inbox, `Inbox            ${url}/inbox`);
    assert.equal(provider, `Provider         ${url}/development-provider plays Google`);
    assert.equal(database, `Database         ${server.folder} (own PostgreSQL 18)`);
    assert.ok(
      rest.some((line) =>
        line.includes(`CLERK_API_URL=${backendUrl} CLERK_PUBLISHABLE_KEY=${server.publishableKey} CLERK_SECRET_KEY=${server.secretKey}`),
      ),
    );
    assert.equal(Buffer.from(server.publishableKey.slice('pk_test_'.length), 'base64').toString(), `${new URL(url).host}$`);
    assert.match(server.secretKey, /^sk_test_[\w-]{43}$/);
    for (const address of [url, backendUrl]) {
      const health = await fetch(`${address}/v1/health`);
      assert.deepEqual([health.status, await health.json()], [200, { status: 'healthy' }]);
    }
  });

  it('keeps its data folder to its owner', async () => {
    assert.equal((await stat(server.folder)).mode & 0o077, 0);
  });

  it('needs no help after kill -9, and keeps its secret key', async () => {
    await server.kill();
    await server.start();
    assert.ok(server.output().includes(server.secretKey));
    assert.equal((await fetch(`${server.url}/v1/health`)).status, 200);
  });

  it('stops in order on SIGTERM, and PostgreSQL with it', async () => {
    const postgres = await server.postgresPid();
    assert.equal(await server.stop(), 0);
    assert.throws(() => process.kill(postgres, 0), { code: 'ESRCH' });
    assert.doesNotMatch(server.output(), /error/i);
  });
});

describe('npm start with other settings', () => {
  it('says where mail goes, that other machines can reach it, and which keys it was given', async () => {
    const publishableKey = `pk_test_${Buffer.from('clerk.example.com$').toString('base64').replace(/=+$/, '')}`;
    const server = await startServer({
      HOST: '0.0.0.0',
      SMTP_URL: 'smtp://127.0.0.1:2525',
      DATA_DIR: 'temporary',
      CLERK_PUBLISHABLE_KEY: publishableKey,
      CLERK_SECRET_KEY: 'sk_test_00000000000000000000',
    });
    try {
      const output = server.output();
      assert.match(output, /^Mail {13}by SMTP$/m);
      assert.match(output, /^Frontend API {5}https:\/\/clerk\.example\.com {5} +publishable key {2}pk_test_/m);
      assert.match(output, /^Backend API .* secret key {7}sk_test_00000000000000000000$/m);
      assert.match(output, /^Database {9}temporary \(own PostgreSQL 18\)$/m);
      assert.match(output, /Other machines can reach this server/);
      assert.doesNotMatch(output, /Inbox/);
    } finally {
      await server.stop();
    }
  });
});

/** What `startServer()` of the server refuses has its tests beside it; these are about the process. */
describe('npm start with mistakes', () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'clerk-lit-main-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('names every mistake of the settings file with its path', async () => {
    const path = join(folder, 'instance.json');
    await writeFile(path, JSON.stringify({ lockout: { max_attempts: 'ten' }, users: [{}] }));
    assertRefusal(
      await runServer({ CLERK_INSTANCE: path }),
      /^The settings file \S+instance\.json has mistakes:\nlockout\.max_attempts: expected a number, got "ten"\nusers\.0\.email_address: expected text, got nothing\n$/,
    );
  });

  it('says which settings file cannot be read, or is no JSON', async () => {
    assertRefusal(
      await runServer({ CLERK_INSTANCE: join(folder, 'none.json') }),
      /^CLERK_INSTANCE: the file \S+none\.json cannot be read\.\n$/,
    );
    const path = join(folder, 'broken.json');
    await writeFile(path, '{ "users": [');
    assertRefusal(await runServer({ CLERK_INSTANCE: path }), /^The settings file \S+broken\.json is not valid JSON: /);
  });

  it('names the variable that holds a wrong value', async () => {
    for (const [environment, message] of [
      [{ PORT: 'http' }, /^PORT: expected a port number, got "http"\n$/],
      [{ BACKEND_API_PORT: '70000' }, /^BACKEND_API_PORT: expected a port number, got "70000"\n$/],
      [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: expected debug, info, warn, error or silent, got "loud"\n$/],
      [{ DATABASE_URL: 'postgres://user:hunter2@[' }, /^DATABASE_URL: expected an address such as postgres:\/\/user:password@host/],
    ] as [Record<string, string>, RegExp][]) {
      const result = await runServer(environment);
      assertRefusal(result, message);
      assert.doesNotMatch(result.stderr, /hunter2/, 'no secret');
    }
  });
});
