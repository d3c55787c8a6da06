import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import methods from '../../src/methods/index.ts';
import type { MethodsModule } from '../../src/resources/fetched-methods.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakePlatform, json } from './support/fake-platform.ts';

const live = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });

/** What the core calls by itself, whatever its name is. */
const calledByCore = ['reload', 'replaceByPatch'];

/** Names of Clerk's types that no class of the core has. */
type Called = Record<
  'createThing' | 'createOther' | 'openThing' | '__internal_openThing' | 'toString',
  (...parts: unknown[]) => Promise<unknown>
>;

describe('methods of the further file', () => {
  let clerk: ClerkCore;
  let platform: FakePlatform;
  let api: FakeApi;
  let fetched: number;
  let answer: () => Promise<MethodsModule>;

  beforeEach(async () => {
    platform = new FakePlatform();
    api = new FakeApi(platform);
    api.sessions = ['sess_1'];
    fetched = 0;
    const table = {
      createThing(this: { id: string }, ...parts: unknown[]) {
        return [this.id, ...parts];
      },
    };
    const own = {
      openThing(this: ClerkCore) {
        return this;
      },
      __internal_openThing: () => 'opened',
    };
    answer = () => Promise.resolve({ default: () => ({ '/me': table, Clerk: own }) });
    const fetchMethods = () => {
      fetched++;
      return answer();
    };
    clerk = new ClerkCore(live, {}, { platform, fetchMethods });
    await clerk.load();
  });

  const called = (owner: unknown) => owner as Called;

  it('that change the user are told to listeners, and no token from before is handed out', async () => {
    answer = () => Promise.resolve({ default: methods });
    api.override = ({ path }) =>
      path === '/me/backup_codes' ? json(200, { response: { id: 'bck_1', codes: ['a'] }, client: null }) : undefined;
    const before = await clerk.session!.getToken();
    platform.time++;
    let told = 0;
    clerk.addListener(() => told++, { skipInitialEmit: true });
    assert.deepEqual((await clerk.user!.createBackupCode()).codes, ['a']);
    assert.equal(told, 1);
    assert.notEqual(await clerk.session!.getToken(), before);
  });

  it('are fetched once, by the first call of one of them, and act on what they are called on', async () => {
    assert.equal(fetched, 0);
    const { createThing } = called(clerk.user);
    const answers = await Promise.all([createThing(1, 2), called(clerk.user).createThing()]);
    assert.deepEqual(answers, [[clerk.user!.id, 1, 2], [clerk.user!.id]]);
    await called(clerk.user).createThing();
    assert.equal(fetched, 1);
  });

  it('are there for the instance itself', async () => {
    assert.equal(await called(clerk).openThing(), clerk);
    assert.equal(await called(clerk).__internal_openThing(), 'opened');
  });

  it('that nobody has reject with their name', async () => {
    for (const owner of [clerk, clerk.user, clerk.session, clerk.client, clerk.client!.signIn]) {
      await assert.rejects(called(owner).createOther(), { code: 'not_supported', message: /createOther\(\)/ });
    }
    assert.equal(typeof called(clerk.user).toString, 'function');
    assert.equal((clerk.user as unknown as { nothing: unknown }).nothing, undefined);
  });

  it('of components that are not there say so once, and what to do instead', async (t) => {
    answer = () => Promise.resolve({ default: methods });
    const error = t.mock.method(console, 'error', () => undefined);
    for (const name of ['mountUserAvatar', 'openPlanDetails', '__internal_openPlanDetails', 'mountUserAvatar'])
      assert.equal(await called(clerk)[name as keyof Called](), undefined);
    assert.deepEqual(
      error.mock.calls.map(({ arguments: [text] }) => text as string),
      [
        'clerk-lit: mountUserAvatar() is not supported yet. Draw one with Clerk.user.imageUrl.',
        'clerk-lit: openPlanDetails() is not supported yet. There is no billing.',
        'clerk-lit: __internal_openPlanDetails() is not supported yet. There is no billing.',
      ],
    );
  });

  it('that would undo or prepare what was never done do nothing, and fetch nothing', () => {
    const names = [
      'unmountUserAvatar',
      'closeUserProfile',
      '__internal_unmountOAuthConsent',
      '__experimental_prefetchOrganizationSwitcher',
    ];
    for (const name of [...names, '__internal_attemptToEnableEnvironmentSetting'])
      assert.equal(called(clerk)[name as keyof Called](), undefined, name);
    assert.equal(fetched, 0);
  });

  it('are no members that somebody looks for, and make no promise of their owner', () => {
    for (const name of ['then', 'closed', 'opened', 'unmountable', '__internal_setActiveInProgress', '__internal_getCachedResources'])
      for (const owner of [clerk, clerk.user]) assert.equal((owner as unknown as Record<string, unknown>)[name], undefined, name);
    for (const name of ['mountUserButton', 'unmountUserButton', 'openUserProfile', Symbol.iterator]) assert.ok(!(name in clerk));
    assert.equal(String(clerk), '[object Object]');
  });

  it('that are nobody´s own are no methods of a table', async () => {
    answer = () =>
      Promise.resolve({ default: () => ({ '/me': Object.create({ createOther: () => 'inherited' }) as object as Record<string, never> }) });
    await assert.rejects(called(clerk.user).createOther(), { code: 'not_supported' });
  });

  it('reject readably where the file cannot be fetched, and are fetched again at the next call', async () => {
    const good = answer;
    const cause = new TypeError('Failed to fetch dynamically imported module');
    answer = () => Promise.reject(cause);
    const failure = { name: 'ClerkRuntimeError', code: 'methods_not_loaded', clerkRuntimeError: true, cause };
    await assert.rejects(called(clerk.user).createThing(), failure);
    await assert.rejects(called(clerk).openThing(), failure);
    assert.equal(fetched, 2);
    answer = good;
    await called(clerk.user).createThing();
    await called(clerk.user).createThing();
    assert.equal(fetched, 3);
  });

  it('of the sources belong to resources that there are', async () => {
    const owners: object[] = [clerk, clerk.client!, clerk.session!, clerk.user!, clerk.client!.signIn, clerk.client!.signUp];
    const known = owners.map((owner) => (owner as { pathRoot?: string }).pathRoot ?? 'Clerk');
    // Parts of others, and those that a user has.
    known.push('');
    known.push(...['email_addresses', 'phone_numbers', 'passkeys', 'external_accounts'].map((name) => `/me/${name}`));
    for (const [path, table] of Object.entries(methods())) {
      assert.ok(known.includes(path), path);
      for (const name of Object.keys(table)) {
        const owner = owners[known.indexOf(path)];
        // Neither hidden by the core nor left out by the rule for names; one is to be seen before it is called.
        if (owner && !calledByCore.includes(name))
          assert.ok(
            name in owner === name.endsWith('_updateProps') && typeof called(owner)[name as keyof Called] === 'function',
            `${path} ${name}`,
          );
      }
    }
  });
});
