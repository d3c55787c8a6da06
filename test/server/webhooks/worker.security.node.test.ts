import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { createId } from '../../../demo/server/ids.ts';
import { createLog } from '../../../demo/server/log.ts';
import { deleteFinishedEvents, insertWebhookEvents } from '../../../demo/server/store/webhook-events.ts';
import { retryDelays } from '../../../demo/server/webhooks/delivery.ts';
import { readEndpoints } from '../../../demo/server/webhooks/settings.ts';
import type { WebhookEndpoint } from '../../../demo/server/webhooks/settings.ts';
import { createWorker } from '../../../demo/server/webhooks/worker.ts';
import type { DeliveryWorker } from '../../../demo/server/webhooks/worker.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { idsOf, signingSecret, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../support/webhook-receiver.ts';

describe('S5: a worker of webhooks', () => {
  let api: TestApi;
  let receiver: WebhookReceiver;
  let endpoint: WebhookEndpoint;
  let time: number;
  let log: string[];

  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());
  beforeEach(async () => {
    receiver = await startWebhookReceiver();
    [endpoint = assert.fail()] = readEndpoints([{ url: `${receiver.url}/s3cret-path?token=s3cret`, events: ['user.updated'] }]);
    time = Date.now();
    log = [];
  });
  afterEach(() => receiver.stop());

  const start = (to = endpoint): DeliveryWorker =>
    createWorker(
      { database: api.database, now: () => time, log: createLog('debug', (line) => void log.push(line)), secrets: [signingSecret()] },
      to,
    );

  /** Lets a new worker do all that is due. */
  async function deliver(expected: number): Promise<void> {
    const worker = start();
    worker.wake();
    await receiver.until(({ length }) => length >= expected);
    await worker.stop();
  }

  async function addEvents(number: number): Promise<string[]> {
    const events = Array.from({ length: number }, (_item, index) => ({
      id: createId('msg'),
      type: 'user.updated',
      body: JSON.stringify({ type: 'user.updated', data: { private_metadata: { index: `s3cret-${index}` } } }),
      traceId: 'f'.repeat(32),
      endpoints: [endpoint.id],
    }));
    await insertWebhookEvents(api.database, events, time);
    return events.map(({ id }) => id);
  }

  const readRows = () =>
    api.database.selectFrom('webhook_deliveries').selectAll().where('endpoint', '=', endpoint.id).orderBy('id').execute();
  const entries = () => log.map((line) => JSON.parse(line) as Record<string, unknown>);

  it('delivers what waits, once', async () => {
    const ids = await addEvents(20);
    await deliver(20);
    assert.deepEqual(idsOf(receiver.received).sort(), [...ids].sort());
    for (const row of await readRows()) assert.deepEqual([row.status, row.attempts, row.finished_at], ['delivered', 1, time]);
    const again = start();
    again.wake();
    await again.stop();
    assert.equal(receiver.received.length, 20);
  });

  it('tries again when Svix does, with the same id and a new signature, and then no more', async () => {
    assert.deepEqual(
      retryDelays,
      [5, 300, 1800, 7200, 18_000, 36_000, 36_000].map((seconds) => seconds * 1000),
    );
    receiver.answer = (_webhook, response) => void response.writeHead(500).end();
    const [id] = await addEvents(1);
    for (const [index, delay] of [...retryDelays, undefined].entries()) {
      await deliver(index + 1);
      const [row = assert.fail()] = await readRows();
      assert.equal(row.attempts, index + 1);
      if (delay === undefined) {
        assert.deepEqual([row.status, row.finished_at], ['given_up', time]);
        break;
      }
      assert.deepEqual([row.status, row.next_attempt_at], ['pending', time + delay]);
      time += delay - 1;
      const early = start();
      early.wake();
      await early.stop();
      assert.equal(receiver.received.length, index + 1, 'not before it is due');
      time += 1;
    }
    time += 365 * 24 * 3600_000;
    const late = start();
    late.wake();
    await late.stop();
    assert.deepEqual(
      idsOf(receiver.received),
      Array.from({ length: 8 }, () => id),
    );
    assert.equal(new Set(receiver.received.map(({ headers }) => headers['svix-signature'])).size, 8);
    assert.equal(new Set(receiver.received.map(({ headers }) => headers['svix-timestamp'])).size, 8);
    assert.equal(new Set(receiver.received.map(({ body }) => body)).size, 1);
  });

  for (const [name, answer] of [
    ['a redirect', (_webhook, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['a refusal', (_webhook, response) => void response.writeHead(404).end()],
    ['a connection that breaks after all has arrived', (_webhook, response) => void response.destroy()],
  ] as [string, WebhookReceiver['answer']][]) {
    it(`takes ${name} for a failure`, async () => {
      receiver.answer = answer;
      const [id] = await addEvents(1);
      await deliver(1);
      receiver.answer = (_webhook, response) => void response.writeHead(299).end();
      time += 5000;
      await deliver(2);
      assert.deepEqual(idsOf(receiver.received), [id, id]);
      assert.ok(receiver.received.every(({ path }) => path.startsWith('/s3cret-path')));
      const [row] = await readRows();
      assert.deepEqual([row?.status, row?.attempts], ['delivered', 2]);
    });
  }

  it('S4: gives an endpoint ten seconds, and tries again', async (test) => {
    const limits: number[] = [];
    const clock = new AbortController();
    test.mock.method(AbortSignal, 'timeout', (milliseconds: number) => {
      limits.push(milliseconds);
      return clock.signal;
    });
    // The ten seconds are over once it has everything and says nothing, so that nobody has to wait for them.
    receiver.answer = () => clock.abort(new DOMException('', 'TimeoutError'));
    await addEvents(1);
    await deliver(1);
    assert.deepEqual(limits, [10_000]);
    assert.deepEqual(
      entries().map(({ message, error }) => [message, error]),
      [['webhook failed', 'ETIMEDOUT']],
    );
    assert.deepEqual(
      (await readRows()).map(({ status, next_attempt_at }) => [status, next_attempt_at]),
      [['pending', time + 5000]],
    );
  });

  it('logs what became of it, and nothing secret', async () => {
    const [id] = await addEvents(1);
    receiver.answer = (_webhook, response) => void response.destroy();
    await deliver(1);
    receiver.answer = (_webhook, response) => void response.writeHead(503).end();
    time += 5000;
    await deliver(2);
    receiver.answer = (_webhook, response) => void response.writeHead(200).end();
    time += 300_000;
    await deliver(3);
    const common = { event: 'user.updated', eventId: id, endpoint: endpoint.host, traceId: 'f'.repeat(32) };
    assert.deepEqual(
      entries().map(({ time: _time, ...entry }) => entry),
      [
        { level: 'warn', message: 'webhook failed', ...common, attempts: 1, error: 'ECONNRESET' },
        { level: 'warn', message: 'webhook failed', ...common, attempts: 2, status: 503 },
        { level: 'info', message: 'webhook delivered', ...common, attempts: 3, status: 200 },
      ],
    );
    for (const secret of ['s3cret', 'whsec_', 'v1,']) assert.ok(!log.join('').includes(secret));
  });

  it('shares the work with others: nobody sends what another one is sending', async () => {
    const ids = await addEvents(60);
    const workers = [start(), start(), start()];
    for (const worker of workers) worker.wake();
    await receiver.until(({ length }) => length >= 60);
    await Promise.all(workers.map((worker) => worker.stop()));
    assert.deepEqual(idsOf(receiver.received).sort(), [...ids].sort());
    for (const { attempts, status } of await readRows()) assert.deepEqual([attempts, status], [1, 'delivered']);
  });

  it('takes over from one that has died in the middle', async () => {
    const [id] = await addEvents(1);
    receiver.answer = () => undefined;
    const dead = start();
    dead.wake();
    await receiver.until(({ length }) => length === 1);
    const other = start();
    other.wake();
    await other.stop();
    assert.equal(receiver.received.length, 1, 'not while it may live');
    receiver.answer = (_webhook, response) => void response.writeHead(200).end();
    time += 12_000;
    await deliver(2);
    assert.deepEqual(idsOf(receiver.received), [id, id]);
    // What comes of the first one changes nothing any more.
    receiver.drop();
    await dead.stop();
    const [row] = await readRows();
    assert.deepEqual([row?.status, row?.attempts], ['delivered', 2]);
  });

  it('ends after what is under way', async () => {
    await addEvents(1);
    const responses: (() => void)[] = [];
    receiver.answer = (_webhook, response) => void responses.push(() => void response.writeHead(200).end());
    const worker = start();
    worker.wake();
    await receiver.until(({ length }) => length === 1);
    const stopped = worker.stop();
    responses[0]?.();
    await stopped;
    assert.equal((await readRows())[0]?.status, 'delivered');
    await addEvents(1);
    worker.wake();
    await worker.stop();
    assert.equal(receiver.received.length, 1);
  });
});

describe('deleteFinishedEvents()', () => {
  let api: TestApi;
  before(async () => {
    // Its own cleaning is to find nothing old.
    api = await startApi({ now: () => 0 });
  });
  after(() => api.stop());

  it('keeps what is still to be delivered and what is not old yet', async () => {
    const { database } = api;
    const add = async (id: string, values: object, endpoint = 'here') => {
      await insertWebhookEvents(database, [{ id, type: 'user.updated', body: '{}', traceId: null, endpoints: [endpoint] }], 100);
      await database.updateTable('webhook_deliveries').set(values).where('event_id', '=', id).execute();
    };
    await add('msg_delivered', { status: 'delivered', finished_at: 199 });
    await add('msg_given_up', { status: 'given_up', finished_at: 199 });
    await add('msg_delivered_lately', { status: 'delivered', finished_at: 200 });
    await add('msg_waiting', { next_attempt_at: 100 });
    await add('msg_for_nobody', { next_attempt_at: 199 }, 'elsewhere');
    await add('msg_for_nobody_lately', { next_attempt_at: 200 }, 'elsewhere');
    await deleteFinishedEvents(database, { before: 200, endpoints: ['here'] });
    const left = async () => (await database.selectFrom('webhook_events').select('id').orderBy('id').execute()).map(({ id }) => id);
    assert.deepEqual(await left(), ['msg_delivered_lately', 'msg_for_nobody_lately', 'msg_waiting']);
    await deleteFinishedEvents(database, { before: 1000, endpoints: [] });
    assert.deepEqual(await left(), []);
  });
});
