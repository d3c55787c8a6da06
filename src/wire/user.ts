/** The signed-in user, as the Frontend API shows it (dossier part 2, §1.12). It never carries private metadata. */
import * as z from 'zod/mini';
import { emailAddress } from './email-address.ts';
import { wrapped } from './endpoint.ts';
import { emptyForm, form, formText } from './form.ts';
import { maybeDocument, maybeFlag, maybeList, maybeNumber, maybeObjects, maybeText, maybeTimestamp, text } from './primitives.ts';
import { passkey } from './passkey.ts';
import { phoneNumber } from './phone-number.ts';

export const user = z.looseObject({
  id: text,
  object: z.optional(text),
  external_id: maybeText,
  username: maybeText,
  first_name: maybeText,
  last_name: maybeText,
  has_image: maybeFlag,
  image_url: maybeText,
  profile_image_url: maybeText,
  primary_email_address_id: maybeText,
  primary_phone_number_id: maybeText,
  primary_web3_wallet_id: maybeText,
  email_addresses: maybeList(emailAddress),
  phone_numbers: maybeList(phoneNumber),
  web3_wallets: maybeObjects,
  passkeys: maybeList(passkey),
  external_accounts: maybeObjects,
  saml_accounts: maybeObjects,
  enterprise_accounts: maybeObjects,
  organization_memberships: maybeObjects,
  public_metadata: maybeDocument,
  unsafe_metadata: maybeDocument,
  password_enabled: maybeFlag,
  password_last_updated_at: maybeTimestamp,
  two_factor_enabled: maybeFlag,
  totp_enabled: maybeFlag,
  backup_code_enabled: maybeFlag,
  mfa_enabled_at: maybeTimestamp,
  mfa_disabled_at: maybeTimestamp,
  banned: maybeFlag,
  locked: maybeFlag,
  deprovisioned: maybeFlag,
  lockout_expires_in_seconds: maybeNumber,
  verification_attempts_remaining: maybeNumber,
  delete_self_enabled: maybeFlag,
  create_organization_enabled: maybeFlag,
  create_organizations_limit: maybeNumber,
  last_sign_in_at: maybeTimestamp,
  last_active_at: maybeTimestamp,
  legal_accepted_at: maybeTimestamp,
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

export type UserJSON = z.infer<typeof user>;

export const userEndpoints = {
  getUser: wrapped('GET', '/me', user),
  updateUser: wrapped('PATCH', '/me', user),
  updateUserMetadata: wrapped('PATCH', '/me/metadata', user),
};

export const userForms = {
  getUser: emptyForm,
  updateUser: /* @__PURE__ */ form({
    username: formText,
    first_name: formText,
    last_name: formText,
    primary_email_address_id: formText,
    primary_phone_number_id: formText,
    primary_web3_wallet_id: formText,
    /** Up to API version 2025-11-10: JSON text that replaces the document. */
    unsafe_metadata: formText,
    /** Known in order to be refused: passwords have an endpoint of their own. */
    password: formText,
  }),
  updateUserMetadata: /* @__PURE__ */ form({ unsafe_metadata: formText }),
};
