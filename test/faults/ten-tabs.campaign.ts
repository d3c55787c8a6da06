/** Ten tabs of one browser in which anything happens (security.md D9): they agree on who is there, and nothing is written into another account. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { TestApi } from '../support/api.ts';
import { enter, isLoaded, openCorePage } from '../support/core-page.ts';
import type { Core } from '../support/core-page.ts';
import { visit } from '../support/journey.ts';
import { addUser } from '../support/users.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';

const tabCount = 10;
const actionCount = { full: 12, ci: 8 };
/** Milliseconds until all tabs know: the promise, and what a shared machine gets. */
const patience = { full: 1000, ci: 10_000 };

interface Somebody {
  id: string;
  emailAddress: string;
  password: string;
}

/** Who a tab says is there, and what it last heard of that person. */
interface View {
  user: string | null;
  session: string | null;
  cookie: string | null;
  /** Who else could be. */
  sessions: string[];
  saved: unknown;
}

/** As text: a compiler may leave helpers of its own in a function. */
const view = (tab: Page) =>
  tab.evaluate<View>(`({
    user: Clerk.user?.id ?? null,
    session: Clerk.session?.id ?? null,
    sessions: Clerk.client.signedInSessions.map(({ id }) => id).sort(),
    cookie: JSON.parse(atob((/(?:^|; )__session=[^.;]*\\.([^.;]*)/.exec(document.cookie)?.[1] ?? btoa('{}')).replaceAll('-', '+').replaceAll('_', '/'))).sid ?? null,
    saved: Clerk.user?.unsafeMetadata.saved ?? null,
  })`);

export const campaign: Campaign = {
  name: 'ten-tabs',
  row: 20,
  title: 'Ten tabs: sign-in, switch, save, sign-out, background, clock jumps',
  unit: 'rounds',
  sizes: { ci: 5, full: 200 },
  isAlone: true,
  run: async ({ size, isFull, seed, count, figure }) => {
    const { api, site, close } = await openCorePage({ instance: { single_session_mode: false } });
    const people: Somebody[] = [];
    for (const name of ['ann', 'bob', 'cyd']) {
      const person = { emailAddress: `${name}@example.com`, password: `violet-harbour-${name}` };
      people.push({ ...person, id: (await addUser(api, person)).id });
    }
    const slowest = { milliseconds: 0 };
    try {
      for (let round = 0; round < size; round++) {
        await playRound({ api, url: site.url, people, seed: seed + round, isFull, count, slowest });
        await checkAccounts(api, people, seed + round);
      }
      figure('slowest agreement', slowest.milliseconds, 'ms');
    } finally {
      await close();
    }
  },
};

interface Round extends Pick<CampaignContext, 'isFull' | 'count' | 'seed'> {
  api: TestApi;
  url: string;
  people: Somebody[];
  slowest: { milliseconds: number };
}

async function playRound({ url, people, seed, isFull, count, slowest }: Round): Promise<void> {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const { context, page, complaints } = await visit();
  const tabs = [page, ...(await Promise.all(Array.from({ length: tabCount - 1 }, () => context.newPage())))];
  await context.addInitScript(
    `{ const now = Date.now.bind(Date); let jump = 0; Date.now = () => now() + jump; globalThis.jumpClock = (by) => (jump += by); }`,
  );
  await Promise.all(tabs.map((tab) => tab.goto(url)));
  await Promise.all(tabs.map(isLoaded));
  const done: string[] = [];
  let saves = 0;

  const actions: Record<string, (tab: Page) => Promise<unknown>> = {
    'sign in': async (tab) => {
      const known = await tab.evaluate<string[]>('Clerk.client.signedInSessions.map(({ user }) => user.id)');
      const others = people.filter(({ id }) => !known.includes(id));
      if (others.length) await enter(tab, pick(others));
    },
    switch: (tab) =>
      tab.evaluate(`(() => {
        const others = Clerk.client.sessions.filter(({ id, status }) => status === 'active' && id !== Clerk.session?.id);
        return others.length ? Clerk.setActive({ session: others[${Math.floor(random() * 3)} % others.length].id }) : undefined;
      })()`),
    // The mark says for whom the tab believes to write.
    save: (tab) =>
      tab.evaluate((number) => {
        const { user } = (globalThis as unknown as { Clerk: Core }).Clerk;
        return user?.update({ unsafeMetadata: { owner: user.id, saved: number } }).then(() => undefined);
      }, ++saves),
    'sign out': (tab) => tab.evaluate('Clerk.signOut(() => undefined)'),
    'sign out one': (tab) => tab.evaluate('Clerk.session ? Clerk.signOut(() => undefined, { sessionId: Clerk.session.id }) : undefined'),
    background: () => pick(tabs).bringToFront(),
    'jump of the clock': (tab) => tab.evaluate(`void jumpClock(${random() < 0.5 ? -3_600_000 : 3_600_000})`),
    token: (tab) => tab.evaluate('Clerk.session?.getToken({ skipCache: true }).then(() => undefined)'),
    reload: async (tab) => {
      await tab.reload();
      await isLoaded(tab);
    },
  };
  const names = [...Object.keys(actions), 'save', 'save', 'sign in', 'switch'];

  for (let turn = 0; turn < (isFull ? actionCount.full : actionCount.ci); turn++) {
    // Mostly one after the other; now and then two tabs act at once, and one of them may be told that its session has gone.
    const acting = random() < 0.3 ? [pick(tabs), pick(tabs)] : [pick(tabs)];
    const outcomes = await Promise.allSettled(
      acting.map((tab) => {
        const name = pick(names);
        done.push(`${acting.length > 1 ? 'at once: ' : ''}${name} in ${tabs.indexOf(tab)}`);
        count(name);
        return actions[name]!(tab);
      }),
    );
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    const what = `seed ${seed}: ${done.join(', ')}`;
    if (acting.length === 1) assert.deepEqual(failed, [], what);
    slowest.milliseconds = Math.max(slowest.milliseconds, await agree(tabs, isFull ? patience.full : patience.ci, what));
  }
  const unexpected = complaints.filter((text) => !text.startsWith('Failed to load resource'));
  assert.deepEqual(unexpected, [], `seed ${seed}: ${done.join(', ')}`);
  await context.close();
}

/** Milliseconds until all tabs said the same. */
async function agree(tabs: readonly Page[], limit: number, what: string): Promise<number> {
  const start = performance.now();
  for (;;) {
    const views = await Promise.all(tabs.map(view));
    const [first] = views;
    const isSame = views.every((each) => JSON.stringify(each) === JSON.stringify(first)) && first!.cookie === first!.session;
    const passed = Math.round(performance.now() - start);
    if (isSame) return passed;
    assert.ok(passed <= limit, `${what}: after ${passed} ms tabs say ${JSON.stringify(views)}`);
    await delay(20);
  }
}

/** What stands in each account was written for it. */
async function checkAccounts({ database }: TestApi, people: readonly Somebody[], seed: number): Promise<void> {
  for (const { id } of people) {
    const { unsafe_metadata: metadata } = await database
      .selectFrom('users')
      .select('unsafe_metadata')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const { owner = id } = metadata as { owner?: string };
    assert.equal(owner, id, `seed ${seed}: ${owner} was written into the account of ${id}`);
  }
}
