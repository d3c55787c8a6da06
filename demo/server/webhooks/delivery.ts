/** One attempt to deliver an event, and what follows from it. */
import type { Dependencies } from '../dependencies.ts';
import { finishDelivery, postponeDelivery } from '../store/webhook-events.ts';
import type { ClaimedDelivery } from '../store/webhook-events.ts';
import { post } from './post.ts';
import type { WebhookEndpoint } from './settings.ts';
import { signedHeaders } from './signature.ts';

export interface DeliveryContext extends Pick<Dependencies, 'database' | 'now' | 'log'> {
  secrets: readonly string[];
}

/** Milliseconds (security.md, S4). */
export const attemptTimeLimit = 10_000;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Milliseconds from a failed attempt to the next one, as Svix has them (docs.svix.com/retries); after the last one there is none. */
export const retryDelays: readonly number[] = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];

/**
 * Sends an event, signed anew, and stores what came of it: delivered by any 2xx, else another attempt later, or none any more.
 * @throws what the database throws; then the attempt is repeated.
 */
export async function attemptDelivery(context: DeliveryContext, endpoint: WebhookEndpoint, delivery: ClaimedDelivery): Promise<void> {
  const { database, now, log, secrets } = context;
  const { eventId, type, body, attempts, traceId } = delivery;
  const outcome = await send(endpoint, { body, headers: signedHeaders(secrets, { id: eventId, time: now(), body }) });
  const isDelivered = outcome.status !== undefined && outcome.status >= 200 && outcome.status < 300;
  const delay = isDelivered ? undefined : retryDelays[attempts - 1];
  // Neither the body nor the address, which may hold a password (security.md, S2).
  log({
    level: isDelivered ? 'info' : delay === undefined ? 'error' : 'warn',
    message: isDelivered ? 'webhook delivered' : delay === undefined ? 'webhook given up' : 'webhook failed',
    event: type,
    eventId,
    endpoint: endpoint.host,
    attempts,
    ...outcome,
    ...(traceId !== null && { traceId }),
  });
  if (isDelivered) await finishDelivery(database, delivery.id, 'delivered', now());
  else if (delay === undefined) await finishDelivery(database, delivery.id, 'given_up', now());
  else await postponeDelivery(database, delivery, now() + delay);
}

/** The status of the answer, or why there is none. */
async function send(
  { url }: WebhookEndpoint,
  request: { headers: Record<string, string>; body: string },
): Promise<{ status?: number; error?: string }> {
  try {
    return { status: await post(url, { ...request, timeLimit: attemptTimeLimit }) };
  } catch (error) {
    // The code alone: messages may quote the address.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    return { error: code === 'ABORT_ERR' ? 'ETIMEDOUT' : code };
  }
}
