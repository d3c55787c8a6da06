import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { findBrowser } from '../../tools/find-browser.mjs';
import { endpoints } from '../../src/wire/endpoints.ts';
import { readAllRows } from '../support/all-rows.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { serveSite } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { CookieBrowser, startProductionApi } from '../support/production.ts';
import { addUser } from '../support/users.ts';
import { attackAll, expectedOf, kinds, navigateTo } from './support/cross-origin-attack.ts';
import type { Target } from './support/cross-origin-attack.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { seededRandom } from './support/campaign.ts';

const password = 'quiet-marble-lantern';
const person = 'ann@example.com';
const mutating = Object.values(endpoints).filter(({ method }) => method !== 'GET');
/** Where a page can stand to the API: another port of its host, another site, and nowhere. */
const positions = ['sibling', 'foreign', 'sandboxed'] as const;
type Position = (typeof positions)[number];

const plainPage = '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><body>';
/** Only where it is needed: a sandbox is a process of its own. */
const sandbox = '<iframe sandbox="allow-scripts allow-forms" name="nowhere" src="/inside"></iframe>';
const framed = '/framed';

/**
 * Pages that make the browser of a signed-in person send requests: no row of the database may change. Of a test instance, whose browsers are
 * known by what addresses carry, nothing that was there.
 */
export const campaign: Campaign = {
  name: 'cross-origin',
  row: 8,
  title: 'Requests of other origins, in a real browser',
  unit: 'endpoints navigated to',
  sizes: { ci: mutating.length, full: mutating.length },
  run: async ({ size, seed, count }) => {
    const random = seededRandom(seed);
    const navigated = [...mutating].sort(() => random() - 0.5).slice(0, size);
    // By another name for this machine, so that nothing leaves it.
    const args = ['--no-sandbox', '--host-resolver-rules=MAP evil.test 127.0.0.1'];
    const browser = await chromium.launch({ executablePath: await findBrowser(), args });
    const site = await serveSite((path) => ({ body: path === framed ? plainPage + sandbox : plainPage }));
    try {
      await attackProduction({ browser, site, navigated, count });
      await attackDevelopment({ browser, site, navigated, count });
    } finally {
      await site.stop();
      await browser.close();
    }
  },
};

type Stage = { browser: Browser; site: Site; navigated: typeof mutating } & Pick<CampaignContext, 'count'>;

async function attackProduction({ browser, site, navigated, count }: Stage): Promise<void> {
  const ownPage = await serveSite(() => ({ body: '<!doctype html><title>Own page</title>' }));
  const api = await startProductionApi({ instance: { allowed_origins: [ownPage.url] } });
  const context = await browser.newContext();
  try {
    await addUser(api, { emailAddress: person, password });
    const known = new CookieBrowser(api.address);
    await known.call('POST', '/v1/client/sign_ins', { form: { identifier: person, password }, headers: { origin: ownPage.url } });
    const { response } = await known.call('GET', '/v1/client');
    const sessionId = response.sessions[0].id as string;
    await context.addCookies(
      [...known.cookies].map(([name, value]) => ({
        name,
        value,
        url: api.address,
        httpOnly: name === '__client',
        sameSite: 'Lax' as const,
      })),
    );
    const before = await readAllRows(api.database);
    await attack({ api, address: api.address, context, site, navigated, sessionId, count: (what) => count(`production, ${what}`) });
    assert.deepEqual(await readAllRows(api.database), before);
    await assertGoodPageCan({ context, ownPage, url: `${api.address}/v1/me/metadata?_clerk_session_id=${sessionId}&_method=PATCH` });
    assert.notDeepEqual(await readAllRows(api.database), before);
  } finally {
    await context.close();
    await api.stop();
    await ownPage.stop();
  }
}

async function attackDevelopment({ browser, site, navigated, count }: Stage): Promise<void> {
  const api = await startApi({ instance: { users: [], rate_limits: 'off' } });
  const context = await browser.newContext();
  try {
    await addUser(api, { emailAddress: person, password });
    const known = await createFrontendClient(api);
    const signIn = await known.call('POST', '/client/sign_ins', { identifier: person, password });
    await context.addCookies([{ name: '__clerk_db_jwt', value: known.devBrowser, url: api.url, sameSite: 'Lax' }]);
    const before = await readAllRows(api.database);
    const sessionId = signIn.response.created_session_id as string;
    await attack({ api, address: api.url, context, site, navigated, sessionId, count: (what) => count(`development, ${what}`) });
    const after = await readAllRows(api.database);
    for (const [table, rows] of Object.entries(before)) {
      for (const row of rows) assert.ok(after[table]?.includes(row), `${table} has lost or changed ${row}`);
    }
    assert.equal(after['users']?.length, 1);
    assert.equal(after['sessions']?.length, 1);
  } finally {
    await context.close();
    await api.stop();
  }
}

interface Victim {
  api: TestApi;
  address: string;
  context: BrowserContext;
  site: Site;
  navigated: typeof mutating;
  sessionId: string;
  count: (what: string) => void;
}

async function attack({ api, address, context, site, navigated, sessionId, count }: Victim): Promise<void> {
  for (const position of positions) {
    const home = { sibling: site.url, foreign: site.url.replace('127.0.0.1', 'evil.test'), sandboxed: site.url + framed }[position];
    for (const kind of kinds) {
      const page = await context.newPage();
      const targets = targetsFor(mutating, `${position}_${kind}`, { address, sessionId });
      await page.goto(home);
      await attackAll(attacker(page, position), kind, targets);
      await untilArrived(api, `${position}_${kind}`, expectedOf(kind, targets));
      targets.forEach(() => count(`${position} ${kind}`));
      await page.close();
    }
    // A frame without the right to do so leads its page nowhere.
    if (position === 'sandboxed') continue;
    const page = await context.newPage();
    const targets = targetsFor(navigated, `${position}_navigation`, { address, sessionId });
    for (const target of targets) {
      await navigateTo(page, home, target);
      count(`${position} navigation`);
    }
    await untilArrived(api, `${position}_navigation`, 2 * targets.length);
    await page.close();
  }
}

function attacker(page: Page, position: Position): Page | Frame {
  if (position !== 'sandboxed') return page;
  const frame = page.frame({ name: 'nowhere' });
  assert.ok(frame);
  return frame;
}

/** @param mark name of a parameter, by which the requests are known in the log */
function targetsFor(some: typeof mutating, mark: string, { address, sessionId }: { address: string; sessionId: string }): Target[] {
  return some.map(({ method, path }) => {
    const filled = path.replace(/:(\w+)/g, (_match, name: string) => (name === 'sessionId' ? sessionId : 'none'));
    const tunnelled = method === 'POST' ? '' : `&_method=${method}`;
    return { method, url: `${address}/v1${filled}?_clerk_session_id=${sessionId}&${mark}=1${tunnelled}` };
  });
}

/** Milliseconds. */
const patience = 60_000;

/** Every attack reaches the server: else it would show nothing. */
async function untilArrived({ log }: TestApi, mark: string, expected: number): Promise<void> {
  const deadline = performance.now() + patience;
  const arrived = () => log.filter((line) => line.includes(`${mark}=`)).length;
  while (arrived() < expected) {
    assert.ok(performance.now() < deadline, `${arrived()} of ${expected} requests of ${mark} have arrived.`);
    await delay(5);
  }
  const failed = log.find((line) => /"status":5/.test(line));
  assert.equal(failed, undefined);
}

/** The same from a page that is listed has an effect, so it is the origin that has stopped the others. */
async function assertGoodPageCan({ context, ownPage, url }: { context: BrowserContext; ownPage: Site; url: string }): Promise<void> {
  const page = await context.newPage();
  await page.goto(ownPage.url);
  const status = await page.evaluate(async (url) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await fetch(url, { method: 'POST', credentials: 'include', headers, body: 'unsafe_metadata=%7B%22a%22%3A1%7D' })).status;
  }, url);
  assert.equal(status, 200);
}
