/** The site with the pages of all contenders. Files are sent as brotli 11 and may be kept, as those of a good host. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { ApiProcess } from '../server/api-process.ts';
import { contenders, pageOf } from './contenders.ts';

export interface BenchSite {
  url: string;
  /** Bytes of a file as it is sent; `undefined` for what has not been asked for. */
  sizeOf(path: string): number | undefined;
  stop(): Promise<void>;
}

const compress = promisify(brotliCompress);
const folders = Object.assign({}, ...contenders.map(({ folders: own }) => own)) as Record<string, string>;

export async function serveContenders(api: ApiProcess): Promise<BenchSite> {
  const files = new Map<string, Promise<Buffer>>();
  const sizes = new Map<string, number>();

  const read = async (path: string): Promise<Buffer> => {
    const folder = Object.entries(folders).find(([prefix]) => path.startsWith(prefix));
    const name = /^\/[\w-]+\/([\w.-]+\.js)$/.exec(path)?.[1];
    if (!folder || !name) throw new Error('not found');
    const body = await compress(await readFile(join(folder[1], name)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    sizes.set(path, body.byteLength);
    return body;
  };
  const file = (path: string) => {
    const known = files.get(path) ?? read(path);
    files.set(path, known);
    return known;
  };
  const page = (path: string): Promise<Buffer> | undefined => {
    const [, name, content] = path.split('/');
    const contender = contenders.find((each) => each.name === name);
    return contender && (content === 'card' || content === 'api') ? compress(pageOf(contender, api, content)) : undefined;
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site.test');
    const html = page(pathname);
    (html ?? file(pathname)).then(
      (body) => {
        response.writeHead(200, {
          'content-type': html ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8',
          'content-encoding': 'br',
          'cache-control': html ? 'no-cache' : 'public, max-age=31536000, immutable',
          'access-control-allow-origin': '*',
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sizeOf: (path) => sizes.get(path),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
