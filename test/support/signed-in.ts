/** A person who is signed in, for tests of elements: a real account of the real API, and a real core. */
import { ClerkCore } from '../../src/clerk/clerk.ts';
import type { ClerkApi } from '../../src/clerk/clerk-api.ts';

/** Where the API of this test run is. */
export const testApi = JSON.parse(document.querySelector('#test-api')?.textContent ?? '{}') as {
  url: string;
  publishableKey: string;
};

/** A call of the Backend API, with its secret key. */
export async function backend<Answer = { id: string; unsafe_metadata: Record<string, unknown> }>(
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await fetch(`/__test/backend/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as Answer;
}

let people = 0;

/** A mail address that no other test has, and that takes the code 424242. */
export const freshAddress = (): string => `person${Date.now().toString(36)}${people++}+clerk_test@example.com`;

export const somePassword = 'willow-compass-marble';

/** Makes an account. */
export async function createPerson(unsafeMetadata: object = {}): Promise<{ id: string; emailAddress: string }> {
  const emailAddress = freshAddress();
  const { id } = await backend('POST', 'users', {
    email_address: [emailAddress],
    password: somePassword,
    unsafe_metadata: unsafeMetadata,
  });
  return { id, emailAddress };
}

/** A core of its own, loaded. */
export async function loadedClerk(): Promise<ClerkApi> {
  const clerk: ClerkApi = new ClerkCore(testApi.publishableKey);
  await clerk.load();
  return clerk;
}

/** Signs a person in who has just been made. */
export async function signInSomebody(clerk: ClerkApi, unsafeMetadata: object = {}): Promise<string> {
  const { id, emailAddress } = await createPerson(unsafeMetadata);
  const signIn = await clerk.client!.signIn.create({ strategy: 'password', identifier: emailAddress, password: somePassword });
  await clerk.setActive({ session: signIn.createdSessionId });
  return id;
}
