/**
 * Whom a sign-in is for. Where an instance must not tell who exists, everything here follows from what was typed and from the
 * settings alone, so that nobody looks like somebody (dossier part 2, §2.7; security.md, C5).
 */
import { createHmac } from 'node:crypto';
import type { Dependencies } from '../dependencies.ts';
import type { LockoutSubject } from '../store/lockouts.ts';
import type { SignIn } from '../store/sign-ins.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { normalizeEmailAddress, normalizeIdentifier } from './identifiers.ts';
import type { Identifier } from './identifiers.ts';

/** An address to which codes may be sent. */
export interface SubjectAddress {
  id: string;
  /** Where mail goes. */
  address: string;
  /** Masked, for display. */
  masked: string;
  normalized: string;
  isPrimary: boolean;
  /** `false`: it only looks so. */
  isReachable: boolean;
}

export interface Subject {
  /** Nobody, where that must not show. */
  user: User | undefined;
  /** Whose failures are counted. */
  lockout: LockoutSubject;
  hasPassword: boolean;
  addresses: SubjectAddress[];
  /** The typed address, or the primary one: where a code goes unless another is asked for. */
  preferred: SubjectAddress | undefined;
}

type SubjectContext = Pick<Dependencies, 'database' | 'settings' | 'keys'>;

/** `undefined` while a sign-in has no identifier. */
export async function findSubject(context: SubjectContext, signIn: SignIn): Promise<Subject | undefined> {
  const typed = signIn.identifier === null ? undefined : normalizeIdentifier(signIn.identifier);
  if (signIn.identifier === null || !typed) return undefined;
  // Looking for nobody takes as long.
  const user = await findUser(context.database, signIn.user_id ?? '');
  return createSubject(context, { typed, text: signIn.identifier, user });
}

/** Who has proved the first factor, and may know all about themselves; `undefined` if they are gone. */
export async function findProvedSubject({ database }: Pick<Dependencies, 'database'>, signIn: SignIn): Promise<Subject | undefined> {
  const typed = signIn.identifier === null ? undefined : normalizeIdentifier(signIn.identifier);
  const user = await findUser(database, signIn.user_id ?? '');
  return user && openSubject(typed, user);
}

/** Who is signed in already. */
export const subjectOfUser = (user: User): Subject => openSubject(undefined, user);

/** @param text the identifier as it was typed. */
export function createSubject(
  context: Pick<SubjectContext, 'settings' | 'keys'>,
  { typed, text, user }: { typed: Identifier; text: string; user: User | undefined },
): Subject | undefined {
  if (context.settings.enumerationProtection) return discreetSubject(context, { typed, text, user });
  return user && openSubject(typed, user);
}

function openSubject(typed: Identifier | undefined, user: User): Subject {
  const addresses = user.email_addresses
    .filter(({ verified_by, reserved }) => verified_by !== null || reserved)
    .map((address) => ({
      id: address.id,
      address: address.email_address,
      masked: maskEmailAddress(address.email_address),
      normalized: address.email_address_normalized,
      isPrimary: address.id === user.primary_email_address_id,
      isReachable: true,
    }));
  const isTyped = ({ normalized }: SubjectAddress) => typed && 'emailAddress' in typed && normalized === typed.emailAddress;
  return {
    user,
    lockout: { userId: user.id },
    hasPassword: user.has_password,
    addresses,
    preferred: addresses.find(isTyped) ?? addresses.find(({ isPrimary }) => isPrimary) ?? addresses[0],
  };
}

function discreetSubject(
  { keys }: Pick<SubjectContext, 'keys'>,
  { typed, text, user }: { typed: Identifier; text: string; user: User | undefined },
): Subject {
  const address = 'emailAddress' in typed ? normalizeEmailAddress(text) : undefined;
  const known = address && user?.email_addresses.find((entry) => entry.email_address_normalized === address.normalized);
  const preferred = address && {
    id: known?.id ?? inventedId(keys.codeKey, address.normalized),
    address: known?.email_address ?? address.address,
    // As it was typed: the stored spelling would tell that there is one.
    masked: maskEmailAddress(address.address),
    normalized: address.normalized,
    isPrimary: true,
    isReachable: known !== undefined && (known.verified_by !== null || known.reserved),
  };
  return {
    user,
    lockout: user ? { userId: user.id } : { identifier: 'emailAddress' in typed ? typed.emailAddress : typed.username },
    hasPassword: true,
    addresses: preferred ? [preferred] : [],
    preferred,
  };
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The id of an address that nobody has: looks like any other, and is the same every time. */
function inventedId(key: Buffer, normalized: string): string {
  let number = BigInt(`0x${createHmac('sha256', key).update(`address id:${normalized}`).digest('hex')}`);
  let id = 'idn_';
  for (let length = 0; length < 27; length++) {
    id += digits[Number(number % 62n)];
    number /= 62n;
  }
  return id;
}

/** `ann@example.com` → `a**@example.com`, for display (dossier part 2, §2.1). */
export function maskEmailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [first = '', ...rest] = address.slice(0, at);
  return `${first}${'*'.repeat(Math.max(1, rest.length))}${address.slice(at)}`;
}
