/** One load of a page: when the API and the sign-in field are there, and what it took. */
import type { CDPSession, Page } from 'playwright-core';
import type { BenchSite } from './site.ts';

/** `slow`: 1.6 Mbit/s, 150 ms, a quarter of the processor (product.md §7). */
export type Profile = 'fast' | 'slow';
export const profiles: Profile[] = ['fast', 'slow'];

export interface PageLoad {
  /** Milliseconds from the start of the navigation; of a page without such an API, `NaN`. */
  loaded: number;
  usable: number;
  /** Milliseconds in which scripts ran or were compiled; of a page that was not loaded into a fresh profile, `NaN`. */
  scriptTime: number;
  /** Milliseconds of all tasks of more than 50 ms together. */
  longTasks: number;
  /** Bytes of scripts, as sent. */
  scriptBytes: number;
  scripts: number;
  requests: number;
}

interface Marks {
  loaded?: number;
  usable?: number;
  longTasks: number;
}

/** tsx wraps functions in calls of this, and pages that are given such functions have none. */
export const namesInPages = 'globalThis.__name = (value) => value';

/** Notes in the page, once a frame, what has come true. Usable is what a person could click on and type into. */
export function watchPage(): void {
  const marks: Marks = { longTasks: 0 };
  Object.assign(window, { benchMarks: marks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) marks.longTasks += duration;
  }).observe({ type: 'longtask', buffered: true });
  const isUsable = (field: HTMLInputElement) => {
    const { left, top, width, height } = field.getBoundingClientRect();
    const isFree = !field.matches(':disabled') && !field.readOnly && width > 0 && height > 0;
    const isShown = isFree && field.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return isShown && document.elementFromPoint(left + width / 2, top + height / 2) === field;
  };
  const look = () => {
    if ((window as { Clerk?: { loaded?: boolean } }).Clerk?.loaded) marks.loaded ??= performance.now();
    const field = document.querySelector<HTMLInputElement>('input[name=identifier]');
    if (field && isUsable(field)) marks.usable ??= performance.now();
    if (marks.usable === undefined || marks.loaded === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

export async function applyProfile(cdp: CDPSession, profile: Profile): Promise<void> {
  const isSlow = profile === 'slow';
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: isSlow ? 150 : 0,
    downloadThroughput: isSlow ? 1_600_000 / 8 : -1,
    uploadThroughput: isSlow ? 750_000 / 8 : -1,
  });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: isSlow ? 4 : 1 });
}

/** Milliseconds after the field is there: what is still being done belongs to the page. */
const rest = 600;

/**
 * Loads a page with a card, and proves that its field takes text.
 * @param url of the page; the page has {@link watchPage} already
 */
export async function measureLoad(
  page: Page,
  cdp: CDPSession,
  { url, site, hasApi }: { url: string; site: BenchSite; hasApi: boolean },
): Promise<PageLoad> {
  const requests: string[] = [];
  const note = (request: { url(): string }) => void (request.url().startsWith('http') && requests.push(request.url()));
  page.on('request', note);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(
    (needsApi) => {
      const { usable, loaded } = (window as unknown as { benchMarks: Marks }).benchMarks;
      return usable !== undefined && (!needsApi || loaded !== undefined);
    },
    hasApi,
    { timeout: 60_000 },
  );
  await page.waitForTimeout(rest);
  page.off('request', note);
  const marks = await page.evaluate(() => (window as unknown as { benchMarks: Marks }).benchMarks);
  const { metrics } = await cdp.send('Performance.getMetrics');
  const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  await proveTypable(page);
  const scripts = requests.map((each) => new URL(each)).filter(({ origin, pathname }) => origin === site.url && pathname.endsWith('.js'));
  return {
    loaded: marks.loaded ?? NaN,
    usable: marks.usable ?? NaN,
    scriptTime: 1000 * (seconds('ScriptDuration') + seconds('V8CompileDuration')),
    longTasks: marks.longTasks,
    scriptBytes: scripts.reduce((sum, { pathname }) => sum + (site.sizeOf(pathname) ?? 0), 0),
    scripts: scripts.length,
    requests: requests.length,
  };
}

/**
 * By the mouse and the keyboard alone: to find a field by a locator, Playwright goes through all elements from a JavaScript world of its own, which
 * then has the interfaces of whatever the page consists of, as much of the heap as that is (docs/decisions/0021-speed.md).
 */
async function proveTypable(page: Page): Promise<void> {
  const { x, y } = await page.evaluate(() => document.querySelector('input[name=identifier]')!.getBoundingClientRect());
  await page.mouse.click(x + 5, y + 5);
  await page.keyboard.insertText('jane@example.com');
  const text = await page.evaluate(() => document.querySelector<HTMLInputElement>('input[name=identifier]')!.value);
  if (text !== 'jane@example.com') throw new Error(`${page.url()}: the field does not take text, it holds ${JSON.stringify(text)}.`);
}

/** Bytes of the page's objects, after the garbage is gone. */
export async function heapBytes(cdp: CDPSession): Promise<number> {
  for (let time = 0; time < 3; time++) await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}
