/** What users may change of themselves (dossier part 2, §4.1). */
import type * as z from 'zod/mini';
import type { userForms } from '../../../src/wire/user.ts';
import { parameterError } from '../errors.ts';
import type { InstanceSettings } from '../settings.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import type { User } from '../store/users.ts';
import type { UserChanges } from '../store/write-users.ts';
import { claimedOf, identificationKinds, identificationsOf, kinds } from './identification-kinds.ts';
import { parseUsername } from './identifiers.ts';
import { checkMetadata, parseMetadata } from './metadata.ts';

type ProfileForm = z.infer<(typeof userForms)['updateUser']>;

const maximumNameLength = 256;

/**
 * The columns that a form changes. All of it is checked before any of it applies; `unsafe_metadata` replaces the document.
 * @throws ApiError 422, with the parameter.
 */
export function readProfileChanges(form: ProfileForm, user: User, { attributes }: Pick<InstanceSettings, 'attributes'>): UserChanges {
  const changes: UserChanges = {};
  if (form.primary_web3_wallet_id !== undefined) throw notOffered('primary_web3_wallet_id');
  for (const [name, attribute] of [
    ['first_name', attributes.firstName],
    ['last_name', attributes.lastName],
  ] as const) {
    const value = form[name];
    if (value !== undefined) changes[name] = readName(name, value, attribute);
  }
  if (form.username !== undefined) changes.username = readUsername(form.username, user, attributes);
  for (const kind of kinds) {
    const { primaryColumn, settingsOf } = identificationKinds[kind];
    const id = form[primaryColumn];
    if (id === undefined) continue;
    if (!settingsOf(attributes).enabled) throw notOffered(primaryColumn);
    changes[primaryColumn] = readPrimary(id, user, kind);
  }
  if (form.unsafe_metadata === undefined) return changes;
  // Browsers send null as an empty text (dossier part 2, §1.3).
  const document = form.unsafe_metadata === '' ? {} : parseMetadata(form.unsafe_metadata, 'unsafe_metadata');
  checkMetadata({ unsafe_metadata: document });
  return { ...changes, unsafe_metadata: JSON.stringify(document) } as UserChanges;
}

interface Attribute {
  enabled: boolean;
  required: boolean;
}

function readName(parameter: string, text: string, { enabled, required }: Attribute): string | null {
  if (!enabled) throw notOffered(parameter);
  const name = text.trim();
  if (!name && required) throw mustNotBeEmpty(parameter);
  if (/\p{Cc}/u.test(name)) throw parameterError('form_param_format_invalid', parameter, `${parameter} must not have control characters.`);
  if ([...name].length > maximumNameLength) {
    throw parameterError('form_param_max_length_exceeded', parameter, `${parameter} must have at most ${maximumNameLength} characters.`);
  }
  return name || null;
}

function readUsername(text: string, user: User, { username: attribute }: InstanceSettings['attributes']): string | null {
  if (!attribute.enabled) throw notOffered('username');
  if (text.trim()) return parseUsername(text);
  // Without any identifier nobody could sign in as this user again.
  if (attribute.required || !claimedOf(user).length) throw mustNotBeEmpty('username');
  return null;
}

function readPrimary(id: string, user: User, kind: IdentificationKind): string {
  const { primaryColumn, noun } = identificationKinds[kind];
  if (!id) throw mustNotBeEmpty(primaryColumn);
  const own = identificationsOf(user).find((candidate) => candidate.kind === kind && candidate.id === id);
  if (!own) throw parameterError('form_resource_not_found', primaryColumn, `This ${noun} was not found.`);
  if (!own.verified_by) throw parameterError('form_verification_needed', primaryColumn, `This ${noun} must be verified first.`);
  return id;
}

const notOffered = (parameter: string) =>
  parameterError('form_param_unknown', parameter, `${parameter} is not a valid parameter for this request.`);
const mustNotBeEmpty = (parameter: string) => parameterError('form_param_nil', parameter, `Enter a value for ${parameter}.`);
