/**
 * Keeps what the local API is asked and what it answers, for `npm run test:descriptions`: where the environment variable
 * `API_EXCHANGES` names a folder, each kind of exchange becomes one file in it. Listens to Node's own HTTP server, so that the
 * product knows nothing of it. The folder holds tokens of tests; who made it removes it.
 */
import { createHash } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shapeOf } from './shape.mjs';

/**
 * @typedef {object} Exchange
 * @property {string} method as it was sent; a tunnelled one is in the query
 * @property {string} path
 * @property {string} query
 * @property {Record<string, string | string[] | undefined>} requestHeaders without those that say who asks
 * @property {string} requestBody
 * @property {number} status
 * @property {string} contentType of the answer, without its parameters; empty if there is none
 * @property {string} body
 */

const folder = process.env.API_EXCHANGES;
if (folder) watch(folder);

/** @param {string} into */
function watch(into) {
  const known = new Set();
  subscribe('http.server.request.start', (message) => {
    const { request, response } = /** @type {Pair} */ (message);
    const url = request.url ?? '';
    if (!/^\/(v1|\.well-known)\//.test(url) || request.method === 'OPTIONS' || request.method === 'HEAD') return;
    const asked = collect(request, ['push']);
    const answered = collect(response, ['write', 'end']);
    /** @type {Map<string, string>} */
    let headers = new Map();
    const { writeHead } = response;
    response.writeHead = /** @type {typeof writeHead} */ (
      (/** @type {Parameters<typeof writeHead>} */ ...parameters) => {
        headers = namesAndValues(parameters.at(-1));
        return writeHead.apply(response, parameters);
      }
    );
    response.once('finish', () => {
      // Other servers of tests answer under such paths too; only ours gives every answer this name.
      if (!headers.has('x-clerk-trace-id')) return;
      const [path = '', query = ''] = url.split(/\?(.*)/s);
      const exchange = {
        method: request.method ?? '',
        path,
        query,
        requestHeaders: { ...request.headers, cookie: undefined, authorization: undefined },
        requestBody: asked(),
        status: response.statusCode,
        contentType: headers.get('content-type')?.replace(/;.*/s, '') ?? '',
        body: answered(),
      };
      const name = createHash('sha256').update(kindOf(exchange)).digest('base64url');
      if (known.has(name)) return;
      known.add(name);
      try {
        writeFileSync(join(into, `${name}.json`), JSON.stringify(exchange), { flag: 'wx', mode: 0o600 });
      } catch (error) {
        // Another process has met it too; or the run is over and its folder gone.
        if (!['EEXIST', 'ENOENT'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) throw error;
      }
    });
  });
}

/**
 * @typedef {object} Pair
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response
 */

/**
 * What passes through methods of a stream, as text when asked for.
 * @param {object} stream
 * @param {string[]} methods
 */
function collect(stream, methods) {
  /** @type {Buffer[]} */
  const chunks = [];
  const members = /** @type {Record<string, (...parameters: unknown[]) => unknown>} */ (stream);
  for (const name of methods) {
    const original = members[name];
    if (!original) throw new Error(`A stream of Node has no ${name}().`);
    members[name] = (...parameters) => {
      const [chunk] = parameters;
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
      return original.apply(stream, parameters);
    };
  }
  return () => Buffer.concat(chunks).toString();
}

/**
 * Header lines in each of the forms that `writeHead` takes, by name in lower case.
 * @param {unknown} given
 */
function namesAndValues(given) {
  /** @type {[string, string][]} */
  let entries = [];
  if (Array.isArray(given)) for (let at = 0; at + 1 < given.length; at += 2) entries.push([String(given[at]), String(given[at + 1])]);
  else if (typeof given === 'object' && given !== null) entries = Object.entries(given).map(([name, value]) => [name, String(value)]);
  return new Map(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * The same for exchanges that a description has the same to say about.
 * @param {Exchange} exchange
 */
function kindOf({ method, path, query, requestHeaders, requestBody, status, contentType, body }) {
  const plain = path.replace(/\/[a-z]+_\w{8,}/g, '/*');
  const asked = /^\s*[[{]/.test(requestBody) ? read(requestBody) : requestBody.split('&').map(pairOf);
  return [
    method,
    plain,
    shapeOf([query.split('&').map(pairOf), asked]),
    requestHeaders['content-type'],
    status,
    contentType,
    shapeOf(read(body)),
  ].join();
}

/** @param {string} pair */
const pairOf = (pair) => {
  const [name = '', value = ''] = pair.split('=');
  // Which script asked, and in which version.
  return { [name]: name.startsWith('_clerk_js') || name === '_method' ? value.replaceAll('.', '_') : value };
};

/** @param {string} text */
function read(text) {
  try {
    return /** @type {unknown} */ (JSON.parse(text));
  } catch {
    return text && 'text';
  }
}
