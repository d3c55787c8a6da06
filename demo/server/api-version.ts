/** Dated API versions (dossier part 1, §2.3; part 2, §0.2). */
import type { Context } from 'hono';
import { ApiError } from './errors.ts';
import type { AppEnvironment } from './request-context.ts';

/** From this version on metadata has endpoints of its own. */
export const metadataVersion = '2026-05-12';

/** What a caller gets who names none: plain `curl` and old SDKs depend on its lenience. */
const oldest = '2021-02-05';

/**
 * The version of a request. Dates compare as text, so the rules of a version hold from its date on, also for dates unknown to us.
 * @throws ApiError 400 `api_version_invalid` if it is malformed or given both ways.
 */
export function readApiVersion(c: Context<AppEnvironment>): string {
  const header = c.req.header('clerk-api-version');
  const queries = c.req.queries('__clerk_api_version') ?? [];
  const given = header === undefined ? queries : [header, ...queries];
  const [version = oldest] = given;
  if (given.length > 1 || !/^\d{4}-\d{2}-\d{2}$/.test(version) || Number.isNaN(Date.parse(version))) {
    throw new ApiError(400, {
      code: 'api_version_invalid',
      message: 'Invalid API version',
      longMessage: 'Give one API version, as a date such as 2025-11-10, either in Clerk-API-Version or in __clerk_api_version.',
    });
  }
  return version;
}
