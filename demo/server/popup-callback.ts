/**
 * `/popup-callback`: where a popup ends that was sent to a provider (dossier part 2, §8.2). It tells the page that has opened it which
 * session to activate, or where to go on, and closes. The page has to be one that may use this instance, and is told nothing otherwise.
 */
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { allowedRedirect } from '../../src/rules/redirect.ts';
import type { Dependencies } from './dependencies.ts';
import { parameterError } from './errors.ts';
import { devBrowserOf, findClientByCookie } from './frontend-api/identity.ts';
import { readQuery } from './frontend-api/parameters.ts';
import type { Parameters } from './frontend-api/parameters.ts';
import { strictTransport } from './hosted-pages.ts';
import { answerRefusal } from './notice-page.ts';
import { createOriginCheck } from './origins.ts';
import type { AppEnvironment } from './request-context.ts';
import { findClientBySecret } from './store/clients.ts';
import { findSessionsOfClient } from './store/sessions.ts';
import { findSignIn } from './store/sign-ins.ts';
import { findSignUp } from './store/sign-ups.ts';

const script = `const { message, target, returnUrl } = document.body.dataset;
if (opener) {
  opener.postMessage(JSON.parse(message), target);
  close();
} else {
  location.replace(returnUrl);
}`;

export function popupCallback(context: Dependencies): (c: Context<AppEnvironment>) => Promise<Response> {
  const isAllowed = createOriginCheck(context);
  return async (c) => {
    try {
      const query = readQuery(c);
      const returnUrl = allowedRedirect(query.one('return_url'), { allowedOrigins: [isAllowed] });
      if (!returnUrl) throw parameterError('invalid_redirect_url', 'return_url', 'return_url must be a page that may use this instance.');
      const session = await findFinishedSession(context, c, query);
      return answer(context, returnUrl, session === undefined ? { return_url: returnUrl.href } : { session });
    } catch (error) {
      return answerRefusal(c, context, error);
    }
  };
}

/** The session with which the attempt of this browser has ended; `undefined` where it goes on, or the browser is not known. */
async function findFinishedSession(context: Dependencies, c: Context<AppEnvironment>, query: Parameters): Promise<string | undefined> {
  const { database, now, instanceType } = context;
  const devBrowser = devBrowserOf(query);
  const known =
    instanceType === 'production'
      ? await findClientByCookie(context, c)
      : devBrowser && (await findClientBySecret(database, { secret: devBrowser, kind: 'dev_browser' }, now()));
  if (!known || known.supersededUntil !== null) return undefined;
  const { id, sign_in_id: signInId, sign_up_id: signUpId } = known.client;
  const attempts = [await findSignIn(database, signInId ?? ''), await findSignUp(database, signUpId ?? '')];
  const finished = attempts.flatMap((attempt) => attempt?.created_session_id ?? []);
  const open = await findSessionsOfClient(database, id, now());
  return open.find((session) => finished.includes(session.id))?.id;
}

function answer({ frontendApiUrl }: Pick<Dependencies, 'frontendApiUrl'>, returnUrl: URL, message: Record<string, string>): Response {
  const nonce = randomBytes(16).toString('base64url');
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Signed in</title>
  </head>
  <body data-message="${escape(JSON.stringify(message))}" data-target="${escape(returnUrl.origin)}" data-return-url="${escape(returnUrl.href)}">
    <main>
      <p>You can close this window.</p>
      <p><a href="${escape(returnUrl.href)}">Continue</a></p>
    </main>
    <script nonce="${nonce}">${script}</script>
  </body>
</html>
`;
  const policy = ["default-src 'none'", `script-src 'nonce-${nonce}'`, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
  // No opener policy: it would cut the tie to the page that has opened this one.
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      ...strictTransport(frontendApiUrl),
    },
  });
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
