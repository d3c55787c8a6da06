/** Somebody who is signed in and changes unsafe metadata: one person for a suite of browser tests. */
import type { ClerkCore } from '../../src/clerk/clerk.ts';
import { backend, createPerson, signIn, startClerk } from './browser.ts';
import { network } from './network.ts';

export interface MetadataOwner {
  /** Only within tests. */
  readonly clerk: ClerkCore;
  readonly userId: string;
  /** What the server has, as a backend reads it. */
  stored(): Promise<Record<string, unknown>>;
  /** The merge patches that a test has sent so far. */
  patches(): unknown[];
}

/** Belongs in a `describe`. @param former unsafe metadata before each test */
export function signInOwner(former: Record<string, unknown> = {}): MetadataOwner {
  let clerk: ClerkCore;
  let userId: string;

  before(async () => {
    clerk = await startClerk();
    const person = await createPerson();
    userId = person.id;
    await signIn(clerk, person);
  });

  beforeEach(async () => {
    network.reset();
    await clerk.user!.update({ unsafeMetadata: former });
    network.reset();
  });

  return {
    get clerk() {
      return clerk;
    },
    get userId() {
      return userId;
    },
    stored: async () => (await backend<{ unsafe_metadata: Record<string, unknown> }>(`/users/${userId}`)).unsafe_metadata,
    patches: () =>
      network.requests
        .filter(({ path }) => path === '/v1/me/metadata')
        .map(({ form }) => JSON.parse(form['unsafe_metadata'] ?? 'null') as unknown),
  };
}
