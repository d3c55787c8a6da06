/** Keys of the instance: made once, kept in the database, the same for every process on it. */
import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';
import { createId, createSecret, sha256 } from './ids.ts';
import type { InstanceType } from './settings.ts';
import type { Database } from './store/database.ts';
import { findSigningKeys, keepOnce } from './store/instance-values.ts';
import { StartError } from './start-error.ts';

/** Signing keys of the instance, and the secret key of its backends. */
export interface Keys {
  /** `ins_…`; also the `kid` of the first signing key (dossier part 1, §6.3). */
  instanceId: string;
  /** `sk_test_…` / `sk_live_…`, printed at start and never logged. */
  secretKey: string;
  /** `true` for a secret key of this instance, compared in constant time. */
  acceptsSecretKey(text: string): boolean;
  /** Key of the HMAC under which one-time codes are stored. */
  codeKey: Buffer;
  /** Key under which secrets that have to be read again are sealed: those of authenticator apps. */
  sealingKey: Buffer;
  /** Key of the HMAC under which backup codes are stored, which live long. */
  backupCodeKey: Buffer;
  /** Key of the HMAC that refresh tokens are. */
  refreshTokenKey: Buffer;
  /** Signs claims with the active key: RS256, header `kid`, `typ: JWT`, and what is given for it. */
  sign(claims: Record<string, unknown>, header?: TokenHeader): Promise<string>;
  /** The payload of a token that one of our keys signed, expired or not; `undefined` for anything else. */
  verify(token: string): Promise<Record<string, unknown> | undefined>;
  /** Public keys for `/.well-known/jwks.json`. */
  jwks(): Promise<{ keys: object[] }>;
}

/** What the header of a token says beside who signed it (dossier part 1, §6.3). */
export interface TokenHeader {
  /** What kind of token it is. */
  cat: string;
  /** Seconds: how fresh its claims are. */
  oiat?: number;
}

export interface KeyOptions {
  instanceType: InstanceType;
  /** `CLERK_SECRET_KEY`: one key, or several separated by commas while they are turned over; the first is the one to show. */
  secretKeys?: string | undefined;
  /** `PASSWORD_PEPPER`: part of the keys of what lasts, so that a reader of the database lacks them. */
  pepper?: string | undefined;
  now: () => number;
}

const algorithm = 'RS256';
/** Milliseconds: a retired key stays published for a day (security.md §3), and other processes notice a change within a minute. */
const retiredKeyLifetime = 24 * 3600_000;
const refreshInterval = 60_000;
/** No header of a request holds a longer one. */
const longestToken = 16_384;

/** @throws StartError if a given secret key does not fit the instance. */
export async function loadKeys(database: Database, { instanceType, secretKeys, pepper, now }: KeyOptions): Promise<Keys> {
  const prefix = instanceType === 'development' ? 'sk_test_' : 'sk_live_';
  const given = (secretKeys ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean);
  if (given.some((key) => !key.startsWith(prefix) || key.length < prefix.length + 20)) {
    throw new StartError(`CLERK_SECRET_KEY: expected ${prefix} and at least 20 more characters, to go with the publishable key.`);
  }
  const accepted = given.length ? given : [await keepOnce(database, `secret_key:${instanceType}`, prefix + createSecret())];
  const digests = accepted.map(sha256);
  const instanceId = await keepOnce(database, 'instance_id', createId('ins'));
  const codeKey = Buffer.from(await keepOnce(database, 'code_key', createSecret()), 'base64url');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', codeKey, pepper ?? '', purpose, 32));
  const ring = createKeyRing(database, instanceId, now);
  await ring();

  return {
    instanceId,
    secretKey: accepted[0] ?? '',
    acceptsSecretKey: (text) => {
      const digest = sha256(text);
      // All are compared, so that time does not tell which.
      return digests.filter((known) => timingSafeEqual(known, digest)).length > 0;
    },
    codeKey,
    sealingKey: derive('sealed secrets'),
    backupCodeKey: derive('backup codes'),
    refreshTokenKey: derive('refresh tokens'),
    sign: async (claims, header) => {
      const { active } = await ring();
      return new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: active.id, typ: 'JWT', ...header }).sign(active.privateKey);
    },
    verify: async (token) => {
      if (token.length > longestToken || !isCanonical(token)) return undefined;
      try {
        const { kid } = decodeProtectedHeader(token);
        const key = (await ring()).published.find(({ id }) => id === kid);
        if (!key) return undefined;
        const { payload } = await compactVerify(token, key.publicKey, { algorithms: [algorithm] });
        const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
        return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
      } catch {
        return undefined;
      }
    },
    jwks: async () => ({ keys: (await ring()).published.map(({ jwk }) => jwk) }),
  };
}

/** Decoders forgive blanks, trailing characters and bits; a token has one spelling. */
const isCanonical = (token: string) => token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);

/** The keys in use, read again from time to time. */
function createKeyRing(database: Database, instanceId: string, now: () => number) {
  const read = async () => {
    const rows = await findSigningKeys(database, () => createSigningKey(instanceId), now());
    const published = await Promise.all(
      rows
        .filter(({ retired_at }) => retired_at === null || now() - retired_at < retiredKeyLifetime)
        .map(async (row) => ({
          id: row.id,
          isActive: row.retired_at === null && row.activated_at <= now(),
          isRetired: row.retired_at !== null,
          privateKey: await importJWK(row.private_key as JWK, algorithm),
          publicKey: await importJWK(row.public_key as JWK, algorithm),
          jwk: { use: 'sig', ...row.public_key, kid: row.id, alg: algorithm },
        })),
    );
    // Where this clock is behind the one of the process that made the first key, that key counts all the same.
    const active = published.find(({ isActive }) => isActive) ?? published.findLast(({ isRetired }) => !isRetired);
    if (!active) throw new Error('No signing key is active.');
    return { published, active };
  };
  let current: ReturnType<typeof read> | undefined;
  let readAt = -Infinity;
  return () => {
    if (!current || performance.now() - readAt > refreshInterval) {
      readAt = performance.now();
      const former = current;
      // While the database is away the known keys still serve.
      current = read().catch((error: unknown) => {
        current = former;
        if (former) return former;
        throw error;
      });
    }
    return current;
  };
}

async function createSigningKey(id: string) {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { modulusLength: 2048, extractable: true });
  return { id, private_key: await exportJWK(privateKey), public_key: await exportJWK(publicKey) };
}
