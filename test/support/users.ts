/** Users for tests, put straight into the database, and the codes that are mailed to them. */
import { setTimeout as delay } from 'node:timers/promises';
import { createPasswordHasher } from '../../demo/server/domain/password.ts';
import { normalizeEmailAddress } from '../../demo/server/domain/identifiers.ts';
import type { StoredMail } from '../../demo/server/store/mails.ts';
import type { User } from '../../demo/server/store/users.ts';
import { insertUser } from '../../demo/server/store/write-users.ts';
import type { NewUser } from '../../demo/server/store/write-users.ts';
import type { TestApi } from './api.ts';

const passwords = createPasswordHasher();
const hashes = new Map<string, Promise<string>>();

/** Hashing is slow on purpose; people with the same password share the result. */
function hashOf(password: string): Promise<string> {
  const hash = hashes.get(password) ?? passwords.hash(password);
  hashes.set(password, hash);
  return hash;
}

export interface Person extends Partial<Omit<NewUser, 'email_addresses' | 'phone_numbers' | 'password_hash'>> {
  emailAddress: string;
  phoneNumber?: string | undefined;
  /** Default: proved. */
  verifiedBy?: string | null;
  password?: string;
}

/** Makes a user. */
export async function addUser(api: Pick<TestApi, 'database'>, person: Person, now = Date.now()): Promise<User> {
  const { emailAddress, phoneNumber, verifiedBy = 'admin', password, ...values } = person;
  const address = normalizeEmailAddress(emailAddress);
  if (!address) throw new Error(`${emailAddress} is no email address.`);
  const hash = password === undefined ? null : await hashOf(password);
  const phone_numbers = phoneNumber === undefined ? [] : [{ value: phoneNumber, normalized: phoneNumber, verifiedBy }];
  return insertUser(
    api.database,
    {
      ...values,
      password_hash: hash,
      password_updated_at: hash === null ? null : now,
      email_addresses: [{ value: address.address, normalized: address.normalized, verifiedBy }],
      phone_numbers,
    },
    now,
  );
}

/** Milliseconds that a mail may take: it leaves after the answer. */
const patience = 60_000;

/** The codes sent to an address or a phone number, newest first, once there are so many. */
export async function mailedCodes(api: Pick<TestApi, 'mails'>, to: string, count = 1): Promise<string[]> {
  return (await mailsTo(api, to, count)).map(({ text }) => /^\d{6}\b/m.exec(text)?.[0] ?? '');
}

/** The newest mail to an address, once there are so many. */
export async function mailTo(api: Pick<TestApi, 'mails'>, to: string, count = 1): Promise<StoredMail> {
  const [mail] = await mailsTo(api, to, count);
  if (!mail) throw new Error(`No mail to ${to}.`);
  return mail;
}

async function mailsTo(api: Pick<TestApi, 'mails'>, to: string, count: number): Promise<StoredMail[]> {
  for (const end = performance.now() + patience; ;) {
    const mails = (await api.mails()).filter(({ recipient }) => recipient.toLowerCase() === to.toLowerCase());
    if (mails.length >= count) return mails;
    if (performance.now() > end) throw new Error(`${mails.length} mails to ${to}, expected ${count}.`);
    await delay(10);
  }
}

/** Six digits other than these. */
export const otherCode = (code: string): string => (code === '111111' ? '222222' : '111111');

/** The demo person of `demo/instance.json`. */
export const jane = { emailAddress: 'jane+clerk_test@example.com', password: 'violet-harbour-lantern' };
