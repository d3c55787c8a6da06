/** The browser's part: loads of every contender's page, interleaved, in fresh profiles and once more in the same ones. */
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { createPublishableKey } from '../../../src/rules/publishable-key.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { findBrowser } from '../../find-browser.mjs';
import { startChild } from '../processes.ts';
import type { ApiOptions, ApiProcess } from '../server/api-process.ts';
import { rotated } from '../statistics.ts';
import { contenders, floor } from './contenders.ts';
import type { Contender } from './contenders.ts';
import { applyProfile, heapBytes, measureLoad, namesInPages, profiles, watchPage } from './page-load.ts';
import type { PageLoad, Profile } from './page-load.ts';
import { measureSignedIn } from './signed-in.ts';
import type { SignedInResult } from './signed-in.ts';
import { serveContenders } from './site.ts';
import type { BenchSite } from './site.ts';

/** Each list has one value a round. */
export interface Loads {
  cold: PageLoad[];
  warm: PageLoad[];
  /** Bytes after the cold load. */
  heap: number[];
}

export interface BrowserResult {
  version: string;
  loads: { contender: Contender; byProfile: Record<Profile, Loads> }[];
  signedIn: SignedInResult[];
}

export interface BrowserOptions {
  rounds: Record<Profile, number>;
  updates: Record<Profile, number>;
  progress: (text: string) => void;
}

/** Clerk's scripts know development instances by hosts of the hosted service; the proxy of the page leads to us. */
const publishableKey = createPublishableKey({ instanceType: 'development', frontendApi: 'brave-otter-7.clerk.accounts.dev' });

const person = { email_address: 'jane+clerk_test@example.com', password: 'violet-harbour-lantern' };

export async function measureBrowser(options: BrowserOptions): Promise<BrowserResult> {
  const postgres = await startOwnPostgres({ folder: 'temporary', log: () => undefined });
  const process = startChild('server/api-process.ts');
  try {
    const api = await process.ask<ApiProcess>('start', {
      databaseUrl: `postgres://postgres@/postgres?host=${encodeURIComponent(String(postgres.address.connection.host))}`,
      port: await freePort(),
      publishableKey,
      instance: { users: [person], single_session_mode: false },
    } satisfies ApiOptions);
    const site = await serveContenders(api);
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    });
    try {
      return {
        version: browser.version(),
        loads: await measureLoads(browser, site, options),
        signedIn: await measureSignedIn(browser, { site, rounds: options.updates }),
      };
    } finally {
      await browser.close();
      await site.stop();
    }
  } finally {
    await process.stop();
    await postgres.stop();
  }
}

async function measureLoads(browser: Browser, site: BenchSite, { rounds, progress }: BrowserOptions): Promise<BrowserResult['loads']> {
  const results = contenders.map((contender) => ({
    contender,
    byProfile: { fast: { cold: [], warm: [], heap: [] }, slow: { cold: [], warm: [], heap: [] } } as Record<Profile, Loads>,
  }));
  // Files are compressed when they are first asked for.
  for (const { contender } of results) await visitTwice(browser, site, contender, 'fast');
  for (const profile of profiles) {
    for (let round = 0; round < rounds[profile]; round++) {
      for (const { contender, byProfile } of rotated(results, round)) {
        const { cold, warm, heap } = await visitTwice(browser, site, contender, profile);
        byProfile[profile].cold.push(cold);
        byProfile[profile].warm.push(warm);
        byProfile[profile].heap.push(heap);
      }
      progress(
        `${profile}, round ${round + 1}: ${results.map(({ contender: { name }, byProfile }) => `${name} ${Math.round(byProfile[profile].cold.at(-1)?.usable ?? NaN)} ms`).join(', ')}`,
      );
    }
  }
  return results;
}

/** Of a browser that was never there, and then once more. */
async function visitTwice(browser: Browser, site: BenchSite, contender: Contender, profile: Profile) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  try {
    await context.addInitScript({ content: namesInPages });
    const page = await context.newPage();
    await page.addInitScript(watchPage);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    await applyProfile(cdp, profile);
    const visit = { url: `${site.url}/${contender.name}/card`, site, hasApi: contender !== floor };
    const cold = await measureLoad(page, cdp, visit);
    const heap = await heapBytes(cdp);
    const warm = await measureLoad(page, cdp, visit);
    return { cold, warm, heap };
  } finally {
    await context.close();
  }
}
