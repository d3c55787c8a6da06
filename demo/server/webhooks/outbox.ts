/** Turns what a transaction has changed into events, written by the same transaction: both are there, or neither (security.md, S5). */
import type { Dependencies } from '../dependencies.ts';
import { createId } from '../ids.ts';
import { presentBackendSession } from '../present/backend-session.ts';
import { presentBackendUser } from '../present/user.ts';
import type { ChangeObserver, Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { findBackendUsers } from '../store/users.ts';
import { insertWebhookEvents } from '../store/webhook-events.ts';
import type { NewWebhookEvent } from '../store/webhook-events.ts';
import { currentCause } from './cause.ts';
import { eventBody, sessionEventType } from './event.ts';
import type { DeletedUserJSON, WebhookContent, WebhookEventType } from './event.ts';
import type { WebhookEndpoint } from './settings.ts';

export type OutboxContext = Pick<Dependencies, 'settings' | 'frontendApiUrl' | 'keys' | 'now'>;

/** @param wake told after each commit that has something to deliver */
export function createOutbox(context: OutboxContext, endpoints: readonly WebhookEndpoint[], wake: () => void): ChangeObserver {
  const subscribers = (type: WebhookEventType) => endpoints.filter(({ events }) => events.has(type)).map(({ id }) => id);

  return {
    beforeCommit: async (transaction, changes) => {
      const isWanted = (type: WebhookEventType) => subscribers(type).length > 0;
      const contents = await describeChanges(context, transaction, selectChanges(changes, isWanted));
      if (!contents.length) return;
      const now = context.now();
      const cause = currentCause();
      const events = contents.map((content): NewWebhookEvent => ({
        id: createId('msg'),
        type: content.type,
        body: eventBody(content, { instanceId: context.keys.instanceId, cause, now }),
        traceId: cause?.traceId ?? null,
        endpoints: subscribers(content.type),
      }));
      await insertWebhookEvents(transaction, events, now);
    },
    afterCommit: wake,
  };
}

/** Only what somebody wants to know: a user is not read for nothing. */
function selectChanges({ users, sessions }: Changes, isWanted: (type: WebhookEventType) => boolean) {
  return {
    deleted: [...users.values()].flatMap((change) => (change.kind === 'deleted' ? change.user : [])),
    users: [...users].flatMap(([id, { kind }]) =>
      kind !== 'deleted' && isWanted(`user.${kind}`) ? { id, type: `user.${kind}` as const } : [],
    ),
    sessions: [...sessions.values()].flatMap((session) => {
      const type = sessionEventType(session.status);
      return type && isWanted(type) ? { session, type } : [];
    }),
    isDeletionWanted: isWanted('user.deleted'),
  };
}

/** Users as they are at the end of the transaction, all three kinds of metadata included; those who are gone as they were before. */
async function describeChanges(
  context: OutboxContext,
  transaction: Database,
  { users, sessions, deleted, isDeletionWanted }: ReturnType<typeof selectChanges>,
): Promise<WebhookContent[]> {
  const ids = new Set([...users.map(({ id }) => id), ...sessions.map(({ session }) => session.user_id)]);
  const rows = [...deleted, ...(await findBackendUsers(transaction, [...ids]))];
  const known = new Map(rows.map((row) => [row.id, presentBackendUser(row, context)]));
  return [
    ...users.flatMap(({ id, type }) => {
      const user = known.get(id);
      return user ? { type, data: user } : [];
    }),
    ...sessions.flatMap(({ session, type }) => {
      const user = known.get(session.user_id);
      return user ? { type, data: { ...presentBackendSession(session), user } } : [];
    }),
    ...(isDeletionWanted ? deleted : []).map(({ id, external_id }): WebhookContent => {
      const data: DeletedUserJSON = { object: 'user', id, deleted: true, ...(external_id !== null && { external_id }) };
      return { type: 'user.deleted', data };
    }),
  ];
}
