/**
 * For tests that run in a browser: a real Clerk instance made of the sources, against the real local API that the test runner
 * has started, and people who have an account there.
 */
import type { StoredMail } from '../../demo/server/store/mails.ts';
import type { ClerkConstructorOptions, ClerkOptions, UserInterfaceLoader } from '../../src/clerk/clerk-api.ts';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import type { ClerkParts } from '../../src/clerk/clerk.ts';
import { elementFiles } from '../../src/elements/registry.ts';
import { clearStorage } from './clear-storage.ts';

/** An API that runs beside the tests. Its secret key stays with the test runner: see `backend()`. */
export interface ApiAddress {
  name: string;
  url: string;
  publishableKey: string;
}

/** The local API, and `wideApi` with every way in (`every-way-in.ts`). */
export const { usual: testApi, wide: wideApi } = JSON.parse(document.querySelector('#test-api')?.textContent ?? '{}') as Record<
  'usual' | 'wide',
  ApiAddress
>;

/** The UI out of the sources; the same modules that a test imports. */
export const sourceLoader: UserInterfaceLoader = {
  loadUserInterface: () => import('../../src/ui.ts'),
  loadElement: (tag) => {
    if (tag === 'localization') return import('../../src/i18n/localization.ts') as Promise<unknown> as Promise<never>;
    if (tag === 'clerk-sign-in' || !Object.hasOwn(elementFiles, tag)) return undefined;
    const file = elementFiles[tag as keyof typeof elementFiles];
    return import(new URL(`../../src/elements/${file}`, import.meta.url).href) as Promise<{ element: CustomElementConstructor }>;
  },
};

export interface StartOptions {
  /** Options of the constructor. */
  clerk?: ClerkConstructorOptions;
  /** Options of `load()`; `false` leaves it unloaded. */
  load?: ClerkOptions | false;
  /** Parts in place of the browser's own and of the loader of the sources. */
  parts?: ClerkParts;
  publishableKey?: string;
  /** Keeps what the page has stored, as a reload would. Otherwise the visitor is a new one. */
  isSameVisitor?: boolean;
}

/** A loaded instance whose elements are registered, and find it as the page's own. */
export async function startClerk(options: StartOptions = {}): Promise<ClerkCore> {
  if (!options.isSameVisitor) clearStorage();
  const parts = { uiLoader: sourceLoader, fetchMethods: () => import('../../src/methods/index.ts'), ...options.parts };
  const clerk = new ClerkCore(options.publishableKey ?? testApi.publishableKey, options.clerk, parts);
  const ui = (await sourceLoader.loadUserInterface()).startUserInterface(clerk);
  for (const tag of Object.keys(elementFiles)) {
    const module = await sourceLoader.loadElement(tag);
    if (module) ui.define(tag, module.element);
  }
  if (options.load !== false) await clerk.load(options.load);
  return clerk;
}

/**
 * The Backend API, by way of the test runner, which knows the secret key: `backend('/users', { method: 'POST', body })`.
 * @throws Error with the answer, unless it is a good one
 */
export async function backend<Answer = Record<string, unknown>>(
  path: string,
  init: { method?: string; body?: unknown; api?: ApiAddress } = {},
): Promise<Answer> {
  const { method = 'GET', body, api = testApi } = init;
  const answer = await fetch(`/__test/${api.name}/backend${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Mails that the API has sent; newest first. */
export async function mails(api = testApi): Promise<StoredMail[]> {
  return (await (await fetch(`/__test/${api.name}/mails`)).json()) as StoredMail[];
}

export interface Person {
  id: string;
  emailAddress: string;
  password: string;
}

/** The code that every `+clerk_test` address takes. */
export const testCode = '424242';

/** An address that nobody has; it takes the test code. */
export const newEmailAddress = (): string => `person-${crypto.randomUUID()}+clerk_test@example.com`;

/** A new account; `body` adds to what the Backend API is given, or replaces it. */
export async function createPerson(body: Record<string, unknown> = {}, api = testApi): Promise<Person> {
  const emailAddress = newEmailAddress();
  const password = 'violet-harbour-lantern';
  const { id } = await backend<{ id: string }>('/users', {
    method: 'POST',
    body: { email_address: [emailAddress], password, ...body },
    api,
  });
  return { id, emailAddress, password };
}

/** Signs the person in without a card. */
export async function signIn(clerk: ClerkCore, { emailAddress, password }: Pick<Person, 'emailAddress' | 'password'>): Promise<void> {
  const attempt = await clerk.client?.signIn.create({ strategy: 'password', identifier: emailAddress, password });
  if (!attempt?.createdSessionId) throw new Error(`The sign-in is ${attempt?.status ?? 'not there'}.`);
  await clerk.setActive({ session: attempt.createdSessionId });
}
