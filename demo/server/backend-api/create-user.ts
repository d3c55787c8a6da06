/** The body of `POST /v1/users` (dossier part 2, §6.3). */
import { checkMetadata } from '../domain/metadata.ts';
import { identificationKinds } from '../domain/identification-kinds.ts';
import { ApiError, parameterError } from '../errors.ts';
import type { IdentificationKind, NewIdentification } from '../store/identifications.ts';
import type { NewUser } from '../store/write-users.ts';
import type { Body } from './body.ts';
import { readPassword, readUserFields, unknownParameter } from './user-fields.ts';
import type { FieldContext } from './user-fields.ts';
import { readMetadata } from './user-metadata.ts';

/** @throws ApiError 422. */
export async function readNewUser(body: Body, context: FieldContext): Promise<NewUser> {
  const { settings, now } = context;
  const fields = readUserFields(body, context);
  const email_addresses = readIdentifications(body, 'email_address', context);
  const phone_numbers = readIdentifications(body, 'phone_number', context);
  const metadata = readMetadata(body);
  checkMetadata(metadata);
  const identifiers = [fields.username, ...[...email_addresses, ...phone_numbers].map(({ value }) => value)];
  const password = await readPassword(body, identifiers, context);
  const isLocked = body.flag('locked') ?? false;
  requireIdentity(body, context, {
    username: fields.username,
    email_addresses,
    phone_numbers,
    hasPassword: Boolean(password.password_hash),
  });
  return {
    ...fields,
    ...password,
    ...metadata,
    email_addresses,
    phone_numbers,
    banned: body.flag('banned') ?? false,
    ...(isLocked && { locked_until: now() + settings.lockout.durationInMinutes * 60_000 }),
  };
}

/** They are proved, since a backend vouches for them, unless it says that they are only reserved. */
function readIdentifications(body: Body, kind: IdentificationKind, { settings }: FieldContext): NewIdentification[] {
  const { settingsOf, parse } = identificationKinds[kind];
  const statusParameter = `${kind}_identification_status`;
  const texts = body.texts(kind);
  const statuses = body.texts(statusParameter);
  if (texts.length && !settingsOf(settings.attributes).enabled) throw unknownParameter(kind);
  if (texts.length > 100) throw parameterError('form_param_array_size_exceeded', kind, `${kind} takes at most 100 values.`);
  if (statuses.length && (statuses.length !== texts.length || statuses.some((status) => status !== 'verified' && status !== 'reserved'))) {
    throw parameterError(
      'form_param_value_invalid',
      statusParameter,
      `${statusParameter} must have verified or reserved for each of ${kind}.`,
    );
  }
  return texts.map((text, index) => {
    const reserved = statuses[index] === 'reserved';
    return { ...parse(text), verifiedBy: reserved ? null : 'admin', reserved };
  });
}

interface Identity {
  username: string | null | undefined;
  email_addresses: NewIdentification[];
  phone_numbers: NewIdentification[];
  hasPassword: boolean;
}

/** Whom nobody could sign in as is a mistake, unless the backend says that it is none. */
function requireIdentity(body: Body, { settings }: FieldContext, identity: Identity): void {
  const { username, email_addresses, phone_numbers, hasPassword } = identity;
  const { emailAddress, phoneNumber, username: usernames, password } = settings.attributes;
  const missing = [];
  if (!body.flag('skip_user_requirement')) {
    if (emailAddress.enabled && emailAddress.required && !email_addresses.length) missing.push('email_address');
    if (phoneNumber.enabled && phoneNumber.required && !phone_numbers.length) missing.push('phone_number');
    if (usernames.enabled && usernames.required && !username) missing.push('username');
    const isNobody = !username && !email_addresses.length && !phone_numbers.length;
    if (!missing.length && isNobody)
      missing.push(emailAddress.enabled ? 'email_address' : phoneNumber.enabled ? 'phone_number' : 'username');
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
