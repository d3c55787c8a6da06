/** Several accounts in one browser, by Clerk's own cards and user button: added, chosen, let go one by one and all at once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ask, press } from '../official-page.ts';
import { identify, openStage, signIn } from './ui-page.ts';
import type { Stage, UiVisit } from './ui-page.ts';

describe('the user button of @clerk/ui where one browser may have several accounts', () => {
  let stage: Stage;
  before(async () => void (stage = await openStage({ instance: { single_session_mode: false } })));
  after(() => stage.stop());

  const openMenu = (page: Page) => press(page, 'Open user menu');
  /** The entry of an account that is not the chosen one. */
  const account = (page: Page, emailAddress: string) => page.getByRole('button', { name: emailAddress });
  /** Signs one in and adds another by the menu. */
  const openWithTwo = async () => {
    const [ada, bob] = [await stage.newUser(), await stage.newUser()];
    const visited = await stage.open('/sign-in');
    const { page } = visited;
    await signIn(visited, ada.emailAddress);
    await visited.arriveAs(ada.id);
    await openMenu(page);
    await press(page, 'Add account');
    await visited.arriveAt('/sign-in');
    await signIn(visited, bob.emailAddress);
    await visited.arriveAs(bob.id);
    return { ada, bob, ...visited };
  };
  /** Whose tokens the page gets. */
  const subject = ({ page }: UiVisit) =>
    ask(page, async (clerk) => {
      const token = await clerk.session!.getToken();
      return (JSON.parse(atob(token!.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'))) as { sub: string }).sub;
    });
  const activeSessions = async ({ id }: { id: string }) =>
    (await stage.backend.sessions.getSessionList({ userId: id, status: 'active' })).data.length;

  it('adds one, and turns from one to the other', async () => {
    const { ada, bob, ...visited } = await openWithTwo();
    const { page } = visited;
    assert.equal(await subject(visited), bob.id);
    await openMenu(page);
    await Promise.all([page.waitForEvent('load'), account(page, ada.emailAddress).click()]);
    await visited.arriveAs(ada.id);
    assert.equal(await subject(visited), ada.id);
    // And by the card, which takes an account that is here already for a choice.
    await visited.go('/sign-in#/choose');
    await press(page, new RegExp(bob.emailAddress.replace(/[+.]/g, '\\$&')));
    await visited.arriveAs(bob.id);
    await visited.go('/sign-in');
    await identify(page, ada.emailAddress);
    await visited.arriveAs(ada.id);
    assert.equal(await ask(page, (clerk) => clerk.client!.sessions.length), 2);
    await visited.leave('400 client/sign_ins');
  });

  it('signs one out and keeps the other', async () => {
    const { ada, bob, ...visited } = await openWithTwo();
    await openMenu(visited.page);
    await press(visited.page, 'Sign out');
    await visited.arriveAt('/sign-in');
    await visited.go('/');
    await visited.arriveAs(ada.id);
    assert.equal(await subject(visited), ada.id);
    assert.deepEqual([await activeSessions(ada), await activeSessions(bob)], [1, 0]);
    await visited.leave();
  });

  it('signs all out', async () => {
    const { ada, bob, ...visited } = await openWithTwo();
    await openMenu(visited.page);
    await press(visited.page, 'Sign out of all accounts');
    await visited.arriveAt('/sign-in');
    await visited.page.waitForFunction('window.Clerk?.loaded');
    assert.equal(await ask(visited.page, (clerk) => clerk.client!.sessions.length), 0);
    assert.deepEqual([await activeSessions(ada), await activeSessions(bob)], [0, 0]);
    await visited.leave();
  });
});
