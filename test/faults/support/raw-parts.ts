/** What raw requests are made of: a good one, and ways to change it. */
import type { EndpointName } from '../../../src/wire/endpoints.ts';
import { endpoints } from '../../../src/wire/endpoints.ts';

export type Random = () => number;

export const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
export const whole = (random: Random, below: number) => Math.floor(random() * below);
export const bytesOf = (random: Random, length: number) => Buffer.from(Array.from({ length }, () => whole(random, 256)));

const paths = [
  ...(Object.keys(endpoints) as EndpointName[]).map((name) => `/v1${endpoints[name].path.replace(/:\w+/g, 'none')}`),
  ...[
    '/',
    '/sign-in',
    '/inbox/mails',
    '/v1/verify?token=x',
    '/v1/client/handshake?redirect_url=http://127.0.0.1/',
    '/v1/oauth_callback?state=x',
  ],
  ...[
    '/popup-callback',
    '/development-provider/none',
    '/v1/health',
    '/.well-known/jwks.json',
    '/avatars/user_a.svg',
    '/v1/users',
    '/v1/users/user_a/metadata',
  ],
];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
export const formType = 'Content-Type: application/x-www-form-urlencoded';

/** Of a request, as they are written. */
export interface Parts {
  method: string;
  target: string;
  version: string;
  headers: string[];
  body: string | Buffer;
}

export const good = (random: Random): Parts => {
  const method = pick(random, methods);
  const body =
    method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
      ? ''
      : pick(random, ['', 'identifier=a', 'unsafe_metadata=%7B%7D', 'a=1&a=2']);
  return {
    method,
    target: pick(random, paths),
    version: 'HTTP/1.1',
    headers: ['Host: 127.0.0.1', 'Origin: http://127.0.0.1', ...(body ? [formType, `Content-Length: ${body.length}`] : [])],
    body,
  };
};

export const write = ({ method, target, version, headers, body }: Parts): Buffer =>
  Buffer.concat([Buffer.from([`${method} ${target} ${version}`, ...headers, '', ''].join('\r\n'), 'latin1'), Buffer.from(body)]);

export const change = (random: Random, changes: Partial<Parts> | ((parts: Parts) => Partial<Parts>)): Buffer => {
  const parts = good(random);
  return write({ ...parts, ...(typeof changes === 'function' ? changes(parts) : changes) });
};

export const long = (random: Random) => 'a'.repeat(pick(random, [100, 8_000, 16_400, 70_000]));
export const withBody = (random: Random, headers: string[], body: string | Buffer) =>
  change(random, {
    method: pick(random, ['POST', 'PATCH', 'DELETE', 'PUT']),
    headers: ['Host: 127.0.0.1', 'Origin: http://127.0.0.1', formType, ...headers],
    body,
  });
