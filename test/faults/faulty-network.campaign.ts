/** The page on a bad line (security.md D7): what it shows in the end is what is stored, nothing is there twice, and no failure goes unheard. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { isLoaded } from '../support/core-page.ts';
import { closeBrowser, serveSite, visit } from '../support/journey.ts';
import { addUser } from '../support/users.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { spoilNetwork } from './support/faulty-network.ts';
import type { FaultyNetwork } from './support/faulty-network.ts';

const fields = ['city', 'plan', 'word'];
/** Runs at the same time: they mostly wait. */
const lanes = 8;
const editsOfARun = 3;
const password = 'violet-harbour-lantern';
const settled = ['saved', 'failed', 'invalid'];

export const campaign: Campaign = {
  name: 'faulty-network',
  row: 19,
  title: 'The page against a faulty network',
  unit: 'runs',
  sizes: { ci: 50, full: 2000 },
  run: async ({ size, seed, count }) => {
    const api = await startApi();
    const site = await serveSite(() => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body>
        ${fields.map((name) => `<clerk-unsafe-field name="${name}" label="${name}"></clerk-unsafe-field>`).join('')}
        <script data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>
        <script>Clerk.load()</script></body></html>`,
    }));
    let next = 0;
    const work = async () => {
      while (next < size) await playRun({ api, url: site.url, seed: seed * 10_000 + next++, count });
    };
    try {
      await Promise.all(Array.from({ length: lanes }, work));
    } finally {
      await closeBrowser();
      await site.stop();
      await api.stop();
    }
  },
};

interface Run extends Pick<CampaignContext, 'seed' | 'count'> {
  api: TestApi;
  url: string;
}

async function playRun({ api, url, seed, count }: Run): Promise<void> {
  const random = seededRandom(seed);
  const person = { emailAddress: `run-${seed}@example.com`, password };
  const { id } = await addUser(api, person);
  const { context, page, complaints, requests } = await visit();
  const network = await spoilNetwork(context, api.url, seededRandom(seed + 0.5));
  try {
    await page.goto(url);
    await isLoaded(page);
    network.badness = 0.4;
    await signIn(page, person, network);
    for (let turn = 0; turn < editsOfARun; turn++) {
      const name = fields[Math.floor(random() * fields.length)]!;
      const text = `${name} ${turn} ${Math.floor(random() * 1000)}`;
      if ((await edit(page, name, text)) === 'saved') {
        assert.equal((await storedBy(api, id)).metadata[name], text, `${name} is shown as saved`);
        count('edits shown as saved');
      } else {
        assert.equal(await control(page, name).inputValue(), text, `${name} keeps what was typed`);
        count('edits shown as not saved');
      }
      if (random() < 0.3) await page.evaluate(addAddress, `run-${seed}-${turn}@example.com`);
    }
    network.badness = 0;
    let saves = editsOfARun;
    // What a person does who sees that something was not saved.
    for (const name of fields) {
      if (!settled.slice(1).includes((await stateOf(page, name)) ?? '')) continue;
      await page.evaluate(
        (selector) => (document.querySelector(selector) as HTMLElement & { save(): Promise<void> }).save(),
        selectorOf(name),
      );
      saves++;
      assert.equal(await waitUntilSettled(page, name), 'saved', name);
    }
    await compare(page, api, id, 'at the end');
    await page.reload();
    await page.locator(`${selectorOf(fields[0]!)}:state(ready)`).waitFor();
    await compare(page, api, id, 'after a reload');
    const sent = requests.filter(({ url: { pathname }, method }) => method === 'POST' && pathname === '/v1/me/metadata').length;
    assert.ok(sent <= saves, `${sent} requests for ${saves} saves`);
    count('faults', network.done.length);
    const unheard = complaints.filter((text) => !/^Failed to load resource|^Access to fetch/.test(text));
    assert.deepEqual(unheard, [], 'on the console');
    await context.close();
  } catch (error) {
    throw new Error(`seed ${seed}, with ${network.done.join('; ') || 'no fault'}`, { cause: error });
  }
}

/** As a person does: again until it works; one who is in already is shown as such by the client. */
async function signIn(
  page: Page,
  { emailAddress, password }: { emailAddress: string; password: string },
  network: FaultyNetwork,
): Promise<void> {
  for (let attempt = 0; attempt < 8; attempt++) {
    // In the end the line is good.
    if (attempt === 7) network.badness = 0;
    const isIn = await page.evaluate<boolean>(`(async () => {
      try {
        if (!Clerk.client.signedInSessions.length) await Clerk.client.signIn.create({ strategy: 'password', identifier: '${emailAddress}', password: '${password}' });
        await Clerk.setActive({ session: Clerk.client.signedInSessions[0].id });
      } catch {
        await Clerk.client.reload().catch(() => undefined);
      }
      return Boolean(Clerk.user);
    })()`);
    if (isIn) break;
  }
  network.badness = 0.4;
  await page.locator(`${selectorOf(fields[0]!)}:state(ready)`).waitFor();
}

const selectorOf = (name: string) => `clerk-unsafe-field[name=${name}]`;
const control = (page: Page, name: string) => page.locator(`${selectorOf(name)} input`);

const stateOf = (page: Page, name: string) =>
  page.evaluate(({ selector, states }) => states.find((state) => document.querySelector(selector)!.matches(`:state(${state})`)), {
    selector: selectorOf(name),
    states: settled,
  });

/** Reads that follow a lost answer take some seconds. */
async function waitUntilSettled(page: Page, name: string): Promise<string | undefined> {
  await page.locator(settled.map((state) => `${selectorOf(name)}:state(${state})`).join(', ')).waitFor({ timeout: 40_000 });
  return stateOf(page, name);
}

async function edit(page: Page, name: string, text: string): Promise<string | undefined> {
  await control(page, name).fill(text);
  await control(page, name).blur();
  await page.locator(`${selectorOf(name)}:is(${[...settled, 'saving'].map((state) => `:state(${state})`).join(', ')})`).waitFor();
  return waitUntilSettled(page, name);
}

/** As text: it runs in the page. What goes wrong is told to whoever called. */
const addAddress = (address: string): Promise<unknown> => {
  interface Core {
    Clerk: { user: { createEmailAddress(params: object): Promise<unknown> } };
  }
  return (globalThis as unknown as Core).Clerk.user.createEmailAddress({ email: address }).catch(() => undefined);
};

async function storedBy(
  { database }: TestApi,
  id: string,
): Promise<{ metadata: Record<string, unknown>; addresses: string[]; sessions: number }> {
  const user = await database.selectFrom('users').select('unsafe_metadata').where('id', '=', id).executeTakeFirstOrThrow();
  const addresses = await database.selectFrom('email_addresses').select('email_address').where('user_id', '=', id).execute();
  const sessions = await database.selectFrom('sessions').select('id').where('user_id', '=', id).where('status', '=', 'active').execute();
  return {
    metadata: user.unsafe_metadata as Record<string, unknown>,
    addresses: addresses.map(({ email_address: address }) => address).sort(),
    sessions: sessions.length,
  };
}

/** What stands on the screen is what is stored, once. */
async function compare(page: Page, api: TestApi, id: string, when: string): Promise<void> {
  const { metadata, addresses, sessions } = await storedBy(api, id);
  for (const name of fields) assert.equal(await control(page, name).inputValue(), metadata[name] ?? '', `${name}, ${when}`);
  assert.equal(new Set(addresses).size, addresses.length, when);
  assert.equal(sessions, 1, `sessions, ${when}`);
  await page.evaluate('Clerk.user.reload()');
  const shown = await page.evaluate<string[]>('Clerk.user.emailAddresses.map(({ emailAddress }) => emailAddress)');
  assert.deepEqual(shown.sort(), addresses, when);
}
