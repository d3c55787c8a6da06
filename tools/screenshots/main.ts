/**
 * `npm run screenshots [-- part of a name]`: every state in every look, into `screenshots/`, with one contact sheet a look.
 * Fails on horizontal scrolling, clipped text, an accessibility violation, or a state that could not be reached.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { startApi } from '../../test/support/api.ts';
import type { TestApi } from '../../test/support/api.ts';
import { closeBrowser, openBrowser, visit } from '../../test/support/journey.ts';
import { accessibilityProblems } from '../../test/support/whole-page.ts';
import { appearanceStates } from './appearance-states.ts';
import { arrivalStates } from './arrival-states.ts';
import { demoStates } from './demo-states.ts';
import { fieldStates } from './field-states.ts';
import { inOtherLanguages } from './language-states.ts';
import { providerStates } from './provider-states.ts';
import { secondFactorStates } from './second-factor-states.ts';
import { sessionStates } from './session-states.ts';
import { combinedStates } from './combined-states.ts';
import { signUpStates } from './sign-up-states.ts';
import { states } from './states.ts';
import { verificationStates } from './verification-states.ts';

interface Look {
  name: string;
  width: number;
  colorScheme: 'light' | 'dark';
  direction: 'ltr' | 'rtl';
}

const looks: Look[] = [
  { name: 'light-1280', width: 1280, colorScheme: 'light', direction: 'ltr' },
  { name: 'dark-1280', width: 1280, colorScheme: 'dark', direction: 'ltr' },
  { name: 'light-320', width: 320, colorScheme: 'light', direction: 'ltr' },
  { name: 'dark-320', width: 320, colorScheme: 'dark', direction: 'ltr' },
  { name: 'rtl-320', width: 320, colorScheme: 'light', direction: 'rtl' },
  { name: 'rtl-1280', width: 1280, colorScheme: 'dark', direction: 'rtl' },
];

const folder = new URL('../../screenshots/', import.meta.url);
const wanted = process.argv[2];

/** What a look must not show; sentences for the report. */
async function problems(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => {
    const result: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) result.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth} px`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const style = getComputedStyle(element);
      const clips = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
      if (!clips || element instanceof HTMLInputElement || element instanceof HTMLSelectElement) continue;
      // Texts for screen readers only are clipped on purpose.
      if (element.clientWidth <= 1 || element.clientHeight <= 1) continue;
      if (element.scrollWidth > element.clientWidth + 1) result.push(`clipped text: ${element.className || element.localName}`);
    }
    return result;
  });
  return [...found, ...(await accessibilityProblems(page))];
}

/** One page that shows all pictures of a look. */
async function contactSheet(look: Look, names: string[]): Promise<void> {
  const page = await (await openBrowser()).newPage({ viewport: { width: 1600, height: 1000 } });
  const figures = await Promise.all(
    names.map(async (name) => {
      const picture = (await readFile(new URL(`${fileName(name)}.${look.name}.png`, folder))).toString('base64');
      return `<figure><img src="data:image/png;base64,${picture}" alt=""><figcaption>${name}</figcaption></figure>`;
    }),
  );
  const columns = look.width > 600 ? 3 : 6;
  await page.setContent(`<!doctype html><style>
    body { margin: 1rem; font: 13px system-ui; background: #777; color: #fff; columns: ${columns}; column-gap: 1rem; }
    figure { margin: 0 0 1rem; break-inside: avoid; } img { width: 100%; display: block; }
  </style>${figures.join('')}`);
  await page.screenshot({ path: new URL(`contact-sheet.${look.name}.png`, folder).pathname, fullPage: true });
  await page.close();
}

const demo: SettingsFile = {};

const fileName = (name: string) => name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase();

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const apis = new Map<SettingsFile, TestApi>();
/** One for each instance, as soon as a state needs it. */
async function apiOf(instance: SettingsFile = demo): Promise<TestApi> {
  const api = apis.get(instance) ?? (await startApi({ instance }));
  apis.set(instance, api);
  return api;
}
const failures: string[] = [];
const english = [
  ...states,
  ...arrivalStates,
  ...appearanceStates,
  ...providerStates,
  ...signUpStates,
  ...combinedStates,
  ...secondFactorStates,
  ...demoStates,
  ...fieldStates,
  ...verificationStates,
  ...sessionStates,
];
const chosen = [...english, ...inOtherLanguages(english)].filter(({ name }) => !wanted || name.includes(wanted));

for (const state of chosen) {
  const { context, page } = await visit({ policy: false, viewport: { width: 1280, height: 800 } });
  try {
    await state.arrive({ api: await apiOf(state.instance), context, page });
    for (const look of looks) {
      await page.setViewportSize({ width: look.width, height: look.width > 600 ? 800 : 640 });
      await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
      await page.evaluate((direction) => (document.documentElement.dir = direction), look.direction);
      for (const problem of await problems(page)) failures.push(`${state.name} (${look.name}): ${problem}`);
      await page.screenshot({ path: new URL(`${fileName(state.name)}.${look.name}.png`, folder).pathname, fullPage: true });
    }
  } catch (error) {
    failures.push(`${state.name}: not reached. ${String(error)}`);
    await page.screenshot({ path: new URL(`${fileName(state.name)}.failed.png`, folder).pathname });
  }
  await context.close();
}

const shown = chosen.filter(({ name }) => !failures.some((failure) => failure.startsWith(`${name}: not reached`)));
for (const look of looks)
  await contactSheet(
    look,
    shown.map(({ name }) => name),
  );
await writeFile(new URL('problems.txt', folder), failures.join('\n'));
await closeBrowser();
for (const api of apis.values()) await api.stop();

console.log(`${chosen.length} states × ${looks.length} looks in screenshots/, ${failures.length} problems`);
for (const failure of failures) console.log(`- ${failure}`);
process.exitCode = failures.length ? 1 : 0;
