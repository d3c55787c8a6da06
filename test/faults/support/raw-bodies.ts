/** Requests whose body is not what its headers say, or not what anybody can read. */
import type { Random } from './raw-parts.ts';
import { bytesOf, change, long, pick, whole, withBody } from './raw-parts.ts';

export const bodyKinds: Record<string, (random: Random) => Buffer> = {
  'two lengths': (random) =>
    withBody(
      random,
      pick(random, [
        ['Content-Length: 3', 'Content-Length: 5'],
        ['Content-Length: 5', 'Content-Length: 5'],
        ['Content-Length: 5, 5'],
        ['Content-Length: 5', 'Transfer-Encoding: chunked'],
        ['Transfer-Encoding: chunked', 'Content-Length: 5'],
      ]),
      pick(random, ['a=1&b', '5\r\na=1&b\r\n0\r\n\r\n', '0\r\n\r\nGET /v1/client HTTP/1.1\r\nHost: evil.example\r\n\r\n']),
    ),
  'a strange length': (random) =>
    withBody(
      random,
      [
        `Content-Length: ${pick(random, ['-1', '+3', '0x3', '3.0', '1e1', '', ' ', '18446744073709551616', '9007199254740993', '99999999', '70000', 'three', '3;3', '3\x0b'])}`,
      ],
      'a=1',
    ),
  'a strange coding': (random) =>
    withBody(
      random,
      [
        pick(random, [
          'Transfer-Encoding: identity',
          'Transfer-Encoding: xchunked',
          'Transfer-Encoding:\x0bchunked',
          'Transfer-Encoding : chunked',
          'Transfer-Encoding: chunked, chunked',
          'Transfer-Encoding: gzip, chunked',
          'Transfer-Encoding: chunked, identity',
          'Transfer-Encoding: CHUNKED',
          'Transfer-Encoding:',
          'TE: trailers',
        ]),
      ],
      '3\r\na=1\r\n0\r\n\r\n',
    ),
  'bad chunks': (random) =>
    withBody(
      random,
      ['Transfer-Encoding: chunked'],
      pick(random, [
        'zz\r\na=1\r\n0\r\n\r\n',
        '-1\r\na\r\n0\r\n\r\n',
        'ffffffffffffffff\r\na',
        'fffffffffffffffff\r\na',
        '3\r\na=1',
        '3\r\na=1X0\r\n\r\n',
        '3\na=1\n0\n\n',
        `3;${long(random)}\r\na=1\r\n0\r\n\r\n`,
        '3\r\na=1\r\n0\r\nContent-Length: 9\r\n\r\n',
        `3\r\na=1\r\n0\r\nX: ${long(random)}\r\n\r\n`,
        '\r\n',
        '0x3\r\na=1\r\n0\r\n\r\n',
        '3 \r\na=1\r\n0\r\n\r\n',
        '3;a="\r\n\r\na=1\r\n0\r\n\r\n',
      ]),
    ),
  'a long body': (random) => withBody(random, ['Transfer-Encoding: chunked'], `11172\r\na=${'a'.repeat(0x11170)}\r\n0\r\n\r\n`),
  'bytes in place of a text': (random) => {
    const body = Buffer.concat([
      Buffer.from(pick(random, ['identifier=', 'unsafe_metadata=', ''])),
      bytesOf(random, 1 + whole(random, 200)),
    ]);
    return withBody(random, [`Content-Length: ${body.length}`], body);
  },
  'escapes of no text': (random) => {
    const body = `unsafe_metadata=${Array.from({ length: 1 + whole(random, 50) }, () => `%${whole(random, 256).toString(16)}`).join('')}`;
    return withBody(random, [`Content-Length: ${body.length}`], body);
  },
  'JSON that is none': (random) => {
    const body = pick(random, [
      '{',
      '[[[[',
      '{"a":1}{',
      'nul',
      '"\\ud800"',
      '{"__proto__":1}',
      '['.repeat(5_000),
      '\ufeff{}',
      '1e99999',
      '{"public_metadata":"\\u0000"}',
    ]);
    return change(random, {
      method: pick(random, ['POST', 'PATCH']),
      headers: [
        'Host: 127.0.0.1',
        'Authorization: Bearer sk_test_key',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
      ],
      body,
    });
  },
};
