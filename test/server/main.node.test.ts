import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runServer, startServer } from '../support/server-process.ts';
import type { FailedStart } from '../support/server-process.ts';

/** A refusal is one clear message: nothing on stdout, no stack. */
function assertRefusal({ code, stdout, stderr }: FailedStart, message: RegExp): void {
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /^\s+at /m, 'no stack');
}

async function listen(handler?: Parameters<typeof createServer>[1]): Promise<{ server: Server; port: number }> {
  const server = createServer(handler as never);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe('npm start', () => {
  it('prints what a person needs, answers, and stops in order on SIGTERM', async () => {
    const server = await startServer();
    const { url, backendUrl } = server;
    const [demo, frontend, backend, inbox, database, ...rest] = server.output().split('\n');
    assert.equal(demo, `Demo             ${url}/`);
    assert.equal(frontend, `Frontend API     ${url.padEnd(31)}publishable key  ${server.publishableKey}`);
    assert.equal(backend, `Backend API      ${backendUrl.padEnd(31)}secret key       ${server.secretKey}`);
    assert.equal(inbox, `Inbox            ${url}/inbox`);
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
      assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);
    }
    const postgres = await server.postgresPid();
    assert.equal(await server.stop(), 0);
    assert.throws(() => process.kill(postgres, 0), 'PostgreSQL has ended too');
    assert.doesNotMatch(server.output(), /rror/);
  });

  it('keeps its secret key over a restart, and the folder to its owner', async () => {
    const server = await startServer();
    const { secretKey } = server;
    assert.equal((await stat(server.folder)).mode & 0o077, 0);
    await server.kill();
    await server.start();
    assert.ok(server.output().includes(secretKey));
    await server.stop();
  });

  it('says how its output should not be read: mail by SMTP, other machines, given keys', async () => {
    const publishableKey = `pk_test_${Buffer.from('clerk.example.com$').toString('base64').replace(/=+$/, '')}`;
    const server = await startServer({
      HOST: '0.0.0.0',
      SMTP_URL: 'smtp://127.0.0.1:2525',
      DATA_DIR: 'temporary',
      CLERK_PUBLISHABLE_KEY: publishableKey,
      CLERK_SECRET_KEY: 'sk_test_00000000000000000000',
    });
    const output = server.output();
    assert.match(output, /^Mail {13}by SMTP$/m);
    assert.match(output, /^Frontend API {5}https:\/\/clerk\.example\.com {5} +publishable key {2}pk_test_/m);
    assert.match(output, /^Database {9}temporary \(own PostgreSQL 18\)$/m);
    assert.match(output, /Other machines can reach this server/);
    assert.doesNotMatch(output, /Inbox/);
    await server.stop();
  });
});

describe('npm start with mistakes', () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'clerk-lit-main-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('names every mistake of the settings file with its path', async () => {
    const path = join(folder, 'instance.json');
    await writeFile(path, JSON.stringify({ lockout: { max_attempts: 'ten' }, users: [{}] }));
    const result = await runServer({ CLERK_INSTANCE: path });
    assertRefusal(
      result,
      /instance\.json has mistakes:\nlockout\.max_attempts: expected a number, got "ten"\nusers\.0\.email_address: expected text, got nothing\n$/,
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

  it('names mistakes in the demo users, which only a start can find', async () => {
    const path = join(folder, 'users.json');
    await writeFile(
      path,
      JSON.stringify({ users: [{ email_address: 'a@example.com' }, { email_address: 'b@example.com', password: 'password1' }] }),
    );
    assertRefusal(await runServer({ CLERK_INSTANCE: path }), /users\.1\.password: .*common/);
    await writeFile(path, JSON.stringify({ users: [{ email_address: 'a@example.com' }, { email_address: 'A@example.com' }] }));
    assertRefusal(await runServer({ CLERK_INSTANCE: path }), /users\.1\.email_address: .*taken/);
  });

  it('names the variable that holds a wrong value', async () => {
    const cases: [Record<string, string>, RegExp][] = [
      [{ PORT: 'http' }, /^PORT: expected a port number, got "http"\n$/],
      [{ BACKEND_API_PORT: '70000' }, /^BACKEND_API_PORT: expected a port number/],
      [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: expected debug, info, warn, error or silent, got "loud"\n$/],
      [{ HOST: '192.0.2.1' }, /^HOST: 192\.0\.2\.1 is not an address of this machine\./],
      [{ CLERK_PUBLISHABLE_KEY: 'pk_test_nonsense' }, /^CLERK_PUBLISHABLE_KEY: expected pk_test_ or pk_live_/],
      [{ CLERK_SECRET_KEY: 'sk_live_0123456789012345678901' }, /^CLERK_SECRET_KEY: expected sk_test_/],
      [{ SMTP_URL: 'mail.example.com' }, /^SMTP_URL: expected an address such as smtp:/],
      [{ DATABASE_URL: 'postgres://user:hunter2@[' }, /^DATABASE_URL: expected an address such as postgres:/],
    ];
    await Promise.all(
      cases.map(async ([environment, message]) => {
        const result = await runServer(environment);
        assertRefusal(result, message);
        assert.doesNotMatch(result.stderr, /hunter2|0123456789012345678901/, 'no secret');
      }),
    );
  });

  it('says that a port is taken, and how to take another', async () => {
    const { server, port } = await listen();
    try {
      const first = await runServer({ PORT: String(port) });
      assertRefusal(
        first,
        new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken by another program\\. Stop that one, or set PORT to another port\\.\\n$`),
      );
      assertRefusal(await runServer({ BACKEND_API_PORT: String(port) }), /set BACKEND_API_PORT to another port/);
    } finally {
      server.close();
    }
  });

  it('says that there is no database server, without the password', async () => {
    const { server, port } = await listen();
    server.close();
    await once(server, 'close');
    const result = await runServer({ DATABASE_URL: `postgres://clerk:hunter2@127.0.0.1:${port}/clerk` });
    assertRefusal(
      result,
      new RegExp(`^There is no database server to be reached at 127\\.0\\.0\\.1:${port} \\(ECONNREFUSED\\)\\. Check DATABASE_URL`),
    );
    assert.doesNotMatch(result.stderr, /hunter2/);
    const socket = await runServer({ DATABASE_URL: `postgres://clerk:hunter2@/clerk?host=${folder}` });
    assertRefusal(socket, /^There is no database server to be reached at .*\(ENOENT\)/);
  });

  it('does not wait for a database server that never answers', async () => {
    const { server, port } = await listen(() => undefined);
    try {
      const result = await runServer({ DATABASE_URL: `postgres://clerk:hunter2@127.0.0.1:${port}/clerk` });
      assertRefusal(result, /^There is no database server to be reached at 127\.0\.0\.1/);
      assert.ok(result.duration < 8_000, `${result.duration} ms`);
    } finally {
      server.close();
    }
  });

  it('refuses a data folder that another process uses, within two seconds, naming that process', async () => {
    const server = await startServer();
    try {
      const result = await runServer({ DATA_DIR: server.folder });
      assertRefusal(
        result,
        new RegExp(
          `^The data folder ${server.folder} is in use by process ${server.pid()}\\. Stop that one first, or set DATA_DIR to another folder\\.\\n$`,
        ),
      );
      // What Node itself takes is not ours, and differs from machine to machine.
      const { duration } = await runServer({ PORT: 'none' });
      assert.ok(result.duration - duration < 2_000, `${result.duration} ms, ${duration} of them to start at all`);
      assert.equal((await fetch(`${server.url}/v1/health`)).status, 200, 'the first one goes on');
    } finally {
      await server.stop();
    }
  });
});
