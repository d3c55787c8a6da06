/** The signed-in user's own email addresses (dossier part 2, §4.1). In a file of its own, since the browser's core has no use for it yet. */
import * as z from 'zod/mini';
import { deletedObject } from './deleted-object.ts';
import { emailAddress } from './email-address.ts';
import { plain, wrapped } from './endpoint.ts';
import { emptyForm, form, formText } from './form.ts';

export const emailAddressEndpoints = {
  listEmailAddresses: plain('GET', '/me/email_addresses', z.array(emailAddress)),
  createEmailAddress: wrapped('POST', '/me/email_addresses', emailAddress),
  getEmailAddress: wrapped('GET', '/me/email_addresses/:emailAddressId', emailAddress),
  deleteEmailAddress: wrapped('DELETE', '/me/email_addresses/:emailAddressId', deletedObject),
  prepareEmailAddress: wrapped('POST', '/me/email_addresses/:emailAddressId/prepare_verification', emailAddress),
  attemptEmailAddress: wrapped('POST', '/me/email_addresses/:emailAddressId/attempt_verification', emailAddress),
};

export const emailAddressForms = {
  listEmailAddresses: emptyForm,
  createEmailAddress: /* @__PURE__ */ form({ email_address: formText }),
  getEmailAddress: emptyForm,
  deleteEmailAddress: emptyForm,
  prepareEmailAddress: /* @__PURE__ */ form({
    strategy: formText,
    redirect_url: formText,
    action_complete_redirect_url: formText,
  }),
  attemptEmailAddress: /* @__PURE__ */ form({ code: formText }),
};
