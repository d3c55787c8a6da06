/** What the rows of the table of methods work with: one local API, and Clerk's package that speaks to it. */
import assert from 'node:assert/strict';
import type { ClerkClient, User } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import type { SettingsFile } from '../../../../demo/server/settings.ts';
import { startApi } from '../../../support/api.ts';
import type { TestApi } from '../../../support/api.ts';
import { createOfficialBackend } from '../../../support/official-backend.ts';

export interface Stage {
  api: TestApi;
  clerk: ClerkClient;
  /** A new user with an address and {@link password}. */
  create(more?: NonNullable<Parameters<ClerkClient['users']['createUser']>[0]>): Promise<User>;
}

/** Rows by the name of the method that they judge, such as `users.getUser`. */
export type Rows = Record<string, (stage: Stage) => Promise<void>>;

export const password = 'copper-lantern-meadow';

/** An instance that offers everything that backends can ask about. */
export const everything: SettingsFile = {
  users: [],
  attributes: {
    username: { enabled: true },
    phone_number: { enabled: true, second_factors: ['phone_code'] },
    authenticator_app: { enabled: true },
    backup_code: { enabled: true },
    passkey: { enabled: true },
  },
  social: [{ strategy: 'oauth_google' }],
};

export async function setStage(instance = everything): Promise<Stage> {
  const api = await startApi({ instance });
  const clerk = createOfficialBackend(api);
  let count = 0;
  const create: Stage['create'] = (more) => clerk.users.createUser({ emailAddress: [`sdk${count++}@example.com`], password, ...more });
  return { api, clerk, create };
}

/** Its first address. */
export const addressOf = ({ primaryEmailAddress }: User): string => primaryEmailAddress?.emailAddress ?? '';

/** The refusal of a call: status, code and parameter. */
export async function refusal(work: Promise<unknown>): Promise<unknown[]> {
  try {
    await work;
  } catch (error) {
    assert.ok(isClerkAPIResponseError(error), String(error));
    assert.match(error.clerkTraceId ?? '', /^[0-9a-f]{32}$/);
    return [error.status, error.errors[0]?.code, error.errors[0]?.meta?.paramName].filter((part) => part !== undefined);
  }
  return assert.fail('It was not refused.');
}
