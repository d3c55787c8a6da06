/** What backends are told of, and in which words (dossier part 2, §6.9). */
import type { BackendSessionJSON } from '../present/backend-session.ts';
import type { BackendUserJSON } from '../present/user.ts';
import type { RequestCause } from './cause.ts';

/**
 * The types that there are here. `session.pending` is for sessions with a task before them: setting up a second factor. When it is done,
 * they are told of as `session.created`.
 */
export const webhookEventTypes = [
  'user.created',
  'user.updated',
  'user.deleted',
  'session.created',
  'session.pending',
  'session.ended',
  'session.removed',
  'session.revoked',
] as const;

export type WebhookEventType = (typeof webhookEventTypes)[number];

/** What is left to say of a user who is gone. */
export interface DeletedUserJSON {
  object: 'user';
  id: string;
  deleted: true;
  external_id?: string;
}

/** A type with what belongs to it. */
export interface WebhookContent {
  type: WebhookEventType;
  data: BackendUserJSON | DeletedUserJSON | (BackendSessionJSON & { user: BackendUserJSON });
}

/**
 * The event of a session, by the status that it has got. The others have none: `replaced` is by the session that starts at the same
 * moment, and time alone, which makes sessions `expired` and `abandoned`, writes nothing.
 */
const eventOfStatus: Partial<Record<string, WebhookEventType>> = {
  active: 'session.created',
  pending: 'session.pending',
  ended: 'session.ended',
  removed: 'session.removed',
  revoked: 'session.revoked',
};

export const sessionEventType = (status: string): WebhookEventType | undefined => eventOfStatus[status];

/**
 * The JSON that is sent.
 * @param now milliseconds since 1970
 * @param cause the request behind it; without one its members are empty, since receivers expect them
 */
export function eventBody(
  { type, data }: WebhookContent,
  { instanceId, cause, now }: { instanceId: string; cause: RequestCause | undefined; now: number },
): string {
  return JSON.stringify({
    object: 'event',
    type,
    timestamp: now,
    instance_id: instanceId,
    event_attributes: { http_request: { client_ip: cause?.address ?? '', user_agent: cause?.userAgent ?? '' } },
    data,
  });
}
