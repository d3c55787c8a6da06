/** A page that makes its visitor’s browser send requests to our API, in every way that needs no preflight. */
import type { Frame, Page } from 'playwright-core';

/** How a page can make a browser send something elsewhere. */
export const kinds = ['form', 'fetch', 'beacon', 'image', 'frame'] as const;
export type Kind = (typeof kinds)[number];

export interface Target {
  /** What the endpoint is; `POST` carries the others in `_method`. */
  method: string;
  /** Whole address. */
  url: string;
}

const body = 'unsafe_metadata=%7B%22evil%22%3A1%7D&identifier=evil%40example.com&password=quiet-marble-lantern';

/** Lets the page do this to all targets, in its own name. What comes of it shows in the log of the server. */
export async function attackAll(page: Page | Frame, kind: Kind, targets: readonly Target[]): Promise<void> {
  await page.evaluate(
    ({ kind, targets, body }) => {
      for (const { method, url } of targets) {
        switch (kind) {
          case 'form': {
            const frame = document.createElement('iframe');
            frame.name = `sink-${document.querySelectorAll('iframe').length}`;
            const form = document.createElement('form');
            Object.assign(form, { method: 'POST', action: url, target: frame.name });
            for (const [name, value] of new URLSearchParams(body))
              form.append(Object.assign(document.createElement('input'), { name, value }));
            document.body.append(frame, form);
            form.submit();
            break;
          }
          case 'fetch': {
            const type = 'application/x-www-form-urlencoded';
            void fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'content-type': type }, body }).catch(
              () => undefined,
            );
            // As what it is, which browsers ask about first.
            if (method !== 'POST') void fetch(url.replace(/&?_method=\w+/, ''), { method, credentials: 'include' }).catch(() => undefined);
            break;
          }
          case 'beacon':
            navigator.sendBeacon(url, new Blob([body], { type: 'application/x-www-form-urlencoded' }));
            break;
          case 'image':
            new Image().src = `${url}&${body}`;
            break;
          case 'frame':
            document.body.append(Object.assign(document.createElement('iframe'), { src: `${url}&${body}` }));
        }
      }
    },
    { kind, targets: [...targets], body },
  );
}

/** How many requests arrive of an attack on these targets. */
export const expectedOf = (kind: Kind, targets: readonly Target[]): number =>
  targets.length + (kind === 'fetch' ? targets.filter(({ method }) => method !== 'POST').length : 0);

/** Leads the whole page there, as a link does; and by a form, as a button does. */
export async function navigateTo(page: Page, back: string, { url }: Target): Promise<void> {
  for (const method of ['GET', 'POST']) {
    await page.goto(back);
    const arrived = page.waitForEvent('framenavigated');
    await page.evaluate(
      ({ method, url, body }) => {
        if (method === 'GET') return void (location.href = `${url}&${body}`);
        const form = document.createElement('form');
        Object.assign(form, { method, action: url });
        for (const [name, value] of new URLSearchParams(body)) form.append(Object.assign(document.createElement('input'), { name, value }));
        document.body.append(form);
        form.submit();
      },
      { method, url, body },
    );
    await arrived;
    // Chromium forgets to close a page that has only just arrived (Playwright’s issue 42068).
    await page.waitForLoadState();
  }
}
