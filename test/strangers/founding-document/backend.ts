/** What all rows share: the API, and users whose metadata is looked at from outside of any SDK. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi, TestApiOptions } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';

export type Kind = 'private' | 'public' | 'unsafe';

/** What is in every kind of a new user: writes of backends merge, so it has to stay. */
export const kept = { kept: { since: 1969 } };

export interface Backend extends TestApi {
  /** A new user; its id. */
  createUser(): Promise<string>;
  /** The document of one kind. */
  metadata(userId: string, kind: Kind): Promise<unknown>;
  /** That the document of this kind now has these keys too, and the others have nothing new. */
  hasOnlyGained(userId: string, kind: Kind, gained: object): Promise<void>;
}

/** The one that all rows use, once it is open. */
export let backend: Backend;

/** Starts the API. */
export async function openBackend(options?: TestApiOptions): Promise<void> {
  const api = await startApi(options);
  const call = createBackendClient(api);
  let count = 0;
  const metadata = async (userId: string, kind: Kind): Promise<unknown> => (await call('GET', `/users/${userId}`)).body[`${kind}_metadata`];
  backend = {
    ...api,
    createUser: async () => {
      const body = {
        email_address: [`founding${count++}@example.com`],
        skip_password_requirement: true,
        private_metadata: kept,
        public_metadata: kept,
        unsafe_metadata: kept,
      };
      const answer = await call('POST', '/users', { body });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body.id as string;
    },
    metadata,
    hasOnlyGained: async (userId, kind, gained) => {
      for (const each of ['private', 'public', 'unsafe'] as const) {
        assert.deepEqual(await metadata(userId, each), each === kind ? { ...kept, ...gained } : kept, each);
      }
    },
  };
}

/** For the tests of this group, the environment tells Clerk's packages where the API is. */
export function useEnvironment(): void {
  let restore: () => void;
  before(() => {
    const known = { ...process.env };
    Object.assign(process.env, {
      CLERK_SECRET_KEY: backend.secretKey,
      CLERK_PUBLISHABLE_KEY: backend.publishableKey,
      NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: backend.publishableKey,
      CLERK_API_URL: backend.backendUrl,
      // Tests speak to nobody but the local API.
      CLERK_TELEMETRY_DISABLED: '1',
      NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
    });
    restore = () => void (process.env = known);
  });
  after(() => restore());
}
