/** What the application is given: everything with a side effect comes in here, so that tests and production run the same code. */
import type { PasswordHasher } from './domain/password.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import type { SendMail } from './mail.ts';
import type { SendTextMessage } from './sms.ts';
import type { InstanceSettings, InstanceType } from './settings.ts';
import type { Database } from './store/database.ts';

export interface Dependencies {
  database: Database;
  settings: InstanceSettings;
  keys: Keys;
  passwords: PasswordHasher;
  sendMail: SendMail;
  sendTextMessage: SendTextMessage;
  /** Client secrets of providers, by strategy: `undefined` for an application that has none. */
  clientSecretOf: (strategy: string) => string | undefined;
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
