/** Email addresses and phone numbers of the signed-in user (dossier part 2, §4.1). */
import type { emailAddressEndpoints } from '../../../src/wire/own-email-addresses.ts';
import type { phoneNumberEndpoints } from '../../../src/wire/own-phone-numbers.ts';
import type { Dependencies } from '../dependencies.ts';
import { linkStrategy } from '../domain/email-link.ts';
import type { LinkOwner } from '../domain/email-link.ts';
import { requireText } from '../domain/form-values.ts';
import { identificationKinds } from '../domain/identification-kinds.ts';
import { changePhoneNumber } from '../domain/phone-second-factor.ts';
import { addIdentification, attemptOwn, prepareOwn, removeOwn } from '../domain/own-identifications.ts';
import { notFound, parameterError } from '../errors.ts';
import { checkChannel } from '../factors/sent-code.ts';
import { presentEmailAddress, presentPhoneNumber } from '../present/identification.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import type { Caller, Handlers } from './handler.ts';
import { requireOwner, requireUser } from './user.ts';

export const emailAddressHandlers: Handlers<keyof typeof emailAddressEndpoints> = {
  listEmailAddresses: async ({ context, caller }) => {
    const { email_addresses } = await requireUserWith(context, caller, 'email_address');
    return email_addresses.map((address) => presentEmailAddress(address, context.now()));
  },
  createEmailAddress: async ({ context, caller, form }) => {
    const { id: userId } = await requireUserWith(context, caller, 'email_address', sensitively);
    const text = requireText(form.email_address, 'email_address');
    return emailAddress(context, userId, await addIdentification(context, { kind: 'email_address', userId, text }));
  },
  getEmailAddress: async ({ context, caller, path }) => {
    const { id } = await requireUserWith(context, caller, 'email_address');
    return emailAddress(context, id, path.emailAddressId);
  },
  deleteEmailAddress: async ({ context, caller, path }) => {
    const { id: userId } = await requireUserWith(context, caller, 'email_address', sensitively);
    await removeOwn(context, { kind: 'email_address', userId, id: path.emailAddressId });
    return { object: 'email_address', id: path.emailAddressId, deleted: true };
  },
  prepareEmailAddress: async ({ context, caller, path, form }) => {
    const { id: userId } = await requireUserWith(context, caller, 'email_address');
    const isLink = isLinkAskedFor(context, form.strategy);
    if (!isLink) checkStrategy('email_address', form.strategy);
    const id = path.emailAddressId;
    const link = isLink ? { owner: await linkOwner(caller, id), redirectUrl: form.redirect_url } : undefined;
    await prepareOwn(context, { kind: 'email_address', userId, id }, link);
    return emailAddress(context, userId, path.emailAddressId);
  },
  attemptEmailAddress: async ({ context, caller, path, form }) => {
    await caller.checkRate('attempt');
    const { id: userId } = await requireUserWith(context, caller, 'email_address');
    await attemptOwn(context, { kind: 'email_address', userId, id: path.emailAddressId }, requireText(form.code, 'code'));
    return emailAddress(context, userId, path.emailAddressId);
  },
};

export const phoneNumberHandlers: Handlers<keyof typeof phoneNumberEndpoints> = {
  listPhoneNumbers: async ({ context, caller }) => {
    const { phone_numbers } = await requireUserWith(context, caller, 'phone_number');
    return phone_numbers.map((number) => presentPhoneNumber(number, context.now()));
  },
  createPhoneNumber: async ({ context, caller, form }) => {
    const { id: userId } = await requireUserWith(context, caller, 'phone_number', sensitively);
    const text = requireText(form.phone_number, 'phone_number');
    const reservedForSecondFactor = form.reserved_for_second_factor;
    return phoneNumber(context, userId, await addIdentification(context, { kind: 'phone_number', userId, text, reservedForSecondFactor }));
  },
  getPhoneNumber: async ({ context, caller, path }) => {
    const { id } = await requireUserWith(context, caller, 'phone_number');
    return phoneNumber(context, id, path.phoneNumberId);
  },
  updatePhoneNumber: async ({ context, caller, path, form }) => {
    const { id: userId } = await requireUserWith(context, caller, 'phone_number', sensitively);
    const backupCodes = await changePhoneNumber(context, { userId, id: path.phoneNumberId }, form);
    return phoneNumber(context, userId, path.phoneNumberId, backupCodes);
  },
  deletePhoneNumber: async ({ context, caller, path }) => {
    const { id: userId } = await requireUserWith(context, caller, 'phone_number', sensitively);
    await removeOwn(context, { kind: 'phone_number', userId, id: path.phoneNumberId });
    return { object: 'phone_number', id: path.phoneNumberId, deleted: true };
  },
  preparePhoneNumber: async ({ context, caller, path, form }) => {
    const { id: userId } = await requireUserWith(context, caller, 'phone_number');
    checkStrategy('phone_number', form.strategy);
    checkChannel('phone_number', form.channel);
    await prepareOwn(context, { kind: 'phone_number', userId, id: path.phoneNumberId });
    return phoneNumber(context, userId, path.phoneNumberId);
  },
  attemptPhoneNumber: async ({ context, caller, path, form }) => {
    await caller.checkRate('attempt');
    const { id: userId } = await requireUserWith(context, caller, 'phone_number');
    const key = { kind: 'phone_number', userId, id: path.phoneNumberId } as const;
    const backupCodes = await attemptOwn(context, key, requireText(form.code, 'code'));
    return phoneNumber(context, userId, path.phoneNumberId, backupCodes);
  },
};

/** For what nobody may do who only found an open session. */
const sensitively = { isSensitive: true };

/**
 * Whom the request acts for, in an instance that has such things.
 * @throws ApiError 401, 403, and 422 `form_param_unknown`.
 */
async function requireUserWith(
  context: Dependencies,
  caller: Caller,
  kind: IdentificationKind,
  { isSensitive = false } = {},
): Promise<User> {
  const user = await (isSensitive ? requireOwner : requireUser)(context, caller);
  if (identificationKinds[kind].settingsOf(context.settings.attributes).enabled) return user;
  throw parameterError('form_param_unknown', kind, `${kind} is not a valid parameter for this request.`);
}

async function emailAddress({ database, now }: Dependencies, userId: string, id: string) {
  const address = (await findUser(database, userId))?.email_addresses.find((own) => own.id === id);
  if (!address) throw notFound('email address');
  return presentEmailAddress(address, now());
}

async function phoneNumber({ database, now }: Dependencies, userId: string, id: string, backupCodes: string[] | null = null) {
  const number = (await findUser(database, userId))?.phone_numbers.find((own) => own.id === id);
  if (!number) throw notFound('phone number');
  return presentPhoneNumber(number, now(), backupCodes);
}

const isLinkAskedFor = ({ settings: { attributes } }: Dependencies, strategy: string | undefined): boolean =>
  strategy === linkStrategy && attributes.emailAddress.verifications.includes(linkStrategy);

async function linkOwner(caller: Caller, subjectId: string): Promise<LinkOwner> {
  const { id: clientId } = await caller.ensureClient();
  return { subjectId, clientId, address: caller.address, userAgent: caller.userAgent };
}

/** @throws ApiError 422 `form_param_value_invalid` for a way that this server does not have. */
function checkStrategy(kind: IdentificationKind, strategy: string | undefined): void {
  if (requireText(strategy, 'strategy') === identificationKinds[kind].strategy) return;
  throw parameterError('form_param_value_invalid', 'strategy', 'This strategy is not supported.');
}
