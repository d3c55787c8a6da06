/** What the application is given: everything with a side effect comes in here, so that tests and production run the same code. */
import type { PasswordHasher } from './domain/password.ts';
import type { Log } from './log.ts';
import type { InstanceSettings, InstanceType } from './settings.ts';
import type { Database } from './store/database.ts';

/** A mail to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends mail: to the inbox page or by SMTP. Resolves when it was handed over. */
export type SendMail = (mail: Mail) => Promise<void>;

/** Signing keys of the instance (`demo/server/keys.ts`). */
export interface Keys {
  instanceId: string;
  /** `true` for a secret key of this instance, compared in constant time. */
  acceptsSecretKey(text: string): boolean;
  /** Key of the HMAC under which one-time codes are stored. */
  codeKey: Buffer;
  /** Signs claims with the active key: RS256, header `kid`, `typ: JWT`, plus `category` as `cat`. */
  sign(claims: Record<string, unknown>, category?: string): Promise<string>;
  /** The payload of a token that one of our keys signed, expired or not; `undefined` for anything else. */
  verify(token: string): Promise<Record<string, unknown> | undefined>;
  /** Public keys for `/.well-known/jwks.json`. */
  jwks(): Promise<{ keys: object[] }>;
}

export interface Dependencies {
  database: Database;
  settings: InstanceSettings;
  keys: Keys;
  passwords: PasswordHasher;
  sendMail: SendMail;
  publishableKey: string;
  instanceType: InstanceType;
  /** `http://127.0.0.1:4000`, as browsers reach the Frontend API. */
  frontendApiUrl: string;
  /** Host with port, as in the publishable key: `iss` of tokens is `https://<this>`. */
  frontendApiHost: string;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
}
