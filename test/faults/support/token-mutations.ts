/** Forged session tokens: made of a real one, or by somebody else's key. */
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';

export interface Forgery {
  /** For people: how it was made. */
  what: string;
  token: string;
}

type Random = () => number;
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** @returns a function that forges the next one. @param jwk the published key of the token. */
export async function createForger(token: string, jwk: JWK, random: Random): Promise<() => Promise<Forgery>> {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const strangerJwk = await exportJWK(stranger.publicKey);
  const published = createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });
  const [head = '', body = '', signature = ''] = token.split('.');
  const header = decodeProtectedHeader(token) as { alg: string; kid: string };
  const claims = decodeJwt(token);
  const hour = Math.floor(Date.now() / 1000) + 3600;

  const otherClaims = () =>
    pick<object>(random, [
      { ...claims, sub: 'user_other' },
      { ...claims, sid: 'sess_other' },
      { ...claims, exp: hour },
      { ...claims, iss: 'https://evil.example' },
      { ...claims, azp: 'https://evil.example' },
      { ...claims, act: { sub: 'user_admin' } },
      { ...claims, metadata: { role: 'admin' } },
    ]);
  /** Characters in the three parts, one of them changed so that another byte results. */
  const changedCharacter = () => {
    for (;;) {
      const place = Math.floor(random() * token.length);
      const changed = token.slice(0, place) + alphabet.charAt(Math.floor(random() * alphabet.length)) + token.slice(place + 1);
      const isSame = changed
        .split('.')
        .every((part, index) => Buffer.from(part, 'base64url').equals(Buffer.from([head, body, signature][index] ?? '', 'base64url')));
      if (!isSame) return changed;
    }
  };
  const byStranger = (more: object) => new SignJWT(claims).setProtectedHeader({ ...header, ...more }).sign(stranger.privateKey);
  /** Signed as a secret with what is public. */
  const byPublicKey = (algorithm: 'HS256' | 'HS384' | 'HS512') => {
    const pem = published.export({ type: 'spki', format: 'pem' });
    const secret = pick<string | Buffer>(random, [
      String(pem),
      published.export({ type: 'spki', format: 'der' }),
      String(jwk.n),
      JSON.stringify(jwk),
      '',
    ]);
    const input = `${encode({ ...header, alg: algorithm })}.${encode(otherClaims())}`;
    return `${input}.${createHmac(algorithm.replace('HS', 'sha'), secret).update(input).digest('base64url')}`;
  };

  const ways: [what: string, forge: () => string | Promise<string>][] = [
    ['one character changed', changedCharacter],
    ['one character changed', changedCharacter],
    ['other claims under the same signature', () => `${head}.${encode(otherClaims())}.${signature}`],
    ['a claim twice', () => `${head}.${encode(JSON.stringify(claims).replace(/\}$/, ',"sub":"user_other"}'))}.${signature}`],
    [
      'no algorithm',
      () =>
        `${encode({ ...header, alg: pick(random, ['none', 'None', 'NONE', '']) })}.${encode(otherClaims())}.${pick(random, ['', signature])}`,
    ],
    [
      'another algorithm',
      () => `${encode({ ...header, alg: pick(random, ['RS384', 'PS256', 'ES256', 'EdDSA', 'HS256', 'rs256']) })}.${body}.${signature}`,
    ],
    ['a secret made of the public key', () => byPublicKey(pick(random, ['HS256', 'HS384', 'HS512'] as const))],
    ['somebody else’s key', () => byStranger({})],
    ['somebody else’s key in the header', () => byStranger({ jwk: strangerJwk })],
    ['somebody else’s key at an address', () => byStranger({ [pick(random, ['jku', 'x5u'])]: 'https://evil.example/keys' })],
    ['an unknown key', () => byStranger({ kid: pick(random, ['', 'ins_other', '../../etc/passwd', "' or 1=1 --", '__proto__', '0']) })],
    ['an unknown key for the same token', () => `${encode({ ...header, kid: 'ins_other' })}.${body}.${signature}`],
    [
      'a critical header that nobody knows',
      () => byStranger({ crit: ['exp'] }).catch(() => `${encode({ ...header, crit: ['x'] })}.${body}.${signature}`),
    ],
    ['a part cut off', () => token.slice(0, Math.floor(random() * token.length))],
    ['no signature', () => `${head}.${body}.`],
    ['a signature of nothing', () => `${head}.${body}.${'A'.repeat(signature.length)}`],
    ['more after the end', () => token + pick(random, ['.', `.${signature}`, 'A', 'AAAA', '=', '\0', '%00', '\u200b'])],
    [
      'parts in another order',
      () => pick(random, [`${body}.${head}.${signature}`, `${head}.${signature}.${body}`, `${signature}.${body}.${head}`]),
    ],
    ['another spelling', () => `${head}.${body}=.${signature}==`],
    ['no JSON', () => `${encode('{"alg":"RS256"')}.${encode('{')}.${signature}`],
    [
      'nothing like a token',
      () => pick(random, ['a.b.c', '..', 'null', '{}', '[]', '0', 'x'.repeat(15_000), `${head}.${'A'.repeat(15_000)}.${signature}`]),
    ],
  ];
  return async () => {
    const [what, forge] = pick(random, ways);
    return { what, token: await forge() };
  };
}
