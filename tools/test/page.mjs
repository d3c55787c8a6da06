/** The page that a test file runs in, and the addresses that it may ask beside the local API's own. */

/** Content-Security-Policy of test pages: this machine and nothing else, so that a stray request fails the test. */
const policy = [
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
  "connect-src 'self' data: blob: http://127.0.0.1:* ws://127.0.0.1:*",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: http://127.0.0.1:*",
  "img-src 'self' data: blob: http://127.0.0.1:*",
].join('; ');

/**
 * The APIs that run beside the tests: the usual one, and one that offers every way in.
 * @typedef {Record<'usual' | 'wide', import('../../test/support/api.ts').TestApi>} TestApis
 */

/**
 * @param {string} testFramework address of the test framework's module
 * @param {TestApis} apis
 */
export function testPage(testFramework, apis) {
  const known = Object.entries(apis).map(([name, { url, publishableKey }]) => [name, { name, url, publishableKey }]);
  const api = JSON.stringify(Object.fromEntries(known)).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>Test</title>
    <link rel="icon" href="data:," />
    <script type="application/json" id="test-api">${api}</script>
  </head>
  <body>
    <script type="module" src="/test/support/page-setup.ts"></script>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`;
}

/** What the addresses below this one are for. */
const prefix = '/__test';

/**
 * Middleware of the test runner, for each API by its name. `/__test/usual/backend/…` is the Backend API with its secret key, which sends no
 * CORS headers on purpose; `/__test/usual/mails` are the mails that the API has sent, newest first;
 * `/__test/usual/open/…` opens an address of the API as another browser would.
 * @param {() => TestApis} apis
 * @returns {NonNullable<import('@web/test-runner').TestRunnerConfig['middleware']>[number]}
 */
export function testAddresses(apis) {
  return async (context, next) => {
    if (!context.path.startsWith(`${prefix}/`)) return next();
    const [, name = '', path = ''] = /^\/(\w+)(\/.*)$/.exec(context.url.slice(prefix.length)) ?? [];
    const api = apis()[/** @type {keyof TestApis} */ (name)];
    if (!api) return next();
    if (path === '/mails') {
      context.body = JSON.stringify(await api.mails());
      context.type = 'application/json';
      return undefined;
    }
    if (path.startsWith('/open/')) {
      const { status } = await fetch(api.url + path.slice('/open'.length), { redirect: 'manual' });
      context.status = status < 400 ? 204 : status;
      return undefined;
    }
    if (!path.startsWith('/backend/')) return next();
    const chunks = [];
    for await (const chunk of context.req) chunks.push(chunk);
    const answer = await fetch(`${api.backendUrl}/v1/${path.slice('/backend/'.length)}`, {
      method: context.method,
      headers: { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    context.status = answer.status;
    context.body = await answer.text();
    context.type = 'application/json';
    return undefined;
  };
}
