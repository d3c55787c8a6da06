/** What pages do once somebody is signed in: write metadata, ask for a token. */
import type { Browser, Page } from 'playwright-core';
import { median, rotated } from '../statistics.ts';
import { contenders, floor } from './contenders.ts';
import type { Contender } from './contenders.ts';
import { applyProfile, namesInPages } from './page-load.ts';
import type { Profile } from './page-load.ts';
import type { BenchSite } from './site.ts';

export interface SignedInResult {
  contender: Contender;
  /** Of one `user.update({ unsafeMetadata })`. */
  updateRequests: number;
  /** Milliseconds by profile. */
  updateLatency: Record<Profile, number>;
  /** Microseconds of one `getToken()` that the cache answers; `NaN` for a page without one. */
  getToken: number;
}

interface Visitor {
  contender: Contender;
  page: Page;
  requests: number;
  setProfile(profile: Profile): Promise<void>;
  latencies: Record<Profile, number[]>;
  tokenTimes: number[];
}

/** Present in each of these pages. */
interface PageGlobals {
  Clerk: {
    loaded: boolean;
    client: { signIn: { create(parameters: object): Promise<{ createdSessionId: string }> } };
    setActive(parameters: object): Promise<void>;
    session: { getToken(): Promise<string> };
    user: { update(parameters: object): Promise<unknown> };
  };
  signIn(identifier: string, password: string): Promise<void>;
  update(metadata: object): Promise<unknown>;
}

const person = { identifier: 'jane+clerk_test@example.com', password: 'violet-harbour-lantern' };

export async function measureSignedIn(
  browser: Browser,
  { site, rounds }: { site: BenchSite; rounds: Record<Profile, number> },
): Promise<SignedInResult[]> {
  const visitors: Visitor[] = [];
  for (const contender of contenders) visitors.push(await signIn(browser, site, contender));
  for (const profile of ['fast', 'slow'] as const) {
    for (let round = 0; round < rounds[profile] + 1; round++) {
      for (const visitor of rotated(visitors, round)) {
        await visitor.setProfile(profile);
        const latency = await update(visitor, round);
        // The first one may have something to fetch.
        if (round) visitor.latencies[profile].push(latency);
        if (profile === 'fast' && visitor.contender !== floor) visitor.tokenTimes.push(await measureGetToken(visitor.page));
      }
    }
  }
  const results = visitors.map(({ contender, requests, latencies, tokenTimes }) => ({
    contender,
    updateRequests: requests,
    updateLatency: { fast: median(latencies.fast), slow: median(latencies.slow) },
    getToken: tokenTimes.length ? median(tokenTimes) : NaN,
  }));
  for (const { page } of visitors) await page.context().close();
  return results;
}

async function signIn(browser: Browser, site: BenchSite, contender: Contender): Promise<Visitor> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  await context.addInitScript({ content: namesInPages });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const visitor: Visitor = {
    contender,
    page,
    requests: 0,
    setProfile: (profile) => applyProfile(cdp, profile),
    latencies: { fast: [], slow: [] },
    tokenTimes: [],
  };
  await page.goto(`${site.url}/${contender.name}/api`);
  if (contender === floor) {
    await page.evaluate(({ identifier, password }) => (window as unknown as PageGlobals).signIn(identifier, password), person);
  } else {
    await page.waitForFunction(() => (window as unknown as Partial<PageGlobals>).Clerk?.loaded);
    await page.evaluate(async ({ identifier, password }) => {
      const { Clerk } = window as unknown as PageGlobals;
      const attempt = await Clerk.client.signIn.create({ strategy: 'password', identifier, password });
      await Clerk.setActive({ session: attempt.createdSessionId });
    }, person);
  }
  return visitor;
}

/** Milliseconds in the page; the requests of the last one are noted. */
async function update(visitor: Visitor, round: number): Promise<number> {
  const { contender, page } = visitor;
  let requests = 0;
  const count = () => void requests++;
  page.on('request', count);
  const latency = await page.evaluate(
    async ({ isFloor, metadata }) => {
      const { Clerk, update: send } = window as unknown as PageGlobals;
      const start = performance.now();
      await (isFloor ? send(metadata) : Clerk.user.update({ unsafeMetadata: metadata }));
      return performance.now() - start;
    },
    // All are the same person, and Clerk 6 writes nothing that is there already.
    { isFloor: contender === floor, metadata: { theme: 'dark', visits: round, writer: contender.name } },
  );
  page.off('request', count);
  visitor.requests = requests;
  return latency;
}

const tokenCalls = 500;

/** Microseconds of a call. */
function measureGetToken(page: Page): Promise<number> {
  return page.evaluate(async (calls) => {
    const { session } = (window as unknown as PageGlobals).Clerk;
    // One that may have to fetch.
    await session.getToken();
    const start = performance.now();
    for (let call = 0; call < calls; call++) await session.getToken();
    return (1000 * (performance.now() - start)) / calls;
  }, tokenCalls);
}
