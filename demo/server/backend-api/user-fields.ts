/** Fields that `POST /v1/users` and `PATCH /v1/users/{id}` share (dossier part 2, §6.3). */
import type { Selectable } from 'kysely';
import type { Dependencies } from '../dependencies.ts';
import { parseUsername } from '../domain/identifiers.ts';
import { checkPassword, importPasswordDigest } from '../domain/password.ts';
import { parameterError } from '../errors.ts';
import type { UserTable } from '../store/tables/people.ts';
import type { Body } from './body.ts';

export type FieldContext = Pick<Dependencies, 'settings' | 'passwords' | 'now'>;

type Columns = Selectable<UserTable>;

/** Columns of a user, as far as the body sets them. */
export type UserFields = Partial<
  Pick<
    Columns,
    | 'external_id'
    | 'first_name'
    | 'last_name'
    | 'locale'
    | 'legal_accepted_at'
    | 'bypass_client_trust'
    | 'delete_self_enabled'
    | 'create_organization_enabled'
    | 'create_organizations_limit'
    | 'created_at'
    | 'username'
  >
>;

/** What this server has no place for yet. Saying so beats losing it silently. */
const unsupported = ['web3_wallet', 'primary_web3_wallet_id', 'profile_image_id'];

/** Characters: longer ones are never accepted at sign-in (`domain/password.ts`). */
const longestPassword = 288;

/**
 * Columns that the body sets; a field that is missing is left out, one that is null or empty text becomes null.
 * Names are taken whatever the settings say: attributes rule what browsers may fill in, and usernames, which identify.
 * @throws ApiError 422.
 */
export function readUserFields(body: Body, { settings }: Pick<FieldContext, 'settings'>): UserFields {
  for (const name of unsupported) if (isGiven(body.raw(name))) throw unknownParameter(name);
  const fields: { [Name in keyof UserFields]: UserFields[Name] | undefined } = {
    external_id: body.text('external_id'),
    first_name: body.text('first_name'),
    last_name: body.text('last_name'),
    locale: body.text('locale', 35),
    legal_accepted_at: body.time('legal_accepted_at'),
    bypass_client_trust: body.flag('bypass_client_trust'),
    delete_self_enabled: body.flag('delete_self_enabled'),
    create_organization_enabled: body.flag('create_organization_enabled'),
    create_organizations_limit: readLimit(body),
    created_at: body.time('created_at') ?? undefined,
  };
  const username = body.text('username');
  if (username && !settings.attributes.username.enabled) throw unknownParameter('username');
  if (username !== undefined) fields.username = username === null ? null : parseUsername(username);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function readLimit(body: Body): number | null | undefined {
  const limit = body.wholeNumber('create_organizations_limit');
  if (limit === undefined || limit === null || (limit >= 0 && limit <= 1_000_000)) return limit;
  throw parameterError(
    'form_param_value_invalid',
    'create_organizations_limit',
    'create_organizations_limit must be from 0 to 1000000; 0 is unlimited.',
  );
}

/**
 * The password columns that the body sets: `password`, or `password_digest` with `password_hasher`.
 * @param identifiers of the user, which a password must not equal.
 * @throws ApiError 422.
 */
export async function readPassword(
  body: Body,
  identifiers: readonly (string | null | undefined)[],
  { settings, passwords, now }: FieldContext,
): Promise<Partial<Pick<Columns, 'password_hash' | 'password_updated_at'>>> {
  // An empty password is a short one, not a missing one.
  const password = body.raw('password') === '' ? '' : body.text('password', longestPassword);
  const digest = body.text('password_digest', 1024);
  if (typeof password === 'string' && digest) {
    throw parameterError('form_param_value_invalid', 'password_digest', 'Send either password or password_digest, not both.');
  }
  if (typeof password === 'string') {
    if (!password || !body.flag('skip_password_checks')) checkPassword(password, { rules: settings.password, identifiers });
    return { password_hash: await passwords.hash(password), password_updated_at: now() };
  }
  if (!digest) return {};
  const hasher = body.text('password_hasher');
  if (!hasher) throw parameterError('form_param_missing', 'password_hasher', 'password_hasher must be included with password_digest.');
  if (hasher !== 'argon2id') {
    throw parameterError(
      'form_param_value_invalid',
      'password_hasher',
      'password_hasher must be argon2id: this server checks no other kind of digest.',
    );
  }
  const password_hash = importPasswordDigest(digest);
  if (password_hash) return { password_hash, password_updated_at: now() };
  throw parameterError(
    'form_param_format_invalid',
    'password_digest',
    'password_digest must be an argon2id digest such as $argon2id$v=19$m=19456,t=2,p=1$…, with m up to 65536, t up to 10 and p up to 4.',
  );
}

/** 422 `form_param_unknown`: not a parameter of this instance. */
export const unknownParameter = (name: string) =>
  parameterError('form_param_unknown', name, `${name} is not a valid parameter for this request.`);

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && !value.length);
