import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import type { ClerkOptions, SignInProps } from '../../src/clerk/clerk-api.ts';
import methods from '../../src/methods/index.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakePlatform, json } from './support/fake-platform.ts';

const live = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });
const test = createPublishableKey({ instanceType: 'development', frontendApi: 'brave-otter-7.clerk.accounts.dev' });

async function open({ href = 'https://app.example.com/page?x=1#part', key = live, options = {} as ClerkOptions } = {}) {
  const platform = new FakePlatform(href);
  const api = new FakeApi(platform);
  const clerk = new ClerkCore(key, {}, { platform, fetchMethods: () => Promise.resolve({ default: methods }) });
  await clerk.load(options);
  return { platform, api, clerk };
}

describe('__internal_redirectTarget()', () => {
  const cases: { name: string; hash?: string; props?: SignInProps; options?: ClerkOptions; modal?: boolean; target: string }[] = [
    { name: 'is / when nobody asks for anything', target: '/' },
    { name: 'is the page for a modal', modal: true, target: '/page' },
    { name: 'is redirect_url', hash: '#/?redirect_url=%2Fasked', target: '/asked' },
    {
      name: 'is what a prop forces, over redirect_url',
      hash: '#/?redirect_url=%2Fasked',
      props: { forceRedirectUrl: '/forced' },
      target: '/forced',
    },
    {
      name: 'is what the address forces, over a prop',
      hash: '#/?sign_in_force_redirect_url=%2Ffirst',
      props: { forceRedirectUrl: '/forced' },
      target: '/first',
    },
    { name: 'is what an option forces', options: { signInForceRedirectUrl: '/option' }, target: '/option' },
    {
      name: 'is redirect_url over a fallback',
      hash: '#/?redirect_url=%2Fasked',
      props: { fallbackRedirectUrl: '/fallback' },
      target: '/asked',
    },
    {
      name: 'is the fallback',
      props: { fallbackRedirectUrl: '/fallback' },
      options: { signInFallbackRedirectUrl: '/option' },
      target: '/fallback',
    },
    { name: 'is not a foreign page', hash: '#/?redirect_url=https%3A%2F%2Fevil.example%2F', target: '/' },
    { name: 'is no script', hash: '#/?redirect_url=javascript%3Aalert(1)', target: '/' },
    { name: 'is not //evil', props: { forceRedirectUrl: '//evil.example/' }, target: '/' },
    { name: 'may be a sibling of the API', hash: '#/?redirect_url=https%3A%2F%2Fwww.example.com%2Fx', target: 'https://www.example.com/x' },
    {
      name: 'is what the page allows',
      hash: '#/?redirect_url=https%3A%2F%2Fshop.test%2Fx',
      options: { allowedRedirectOrigins: ['https://shop.test'] },
      target: 'https://shop.test/x',
    },
  ];
  for (const { name, hash = '', props = {}, options = {}, modal = false, target } of cases) {
    it(name, async (context) => {
      context.mock.method(console, 'warn', () => undefined);
      const { clerk } = await open({ href: `https://app.example.com/page${hash}`, options });
      assert.equal(
        clerk.__internal_redirectTarget('signIn', props, modal),
        new URL(target, 'https://app.example.com').href + (modal ? hash : ''),
      );
    });
  }
});

describe('links to the cards', () => {
  it('carry where the person came from in the query of the fragment', async () => {
    const { clerk } = await open();
    const url = new URL(clerk.buildSignInUrl({ signInForceRedirectUrl: '/after' }));
    assert.equal(url.origin + url.pathname + url.search, 'https://accounts.example.com/sign-in');
    const query = new URLSearchParams(url.hash.split('?')[1]);
    assert.equal(query.get('redirect_url'), 'https://app.example.com/page?x=1#part');
    assert.equal(query.get('sign_in_force_redirect_url'), 'https://app.example.com/after');
  });
  it('of a relative sign-in page without a sign-up page lead to its own second half', async () => {
    const { clerk } = await open({ options: { signInUrl: '/login' } });
    assert.match(clerk.buildSignUpUrl(), /^https:\/\/app\.example\.com\/login#\/create\?redirect_url=/);
  });
  it('of a card´s page lead on to where that leads, and never back to it', async () => {
    const { clerk, platform } = await open({ options: { signInUrl: '/sign-in', signUpUrl: '/sign-up' } });
    const { href } = platform;
    for (const link of [() => clerk.buildSignInUrl(), () => clerk.buildSignUpUrl(), () => clerk.buildSignInUrl()]) {
      platform.go(link());
      assert.equal(new URLSearchParams(platform.href.split('?')[1]).get('redirect_url'), href);
    }
    assert.match(clerk.buildSignInUrl({ redirectUrl: '/asked' }), /redirect_url=https%3A%2F%2Fapp\.example\.com%2Fasked$/);
  });
  it('begin a round trip', async () => {
    const { clerk, platform } = await open({ key: test });
    await clerk.redirectToSignIn();
    assert.equal(platform.marks.get('__clerk_round_trip'), '1');
    assert.match(platform.visited[0]!, /^https:\/\/accounts\.example\.com\/sign-in/);
  });
});

describe('redirectToAfter…()', () => {
  it('lead to where a finished flow would', async () => {
    const { clerk, platform } = await open({
      key: test,
      options: { signInFallbackRedirectUrl: '/in', signUpFallbackRedirectUrl: '/up', afterSignOutUrl: '/out' },
    });
    await clerk.redirectToAfterSignIn();
    assert.equal(platform.marks.get('__clerk_round_trip'), '1');
    await clerk.redirectToAfterSignUp();
    await clerk.redirectToAfterSignOut();
    assert.deepEqual(
      platform.visited.map((url) => new URL(url).pathname),
      ['/in', '/up', '/out'],
    );
  });
});

describe('further pages', () => {
  it('are those of the application, of the instance, or the ones that the service hosts', async () => {
    const { clerk } = await open({ options: { waitlistUrl: '/wait' } });
    assert.equal(clerk.buildUserProfileUrl(), 'https://accounts.example.com/user');
    const waitlist = clerk.buildWaitlistUrl({ initialValues: { emailAddress: 'a@b.c' } });
    assert.equal(waitlist, 'https://app.example.com/wait#/?emailAddress=a%40b.c');
  });
  it('are gone to', async () => {
    const { clerk, platform } = await open({ key: test, options: { userProfileUrl: '/me' } });
    await clerk.redirectToUserProfile();
    await clerk.redirectToWaitlist();
    const [profile, waitlist] = platform.visited;
    assert.equal(profile, 'https://app.example.com/me');
    assert.match(waitlist!, /^https:\/\/brave-otter-7\.accounts\.dev\/waitlist\?__clerk_db_jwt=dvb_1#\/\?$/);
    assert.ok(platform.marks.has('__clerk_round_trip'));
  });
  it('are given the credential', async () => {
    const { clerk, platform } = await open({ key: test });
    await clerk.redirectWithAuth('https://brave-otter-7.accounts.dev/x');
    assert.deepEqual(platform.visited, ['https://brave-otter-7.accounts.dev/x?__clerk_db_jwt=dvb_1']);
  });
  it('of a task are one of the application, or the sign-in page; nobody has none', async () => {
    const { clerk, platform, api } = await open({ options: { taskUrls: { 'reset-password': '/new-password' } } });
    assert.equal(clerk.buildTasksUrl(), '');
    let key = 'setup-mfa';
    const { session } = FakeApi.prototype;
    api.session = (id) => ({ ...session.call(api, id), status: 'pending', tasks: [{ key }] });
    api.sessions = ['sess_1'];
    await clerk.client!.reload();
    await clerk.setActive({ session: 'sess_1' });
    assert.equal(clerk.buildTasksUrl(), 'https://accounts.example.com/sign-in#/tasks/setup-mfa');
    key = 'reset-password';
    await clerk.client!.reload();
    assert.equal(clerk.buildTasksUrl(), 'https://app.example.com/new-password');
    await clerk.redirectToTasks();
    assert.deepEqual(platform.visited, ['https://app.example.com/new-password']);
  });
  it('of those who leave one of several sessions are by the option, the instance, or /', async () => {
    const { clerk, api, platform } = await open();
    assert.equal(clerk.buildAfterMultiSessionSingleSignOutUrl(), '/');
    api.override = ({ path }) =>
      path === '/environment' ? json(200, { display_config: { after_sign_out_one_url: '/others' } }) : undefined;
    const other = new ClerkCore(live, {}, { platform });
    await other.load();
    assert.equal(other.buildAfterMultiSessionSingleSignOutUrl(), '/others');
    await other.load({ afterMultiSessionSingleSignOutUrl: '/choose' });
    assert.equal(other.buildAfterMultiSessionSingleSignOutUrl(), '/choose');
  });
});

describe('navigate()', () => {
  it('goes where it is told, and nowhere that could run script', async (context) => {
    context.mock.method(console, 'warn', () => undefined);
    const { clerk, platform } = await open();
    await clerk.navigate('other');
    await clerk.navigate('javascript:alert(1)');
    assert.deepEqual(platform.visited, ['https://app.example.com/other', 'https://app.example.com/']);
  });
  it('leaves pages of the application to its router', async () => {
    const pushed: string[] = [];
    const { clerk, platform } = await open({
      options: { routerPush: (to) => pushed.push(to), routerReplace: (to) => pushed.push(`replace ${to}`) },
    });
    await clerk.navigate('https://app.example.com/a?b#c');
    await clerk.navigate('/d', { replace: true });
    assert.deepEqual(pushed, ['/a?b#c', 'replace /d']);
    assert.deepEqual(platform.visited, []);
  });
});
