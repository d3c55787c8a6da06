/** The page on which somebody says who they are, and one for what went wrong: plain HTML without any script. */
import { readFileSync } from 'node:fs';
import type { DevelopmentPerson } from './people.ts';

export const stylesheet = readFileSync(new URL('page.css', import.meta.url), 'utf8');

/**
 * Of every answer. Browsers apply `form-action` to the redirects after a form too, so it names the pages that may use this instance.
 * @param targets origins that the browser is sent back to.
 */
export const pageHeaders = (targets: readonly string[]): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    `form-action ${["'self'", ...targets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  // Without any, browsers would send forms as from nowhere.
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});

/** @param path the directory of the provider. */
const frame = (path: string, title: string, body: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${escape(title)}</title>
    <link rel="stylesheet" href="${path}/page.css" />
  </head>
  <body>
    <main>
${body}
    </main>
  </body>
</html>
`;

export interface SignInPage {
  path: string;
  /** Which provider is played. */
  provider: string;
  application: string;
  people: readonly DevelopmentPerson[];
  /** What was wrong with the address that was typed. */
  problem?: string | undefined;
}

export function signInPage({ path, provider, application, people, problem }: SignInPage): string {
  const choices = people.map(
    ({ sub, name, email, email_verified }) => `
          <li>
            <button name="person" value="${escape(sub)}">
              <span>${escape(name)}</span>
              <small>${escape(email)}${email_verified ? '' : ', not verified'}</small>
            </button>
          </li>`,
  );
  return frame(
    path,
    `Sign in with ${provider}`,
    `      <h1>Sign in with ${escape(provider)}</h1>
      <p>The development provider plays ${escape(provider)} for ${escape(application)}. Nobody is asked for a password here.</p>
      <form method="post">
        <h2 id="people">Who are you?</h2>
        <ul aria-labelledby="people">${choices.join('')}
        </ul>
      </form>
      <form method="post">
        <label for="email">Another email address</label>
        <input id="email" name="email" type="email" autocomplete="email" required${problem ? ' aria-invalid="true" aria-describedby="problem"' : ''} />
        ${problem ? `<p id="problem" role="alert">${escape(problem)}</p>` : ''}
        <label class="choice"><input name="verified" type="checkbox" value="true" checked /> It is verified</label>
        <button class="primary">Continue</button>
      </form>
      <form method="post">
        <button name="refuse" value="true">Refuse access</button>
      </form>`,
  );
}

export const errorPage = (path: string, message: string): string =>
  frame(path, 'Sign-in failed', `      <h1>Sign-in failed</h1>\n      <p role="alert">${escape(message)}</p>`);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
