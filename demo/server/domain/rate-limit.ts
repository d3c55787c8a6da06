/** Limits on how often somebody may ask (dossier part 1, §3.4; security.md §3). */
import { addressGroup } from '../client-address.ts';
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import type { RateLimits } from '../settings.ts';
import { countRequest } from '../store/rate-counters.ts';

/**
 * Counts one request of a kind.
 *
 * @param key who asks: an address (counted by {@link addressGroup}), or an id.
 * @throws ApiError 429 `too_many_requests` with `Retry-After`, once there were more in this window than the settings allow.
 */
export async function checkRate(
  { database, settings, now }: Pick<Dependencies, 'database' | 'settings' | 'now'>,
  kind: keyof RateLimits,
  key: string,
): Promise<void> {
  if (settings.rateLimits === 'off') return;
  const { requests, window } = settings.rateLimits[kind];
  const time = now();
  const windowStart = time - (time % (window * 1000));
  const count = await countRequest(database, `${kind}:${addressGroup(key)}`, windowStart);
  if (count <= requests) return;
  throw new ApiError(
    429,
    {
      code: 'too_many_requests',
      message: 'Too many requests. Please try again in a bit.',
      longMessage: 'Too many requests. Please wait a moment and try again.',
    },
    { retryAfter: Math.max(1, Math.ceil((windowStart + window * 1000 - time) / 1000)) },
  );
}
