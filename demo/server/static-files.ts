/** Files that are served: a fixed table made at start, so that no path of a request ever reaches the file system (security.md, E8). */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';
import { isServiceDevelopmentHost } from '../../src/rules/publishable-key.ts';
import type { Dependencies } from './dependencies.ts';
import type { AppEnvironment } from './request-context.ts';

/** One file, ready to be sent. */
export interface StaticFile {
  body: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
  etag: string;
  /** The body as brotli or gzip, made at the first request that takes it. */
  compressed: Partial<Record<Encoding, Promise<Uint8Array<ArrayBuffer>>>>;
}

type Encoding = 'br' | 'gzip';

/** The built browser files by name, and the demo's files by path. */
export interface StaticFiles {
  dist: ReadonlyMap<string, StaticFile>;
  demo: ReadonlyMap<string, StaticFile>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const distFolder = fileURLToPath(new URL('../../dist/', import.meta.url));
const demoFolder = fileURLToPath(new URL('../', import.meta.url));

/** Reads `dist/` and `demo/`. A missing `dist/` is an empty table: the server is useful without it, for backends. */
export async function readStaticFiles(
  context: Pick<Dependencies, 'publishableKey' | 'frontendApiUrl' | 'frontendApiHost'> & { backendUrl: string },
): Promise<StaticFiles> {
  const [dist, demo] = await Promise.all([readFolder(distFolder), readFolder(demoFolder)]);
  const distFiles = dist.map(([name, body]) => {
    // A name with a hash in it never gets another content.
    const isHashed = /-[0-9A-Za-z]{8,}\.\w+$/.test(name);
    return [
      name,
      createFile(name, body, { ...sharedWithAll, 'cache-control': isHashed ? 'public, max-age=31536000, immutable' : revalidate }),
    ] as const;
  });
  // Not the settings, which lie beside the pages: passwords and private metadata of the demo users are in them.
  const pages = demo.filter(([name]) => extname(name) !== '.json');
  const demoFiles = pages.map(([name, body]) => {
    const filled = /\.(html|js)$/.test(name) ? Buffer.from(fillPlaceholders(body.toString(), context)) : body;
    return [`/${name}`, createFile(name, filled, { 'cache-control': revalidate, 'cross-origin-resource-policy': 'same-origin' })] as const;
  });
  const demoTable = new Map(demoFiles);
  for (const [path, name] of [
    ['/', '/index.html'],
    ['/favicon.ico', '/favicon.svg'],
  ] as const) {
    const file = demoTable.get(name);
    if (file) demoTable.set(path, file);
  }
  return { dist: new Map(distFiles), demo: demoTable };
}

const revalidate = 'public, max-age=0, must-revalidate';
/** Script tags with `crossorigin` and module imports from any page. */
const sharedWithAll = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
};

async function readFolder(folder: string): Promise<[name: string, body: Buffer][]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && extname(entry.name) in types).map(({ name }) => name);
  return Promise.all(names.map(async (name): Promise<[string, Buffer]> => [name, await readFile(join(folder, name))]));
}

/** What a person would fill in by hand. */
function fillPlaceholders(
  text: string,
  { publishableKey, frontendApiUrl, frontendApiHost, backendUrl }: Parameters<typeof readStaticFiles>[0],
): string {
  // The key does not say where we are, so the pages have to.
  const withProxy = isServiceDevelopmentHost(frontendApiHost)
    ? text
        .replaceAll('"YOUR_PUBLISHABLE_KEY"', `$& data-clerk-proxy-url="${frontendApiUrl}"`)
        .replaceAll("'YOUR_PUBLISHABLE_KEY'", `$&, { proxyUrl: '${frontendApiUrl}' }`)
    : text;
  return withProxy
    .replaceAll('YOUR_PUBLISHABLE_KEY', publishableKey)
    .replaceAll('https://YOUR_FRONTEND_API_URL', frontendApiUrl)
    .replaceAll('YOUR_FRONTEND_API_URL', frontendApiHost)
    .replaceAll('https://YOUR_BACKEND_API_URL', backendUrl);
}

function createFile(name: string, body: Buffer, headers: Record<string, string>): StaticFile {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const type = types[extname(name)] ?? 'application/octet-stream';
  return { body: new Uint8Array(body), etag, compressed: {}, headers: { ...headers, 'content-type': type, etag, vary: 'Accept-Encoding' } };
}

/** Answers with a file: compressed if the caller takes it, 304 if the caller has it. */
export async function sendFile(c: Context<AppEnvironment>, file: StaticFile): Promise<Response> {
  const known = c.req.header('if-none-match');
  if (known?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === file.etag)) {
    return new Response(null, { status: 304, headers: file.headers });
  }
  const accepted = c.req.header('accept-encoding') ?? '';
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  if (!encoding || file.headers['content-type'] === types['.png']) return new Response(file.body, { headers: file.headers });
  const body = await (file.compressed[encoding] ??= compress[encoding](file.body));
  return new Response(body, { headers: { ...file.headers, 'content-encoding': encoding } });
}

const compress: Record<Encoding, (body: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>> = {
  br: async (body) => new Uint8Array(await promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })),
  gzip: async (body) => new Uint8Array(await promisify(gzip)(body, { level: 9 })),
};
