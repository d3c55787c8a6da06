/**
 * Whom a sign-in is for. Where an instance must not tell who exists, everything here follows from what was typed and from the
 * settings alone, so that nobody looks like somebody (dossier part 2, §2.7; security.md, C5).
 */
import { createHmac } from 'node:crypto';
import type { Dependencies } from '../dependencies.ts';
import { isClaimed } from '../store/identifications.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import type { LockoutSubject } from '../store/lockouts.ts';
import type { Passkey } from '../store/passkeys.ts';
import type { SignIn } from '../store/sign-ins.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { claimedOf, identificationKinds, identificationsOf } from './identification-kinds.ts';
import type { ParsedIdentification } from './identification-kinds.ts';
import { normalizeIdentifier } from './identifiers.ts';
import type { Identifier } from './identifiers.ts';

/** An email address or a phone number to which codes may be sent. */
export interface SubjectAddress {
  kind: IdentificationKind;
  id: string;
  /** Where messages go. */
  address: string;
  /** Masked, for display. */
  masked: string;
  normalized: string;
  isPrimary: boolean;
  /** It is what was typed. */
  isTyped: boolean;
  /** A phone number that proves the second step, and so not the first. */
  isSecondFactor: boolean;
  /** The one of them that is asked for first. */
  isDefaultSecondFactor: boolean;
  /** `false`: it only looks so. */
  isReachable: boolean;
}

export interface Subject {
  /** Nobody, where that must not show. */
  user: User | undefined;
  /** Whose failures are counted. */
  lockout: LockoutSubject;
  hasPassword: boolean;
  /** Empty where they would tell that there is somebody. */
  passkeys: Passkey[];
  addresses: SubjectAddress[];
}

/** Where a code goes unless another place is asked for: what was typed, or the primary one. */
export const preferredOf = (addresses: readonly SubjectAddress[]): SubjectAddress | undefined =>
  addresses.find(({ isTyped }) => isTyped) ?? addresses.find(({ isPrimary }) => isPrimary) ?? addresses[0];

type SubjectContext = Pick<Dependencies, 'database' | 'settings' | 'keys'>;

/** `undefined` while a sign-in has no identifier. */
export async function findSubject(context: SubjectContext, signIn: SignIn): Promise<Subject | undefined> {
  const typed = signIn.identifier === null ? undefined : normalizeIdentifier(signIn.identifier);
  if (signIn.identifier === null || !typed) return undefined;
  // Looking for nobody takes as long.
  const user = await findUser(context.database, signIn.user_id ?? '');
  return createSubject(context, { typed, text: signIn.identifier, user, signUpIfMissing: signIn.sign_up_if_missing });
}

/** Who has proved the first factor, and may know all about themselves; `undefined` if they are gone. */
export async function findProvedSubject({ database }: Pick<Dependencies, 'database'>, signIn: SignIn): Promise<Subject | undefined> {
  const typed = signIn.identifier === null ? undefined : normalizeIdentifier(signIn.identifier);
  const user = await findUser(database, signIn.user_id ?? '');
  return user && openSubject(typed, user);
}

/** Who is signed in already. */
export const subjectOfUser = (user: User): Subject => openSubject(undefined, user);

/** Who has not been named yet, and will be by what they prove themselves with. */
export const unnamedSubject: Subject = {
  user: undefined,
  lockout: { identifier: '' },
  hasPassword: false,
  passkeys: [],
  addresses: [],
};

/** What a subject is made of. */
export interface TypedSubject {
  typed: Identifier;
  /** The identifier as it was typed. */
  text: string;
  user: User | undefined;
  /** Nobody may still prove what was typed, and sign up with it. */
  signUpIfMissing?: boolean;
}

export function createSubject(
  context: Pick<SubjectContext, 'settings' | 'keys'>,
  { typed, text, user, signUpIfMissing = false }: TypedSubject,
): Subject | undefined {
  const subject = discreetSubject(context, { typed, text, user, signUpIfMissing });
  if (context.settings.enumerationProtection) return subject;
  if (user) return openSubject(typed, user);
  // There is no secret about it: nobody has a password yet.
  return signUpIfMissing ? { ...subject, hasPassword: false } : undefined;
}

function openSubject(typed: Identifier | undefined, user: User): Subject {
  const given = typed && typedAddress(typed);
  return {
    user,
    lockout: { userId: user.id },
    hasPassword: user.has_password,
    passkeys: user.passkeys,
    addresses: claimedOf(user).map(({ kind, id, value, normalized, isPrimary, isSecondFactor, isDefaultSecondFactor }) => ({
      kind,
      id,
      address: value,
      masked: identificationKinds[kind].mask(value),
      normalized,
      isPrimary,
      isTyped: kind === given?.kind && normalized === given.normalized,
      isSecondFactor,
      isDefaultSecondFactor,
      isReachable: true,
    })),
  };
}

function discreetSubject({ keys }: Pick<SubjectContext, 'keys'>, { typed, text, user, signUpIfMissing = false }: TypedSubject): Subject {
  const given = typedAddress(typed);
  return {
    user,
    lockout: user ? { userId: user.id } : { identifier: given?.normalized ?? ('username' in typed ? typed.username : '') },
    hasPassword: true,
    passkeys: [],
    addresses: given ? [discreetAddress(keys.codeKey, given.kind, { text, user, isReachableByNobody: signUpIfMissing })] : [],
  };
}

/** What was typed, looking the same whoever has it. */
function discreetAddress(
  key: Buffer,
  kind: IdentificationKind,
  { text, user, isReachableByNobody }: { text: string; user: User | undefined; isReachableByNobody: boolean },
): SubjectAddress {
  const { parse, mask } = identificationKinds[kind];
  const { value, normalized }: ParsedIdentification = parse(text);
  const known = user && identificationsOf(user).find((own) => own.kind === kind && own.normalized === normalized);
  return {
    kind,
    id: known?.id ?? inventedId(key, normalized),
    address: known?.value ?? value,
    // As it was typed: the stored spelling would tell that there is one.
    masked: mask(value),
    normalized,
    isPrimary: true,
    isTyped: true,
    isSecondFactor: false,
    isDefaultSecondFactor: false,
    isReachable: user === undefined ? isReachableByNobody : known !== undefined && isClaimed(known) && !known.isSecondFactor,
  };
}

function typedAddress(typed: Identifier): { kind: IdentificationKind; normalized: string } | undefined {
  if ('emailAddress' in typed) return { kind: 'email_address', normalized: typed.emailAddress };
  return 'phoneNumber' in typed ? { kind: 'phone_number', normalized: typed.phoneNumber } : undefined;
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
