/** The body of `POST /v1/users` (dossier part 2, §6.3). */
import { checkMetadata } from '../domain/metadata.ts';
import { parseEmailAddress } from '../domain/identifiers.ts';
import { ApiError, parameterError } from '../errors.ts';
import type { NewEmailAddress, NewUser } from '../store/users.ts';
import type { Body } from './body.ts';
import { readPassword, readUserFields, unknownParameter } from './user-fields.ts';
import type { FieldContext } from './user-fields.ts';
import { readMetadata } from './user-metadata.ts';

/** @throws ApiError 422. */
export async function readNewUser(body: Body, context: FieldContext): Promise<NewUser> {
  const { settings, now } = context;
  const fields = readUserFields(body, context);
  const email_addresses = readEmailAddresses(body, context);
  const metadata = readMetadata(body);
  checkMetadata(metadata);
  const identifiers = [fields.username, ...email_addresses.map(({ address }) => address)];
  const password = await readPassword(body, identifiers, context);
  const isLocked = body.flag('locked') ?? false;
  requireIdentity(body, context, { username: fields.username, email_addresses, hasPassword: Boolean(password.password_hash) });
  return {
    ...fields,
    ...password,
    ...metadata,
    email_addresses,
    banned: body.flag('banned') ?? false,
    ...(isLocked && { locked_until: now() + settings.lockout.durationInMinutes * 60_000 }),
  };
}

/** Addresses are proved, since a backend vouches for them, unless it says that they are only reserved. */
function readEmailAddresses(body: Body, { settings }: FieldContext): NewEmailAddress[] {
  const texts = body.texts('email_address');
  const statuses = body.texts('email_address_identification_status');
  if (texts.length && !settings.attributes.emailAddress.enabled) throw unknownParameter('email_address');
  if (texts.length > 100)
    throw parameterError('form_param_array_size_exceeded', 'email_address', 'email_address takes at most 100 values.');
  if (statuses.length && (statuses.length !== texts.length || statuses.some((status) => status !== 'verified' && status !== 'reserved'))) {
    throw parameterError(
      'form_param_value_invalid',
      'email_address_identification_status',
      'email_address_identification_status must have verified or reserved for each of email_address.',
    );
  }
  return texts.map((text, index) => {
    const reserved = statuses[index] === 'reserved';
    return { ...parseEmailAddress(text), verifiedBy: reserved ? null : 'admin', reserved };
  });
}

interface Identity {
  username: string | null | undefined;
  email_addresses: NewEmailAddress[];
  hasPassword: boolean;
}

/** Whom nobody could sign in as is a mistake, unless the backend says that it is none. */
function requireIdentity(body: Body, { settings }: FieldContext, { username, email_addresses, hasPassword }: Identity): void {
  const { emailAddress, username: usernames, password } = settings.attributes;
  const missing = [];
  if (!body.flag('skip_user_requirement')) {
    if (emailAddress.enabled && emailAddress.required && !email_addresses.length) missing.push('email_address');
    if (usernames.enabled && usernames.required && !username) missing.push('username');
    if (!missing.length && !username && !email_addresses.length) missing.push(emailAddress.enabled ? 'email_address' : 'username');
  }
  if (password.enabled && password.required && !hasPassword && !body.flag('skip_password_requirement')) missing.push('password');
  if (!missing.length) return;
  throw new ApiError(422, {
    code: 'form_data_missing',
    message: 'missing data',
    longMessage: `The settings of this instance require ${missing.join(' and ')}.`,
    meta: { param_names: missing },
  });
}
