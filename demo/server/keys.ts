/** Keys of the instance: made once, kept in the database, the same for every process on it. */
import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, SignJWT } from 'jose';
import { createId, createSecret, sha256 } from './ids.ts';
import { createKeyRing, signingAlgorithm } from './key-ring.ts';
import type { InstanceType } from './settings.ts';
import type { Database } from './store/database.ts';
import { keepOnce } from './store/instance-values.ts';
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
      return new SignJWT(claims)
        .setProtectedHeader({ alg: signingAlgorithm, kid: active.id, typ: 'JWT', ...header })
        .sign(active.privateKey);
    },
    verify: async (token) => {
      if (token.length > longestToken || !isCanonical(token)) return undefined;
      try {
        const { kid } = decodeProtectedHeader(token);
        const key = (await ring()).published.find(({ id }) => id === kid);
        if (!key) return undefined;
        const { payload } = await compactVerify(token, key.publicKey, { algorithms: [signingAlgorithm] });
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
