/** The outbox of webhooks: events, and for each endpoint how far their delivery is. */
import type { Database } from './database.ts';

export interface NewWebhookEvent {
  id: string;
  type: string;
  /** The JSON to send. */
  body: string;
  /** Of the request that caused it. */
  traceId: string | null;
  /** Ids of the endpoints that it goes to. */
  endpoints: readonly string[];
}

/** Writes events in the transaction of the change that they tell of. */
export async function insertWebhookEvents(transaction: Database, events: readonly NewWebhookEvent[], now: number): Promise<void> {
  await transaction
    .insertInto('webhook_events')
    .values(events.map(({ id, type, body, traceId }) => ({ id, type, body, trace_id: traceId, created_at: now })))
    .execute();
  await transaction
    .insertInto('webhook_deliveries')
    .values(events.flatMap(({ id, endpoints }) => endpoints.map((endpoint) => ({ event_id: id, endpoint, next_attempt_at: now }))))
    .execute();
}

/** An attempt that is ours to make. */
export interface ClaimedDelivery {
  id: number;
  eventId: string;
  type: string;
  body: string;
  traceId: string | null;
  /** This one included. */
  attempts: number;
}

/**
 * Takes deliveries that are due, oldest first. Nobody else takes them for `lease` milliseconds; after that whoever took them is taken
 * for dead.
 */
export async function claimDeliveries(
  database: Database,
  { endpoint, limit, lease }: { endpoint: string; limit: number; lease: number },
  now: number,
): Promise<ClaimedDelivery[]> {
  const rows = await database
    .with('due', (db) =>
      db
        .selectFrom('webhook_deliveries')
        .select('id')
        .where('endpoint', '=', endpoint)
        .where('status', '=', 'pending')
        .where('next_attempt_at', '<=', now)
        .orderBy('next_attempt_at')
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('webhook_deliveries as delivery')
    .from(['due', 'webhook_events as event'])
    .set((eb) => ({ attempts: eb('delivery.attempts', '+', 1), next_attempt_at: now + lease }))
    .whereRef('delivery.id', '=', 'due.id')
    .whereRef('event.id', '=', 'delivery.event_id')
    .returning([
      'delivery.id',
      'delivery.attempts',
      'event.id as eventId',
      'event.type as type',
      'event.body as body',
      'event.trace_id as traceId',
    ])
    .execute();
  return rows.sort((one, other) => one.id - other.id);
}

/** No further attempt. What was delivered stays so, whatever a later attempt has come to. */
export async function finishDelivery(database: Database, id: number, status: 'delivered' | 'given_up', now: number): Promise<void> {
  await database
    .updateTable('webhook_deliveries')
    .set({ status, finished_at: now })
    .where('id', '=', id)
    .where('status', '!=', 'delivered')
    .execute();
}

/** Another attempt at a time, unless somebody else is at it by now. */
export async function postponeDelivery(
  database: Database,
  { id, attempts }: Pick<ClaimedDelivery, 'id' | 'attempts'>,
  nextAttemptAt: number,
): Promise<void> {
  await database
    .updateTable('webhook_deliveries')
    .set({ next_attempt_at: nextAttemptAt })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('attempts', '=', attempts)
    .execute();
}

/** When the next attempt is due, in milliseconds since 1970; `undefined` if nothing is left to deliver. */
export async function findNextAttempt(database: Database, endpoint: string): Promise<number | undefined> {
  const row = await database
    .selectFrom('webhook_deliveries')
    .select('next_attempt_at')
    .where('endpoint', '=', endpoint)
    .where('status', '=', 'pending')
    .orderBy('next_attempt_at')
    .limit(1)
    .executeTakeFirst();
  return row?.next_attempt_at;
}

/**
 * Deletes events of which nothing is left to deliver since a time. What waits for an endpoint that is configured no longer is dropped;
 * what waits for one that is configured stays, however long this server was off.
 */
export async function deleteFinishedEvents(
  database: Database,
  { before, endpoints }: { before: number; endpoints: readonly string[] },
): Promise<void> {
  await database.deleteFrom('webhook_deliveries').where('status', '!=', 'pending').where('finished_at', '<', before).execute();
  const dropped = database.deleteFrom('webhook_deliveries').where('status', '=', 'pending').where('next_attempt_at', '<', before);
  await (endpoints.length ? dropped.where('endpoint', 'not in', endpoints) : dropped).execute();
  await database
    .deleteFrom('webhook_events')
    .where('created_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('webhook_deliveries')
            .select('webhook_deliveries.id')
            .whereRef('webhook_deliveries.event_id', '=', 'webhook_events.id'),
        ),
      ),
    )
    .execute();
}
