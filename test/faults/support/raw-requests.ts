/** Requests as bytes, most of them wrong: what no client sends, and what somebody who looks for a gap does. */
import { bodyKinds } from './raw-bodies.ts';
import type { Random } from './raw-parts.ts';
import { bytesOf, change, formType, good, long, pick, whole, withBody, write } from './raw-parts.ts';

export interface RawCase {
  /** Which way of being wrong. */
  kind: string;
  bytes: Buffer;
}

const kinds: Record<string, (random: Random) => Buffer> = {
  'a good request': (random) => write(good(random)),
  'a strange method': (random) =>
    change(random, {
      method: pick(random, [
        'TRACE',
        'CONNECT',
        'get',
        'G\0T',
        'PROPFIND',
        'M-SEARCH',
        'PRI',
        '',
        'GET\t',
        long(random),
        'POST\r\n',
        '\x80\xff',
      ]),
    }),
  'a strange target': (random) =>
    change(random, {
      target: pick(random, [
        '*',
        '',
        'v1/client',
        'http://127.0.0.1/v1/client',
        'http://evil.example/',
        '//evil.example/v1/client',
        '/\0',
        '/%',
        '/%zz',
        '/v1/%00',
        '/%ff%fe',
        '/\x80\xff',
        '/a b',
        `/${long(random)}`,
        `/v1/client?${long(random)}`,
        '/v1/client#x',
        '/v1/../../etc/passwd',
        '/v1/client?a=%ed%a0%80',
        '/v1/me?_method=PATCH',
        '/v1\\client',
        '/v1/client?\x00',
        '/?a\tb',
        '/v1//client',
        '/;x',
        '/v1/me/metadata?__clerk_db_jwt=%00',
      ]),
    }),
  'a strange version': (random) =>
    change(random, {
      version: pick(random, [
        'HTTP/1.0',
        'HTTP/0.9',
        'HTTP/2.0',
        'HTTP/9.9',
        'HTTP/1.1 ',
        'http/1.1',
        'HTTP/1',
        'FTP/1.1',
        '',
        `HTTP/1.${long(random)}`,
      ]),
    }),
  ...bodyKinds,
  'strange headers': (random) =>
    change(random, ({ headers }) => ({
      headers: [
        ...headers,
        pick(random, [
          'X: a\r\n folded',
          ' X: leading',
          'X a',
          ': nameless',
          'X : spaced',
          'X: \0',
          'X: \x01\x7f',
          'X: \x80\xff',
          `X: ${long(random)}`,
          `${long(random)}: x`,
          'X:',
          '\0: x',
          'X: a\rb',
          'X: a\nY: b',
          'Expect: 100-continue',
          'Expect: nothing',
          'Upgrade: websocket',
          'Connection: upgrade',
          'Connection: close, keep-alive',
          'Content-Encoding: gzip',
          'Accept-Encoding: \x80',
          'If-None-Match: *',
          'Authorization: \xff',
          'Authorization: Bearer',
          `Cookie: ${'a=b; '.repeat(2_000)}`,
          'Cookie: __client=\x80; __client',
          'Content-Type: \xff',
          'Content-Type: multipart/form-data',
          'X-Forwarded-For: \x80, ::, 999.1.1.1',
          'Clerk-API-Version: \xff',
          'User-Agent: \xff\x80',
          `User-Agent: ${'Mozilla/5.0 ('.repeat(500)}`,
          'Referer: \xff://',
        ]),
      ],
    })),
  'many headers': (random) =>
    change(random, ({ headers }) => ({
      headers: [...headers, ...Array.from({ length: pick(random, [150, 900, 3_000]) }, (_item, index) => `X-${index}: a`)],
    })),
  'a header twice': (random) =>
    change(random, ({ headers }) => ({
      headers: [
        ...headers,
        pick(random, [
          'Host: evil.example',
          'Host: 127.0.0.1',
          'Origin: https://evil.example',
          'Content-Type: text/plain',
          'Authorization: Bearer x',
          'Cookie: __client=a',
          formType,
        ]),
      ],
    })),
  'several at once': (random) => Buffer.concat(Array.from({ length: 2 + whole(random, 12) }, () => write(good(random)))),
  'a wrong one between good ones': (random) =>
    Buffer.concat([write(good(random)), change(random, { method: 'G\0T' }), write(good(random))]),
  'one that hides in another': (random) =>
    withBody(random, ['Content-Length: 4', 'Transfer-Encoding: chunked'], `0\r\n\r\n${write(good(random)).toString('latin1')}`),
  'bits turned over': (random) => {
    const bytes = write(good(random));
    for (let turned = 0; turned <= whole(random, 6); turned++) {
      const at = whole(random, bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << whole(random, 8));
    }
    return bytes;
  },
  'nothing but noise': (random) => bytesOf(random, whole(random, 400)),
  'the beginning of one': (random) => {
    const bytes = write(good(random));
    return bytes.subarray(0, whole(random, bytes.length));
  },
  'another protocol': (random) =>
    pick(random, [
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      Buffer.from('1603010200010001fc0303', 'hex'),
      Buffer.from('SSH-2.0-x\r\n'),
      Buffer.from('\0\0\0\x08\x04\xd2\x16\x2f', 'latin1'),
      Buffer.from('EHLO a\r\n'),
    ]),
};

/** One case after the other, each kind as often as the others. */
export function rawCase(random: Random, index: number): RawCase {
  const names = Object.keys(kinds);
  const kind = names[index % names.length] as string;
  return { kind, bytes: (kinds[kind] as (random: Random) => Buffer)(random) };
}
