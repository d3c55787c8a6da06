import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { Webhook } from 'svix';
import { createLog } from '../../../demo/server/log.ts';
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import type { OwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { runServer, startServer } from '../../support/server-process.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { idsOf, signingSecret, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import type { ReceivedWebhook, WebhookReceiver } from '../../support/webhook-receiver.ts';

const secret = signingSecret();
const canary = 'c4n4ry-of-private-metadata';

/** A receiver, and the environment of servers that tell it of all. */
async function open(): Promise<{ receiver: WebhookReceiver; environment: Record<string, string>; close(): Promise<void> }> {
  const receiver = await startWebhookReceiver();
  const folder = await mkdtemp(join(tmpdir(), 'clerk-lit-webhooks-'));
  const instance = JSON.parse(await readFile(new URL('../../../demo/instance.json', import.meta.url), 'utf8')) as object;
  const path = join(folder, 'instance.json');
  await writeFile(path, JSON.stringify({ ...instance, users: [], webhooks: [{ url: `${receiver.url}/hooks?token=s3cret` }] }));
  return {
    receiver,
    environment: { CLERK_INSTANCE: path, CLERK_WEBHOOK_SIGNING_SECRET: secret, LOG_LEVEL: 'debug' },
    close: async () => {
      await receiver.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const newUser = (call: BackendCall, name: string) =>
  call('POST', '/users', {
    body: { email_address: [`${name}@example.com`], skip_password_requirement: true, private_metadata: { note: canary } },
  });

/** Ids of users whose creation was told of. */
const told = (received: ReceivedWebhook[]) =>
  new Set(received.filter(({ event }) => event.type === 'user.created').map(({ event }) => event.data.id as string));

// At the same time: what a dead process had under way is free again after twelve seconds only.
describe('S5: webhooks of a server that is killed (kill -9)', { concurrency: true }, () => {
  const start = async (test: TestContext) => {
    const { receiver, environment, close } = await open();
    let server: ServerProcess | undefined;
    test.after(async () => {
      await server?.stop();
      await close();
    });
    server = await startServer(environment);
    return { receiver, server, call: createBackendClient(server) };
  };

  it('tell of all that was answered, whenever that was', async (test) => {
    const { receiver, server, call } = await start(test);
    const confirmed: string[] = [];
    const writeUntilGone = async (writer: number) => {
      for (let turn = 0; ; turn++) {
        const answer = await newUser(call, `writer${writer}-${turn}`).catch(() => undefined);
        // The connection is gone, and with it whatever was under way.
        if (!answer) return;
        assert.equal(answer.status, 200);
        confirmed.push(answer.body.id as string);
      }
    };
    // Some answers are late, so that attempts are under way in every state at the end.
    receiver.answer = ({ event }, response) => void (event.data.id < 'user_V' && response.writeHead(200).end());
    const writers = [0, 1, 2, 3].map(writeUntilGone);
    await receiver.until(({ length }) => length >= 8);
    await server.kill();
    await Promise.all(writers);
    receiver.answer = (_webhook, response) => void response.writeHead(200).end();
    await server.start();
    await receiver.until((received) => confirmed.every((id) => told(received).has(id)));
    assert.ok(confirmed.length >= 8);
    const bodies = new Map<string, string>();
    for (const { headers, body } of receiver.received) {
      const id = headers['svix-id'] ?? '';
      assert.equal(bodies.get(id) ?? body, body, 'what is repeated is the same, under the same id');
      bodies.set(id, body);
    }
    const users = [...bodies.values()].map((body) => (JSON.parse(body) as { data: { id: string } }).data.id);
    assert.equal(new Set(users).size, users.length, 'one event for each');
  });

  it('are proved by the official packages, carry private metadata, and leave nothing of it behind', async (test) => {
    const { receiver, server, call } = await start(test);
    receiver.answer = () => undefined;
    const { body: user } = await newUser(call, 'ann');
    await receiver.until(({ length }) => length === 1);
    const outputs = [server.output()];
    await server.kill();
    receiver.answer = (_webhook, response) => void response.writeHead(200).end();
    await server.start();
    await receiver.until(({ length }) => length === 2);
    const [first = assert.fail(), second = assert.fail()] = receiver.received;
    assert.deepEqual(idsOf([first]), idsOf([second]));
    for (const { headers, body } of [first, second]) {
      const request = new Request(receiver.url, { method: 'POST', headers, body });
      const event = await verifyWebhook(request, { signingSecret: secret });
      assert.equal(event.type, 'user.created');
      assert.deepEqual(event.data.private_metadata, { note: canary });
      assert.deepEqual(new Webhook(secret).verify(body, headers), event);
    }
    assert.equal(first.event.data.id, user.id);
    assert.equal(await server.stop(), 0);
    outputs.push(server.output());
    for (const word of [canary, 's3cret', secret]) assert.ok(!outputs.join('').includes(word), word);
    assert.match(outputs[1] ?? '', /"webhook delivered"/);
  });
});

describe('webhooks of two API processes on one database', () => {
  let opened: Awaited<ReturnType<typeof open>>;
  let postgres: OwnPostgres;
  let servers: ServerProcess[] = [];
  before(async () => {
    opened = await open();
    postgres = await startOwnPostgres({ folder: 'temporary', log: createLog('silent') });
    const environment = {
      ...opened.environment,
      DATABASE_URL: `postgres://postgres@/postgres?host=${String(postgres.address.connection.host)}`,
      CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from('clerk.localhost:4000$').toString('base64').replace(/=+$/, '')}`,
      LOG_LEVEL: 'error',
    };
    servers = await Promise.all([startServer(environment), startServer(environment)]);
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await postgres.stop();
    await opened.close();
  });

  it('tell of each change once', async () => {
    const { receiver } = opened;
    const calls = servers.map(createBackendClient);
    // Three writers of each, one write after the other: a busy server refuses what is too much at once.
    const writers = calls.flatMap((call, server) => [0, 1, 2].map((writer) => ({ call, name: `${server}-${writer}` })));
    const rows = await Promise.all(
      writers.map(async ({ call, name }) => {
        const row = [];
        for (let turn = 0; turn < 10; turn++) row.push(await newUser(call, `${name}-${turn}`));
        return row;
      }),
    );
    const answers = rows.flat();
    assert.ok(answers.every(({ status }) => status === 200));
    const ids = answers.map(({ body }) => body.id as string);
    await receiver.until((received) => ids.every((id) => told(received).has(id)));
    assert.deepEqual(receiver.received.map(({ event }) => event.data.id as string).sort(), [...ids].sort());
    // Whatever is still under way would be seen by the end.
    await Promise.all(servers.map((server) => server.stop()));
    assert.equal(receiver.received.length, 60);
  });
});

describe('npm start with webhooks', () => {
  let opened: Awaited<ReturnType<typeof open>>;
  before(async () => void (opened = await open()));
  after(() => opened.close());

  it('wants a secret, and quotes no wrong one', async () => {
    const { environment } = opened;
    const missing = await runServer({ ...environment, CLERK_WEBHOOK_SIGNING_SECRET: undefined });
    assert.deepEqual([missing.code, missing.stdout], [1, '']);
    assert.match(missing.stderr, /^CLERK_WEBHOOK_SIGNING_SECRET: expected a secret, since the settings name webhooks\./);
    const wrong = await runServer({ ...environment, CLERK_WEBHOOK_SIGNING_SECRET: 'my-own-s3cret' });
    assert.deepEqual([wrong.code, wrong.stdout], [1, '']);
    assert.match(wrong.stderr, /^CLERK_WEBHOOK_SIGNING_SECRET: expected whsec_ and /);
    assert.ok(!wrong.stderr.includes('s3cret'));
  });

  it('says where they go, without the rest of the address', async () => {
    const { environment, receiver } = opened;
    const server = await startServer({ ...environment, DATA_DIR: 'temporary' });
    try {
      assert.match(server.output(), new RegExp(`^Webhooks +to ${new URL(receiver.url).host}$`, 'm'));
      assert.ok(!server.output().includes('s3cret'));
    } finally {
      await server.stop();
    }
  });
});
