/** The signed-in user, as the Frontend API shows it (dossier part 2, §1.12). It never carries private metadata. */
import * as z from 'zod/mini';
import { emailAddress } from './email-address.ts';
import { wrapped } from './endpoint.ts';
import { form, formText } from './form.ts';
import { maybeDocument, maybeFlag, maybeList, maybeNumber, maybeObjects, maybeText, maybeTimestamp, seldom, text } from './primitives.ts';
import { passkey } from './passkey.ts';
import { phoneNumber } from './phone-number.ts';

/** What pages read. */
const read = z.looseObject({
  id: text,
  object: z.optional(text),
  external_id: maybeText,
  username: maybeText,
  first_name: maybeText,
  last_name: maybeText,
  has_image: maybeFlag,
  image_url: maybeText,
  primary_email_address_id: maybeText,
  primary_phone_number_id: maybeText,
  primary_web3_wallet_id: maybeText,
  email_addresses: maybeList(emailAddress),
  phone_numbers: maybeList(phoneNumber),
  web3_wallets: maybeObjects,
  passkeys: maybeList(passkey),
  external_accounts: maybeObjects,
  enterprise_accounts: maybeObjects,
  organization_memberships: maybeObjects,
  public_metadata: maybeDocument,
  unsafe_metadata: maybeDocument,
  password_enabled: maybeFlag,
  two_factor_enabled: maybeFlag,
  totp_enabled: maybeFlag,
  backup_code_enabled: maybeFlag,
  banned: maybeFlag,
  delete_self_enabled: maybeFlag,
  create_organization_enabled: maybeFlag,
  create_organizations_limit: maybeNumber,
  last_sign_in_at: maybeTimestamp,
  last_active_at: maybeTimestamp,
  legal_accepted_at: maybeTimestamp,
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
  /** Of the person; no API description has it (dossier part 2, §0.6), and our API does not know it. */
  timezone: seldom(text),
});

/** With what no page reads, and the browser's file does not name. */
export const user = /* @__PURE__ */ z.extend(read, {
  profile_image_url: maybeText,
  saml_accounts: maybeObjects,
  password_last_updated_at: maybeTimestamp,
  mfa_enabled_at: maybeTimestamp,
  mfa_disabled_at: maybeTimestamp,
  locked: maybeFlag,
  deprovisioned: maybeFlag,
  lockout_expires_in_seconds: maybeNumber,
  verification_attempts_remaining: maybeNumber,
});

export type UserJSON = z.infer<typeof user>;

export const userEndpoints = {
  updateUser: wrapped('PATCH', '/me', user),
  updateUserMetadata: wrapped('PATCH', '/me/metadata', user),
};

export const userForms = {
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
