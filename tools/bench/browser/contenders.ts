/** Who is compared in the browser: the same page each time, with one script or another on it, for the same local API. */
import { fileURLToPath } from 'node:url';
import type { ApiProcess } from '../server/api-process.ts';

export interface Contender {
  /** In paths: `ours`. */
  name: string;
  title: string;
  /** Folders with scripts, by the path that they have on the site. */
  folders: Record<string, string>;
  /** What stands on a page with a sign-in card, and on one where only the API is used. */
  lines(api: ApiProcess, content: 'card' | 'api'): string;
}

const folder = (path: string) => fileURLToPath(new URL(`../../../${path}/`, import.meta.url));

const attributes = ({ publishableKey, url }: ApiProcess) =>
  `crossorigin="anonymous" data-clerk-publishable-key="${publishableKey}" data-clerk-proxy-url="${url}"`;

/** As Clerk's own pages begin: the scripts, and as soon as they are there, the card. */
const start = (options: string, content: 'card' | 'api') => `<script>
  document.addEventListener('DOMContentLoaded', async () => {
    await Clerk.load(${options});
    ${content === 'card' ? "Clerk.mountSignIn(document.getElementById('card'));" : ''}
  });
</script>`;

export const ours: Contender = {
  name: 'ours',
  title: 'clerk-lit',
  folders: { '/ours/': folder('dist') },
  lines: (api, content) =>
    content === 'card'
      ? `<script async ${attributes(api)} src="/ours/clerk.browser.js"></script><clerk-sign-in></clerk-sign-in>`
      : `<script defer ${attributes(api)} src="/ours/clerk.browser.js"></script>${start('', content)}`,
};

export const clerk6: Contender = {
  name: 'clerk6',
  title: 'Clerk 6',
  folders: { '/clerk6/': folder('node_modules/@clerk/clerk-js/dist'), '/clerk6-ui/': folder('node_modules/@clerk/ui/dist') },
  lines: (api, content) =>
    `<div id="card"></div>${content === 'card' ? '<script defer crossorigin="anonymous" src="/clerk6-ui/ui.browser.js"></script>' : ''}
<script defer ${attributes(api)} src="/clerk6/clerk.browser.js"></script>
${start(`{ telemetry: false${content === 'card' ? ', ui: { ClerkUI: window.__internal_ClerkUICtor }' : ''} }`, content)}`,
};

export const clerk5: Contender = {
  name: 'clerk5',
  title: 'Clerk 5',
  folders: { '/clerk5/': folder('node_modules/@clerk/clerk-js-5/dist') },
  lines: (api, content) => `<div id="card"></div>
<script defer ${attributes(api)} src="/clerk5/clerk.browser.js"></script>
${start('{ telemetry: false }', content)}`,
};

/** A form written by hand, and the requests that a page of one's own would send. */
export const floor: Contender = {
  name: 'floor',
  title: 'hand-written form',
  folders: {},
  lines: ({ url }, content) => `${
    content === 'card'
      ? `<form><h1>Sign in</h1><label>Email address <input name="identifier" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label><button>Continue</button></form>`
      : ''
  }<script>
  const send = async (method, path, form, more = {}) => {
    const query = new URLSearchParams({ __clerk_api_version: '2025-11-10', ...(method === 'PATCH' && { _method: method }), ...more });
    const answer = await fetch('${url}/v1' + path + '?' + query, { method: 'POST', body: new URLSearchParams(form) });
    return answer.json();
  };
  window.signIn = async (identifier, password) => {
    const { token } = await send('POST', '/dev_browser', {});
    const { response } = await send('POST', '/client/sign_ins', { identifier, password }, { __clerk_db_jwt: token });
    const caller = { __clerk_db_jwt: token, _clerk_session_id: response.created_session_id };
    window.update = (unsafe_metadata) => send('PATCH', '/me/metadata', { unsafe_metadata: JSON.stringify(unsafe_metadata) }, caller);
  };
</script>`,
};

export const contenders = [ours, clerk6, clerk5, floor];

export const pageOf = (contender: Contender, api: ApiProcess, content: 'card' | 'api'): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title><link rel="icon" href="data:,"></head><body>
${contender.lines(api, content)}
</body></html>`;
