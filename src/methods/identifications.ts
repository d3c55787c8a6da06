/** Email addresses and phone numbers of the signed-in user: added, proved, changed, taken away (dossier part 2, §4.1). */
import type { BaseResource } from '../resources/base.ts';
import { EmailAddress } from '../resources/email-address.ts';
import { PhoneNumber } from '../resources/phone-number.ts';
import type { EmailAddressResource, PhoneNumberResource } from '../resources/types.ts';
import type { User } from '../resources/user.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { emailAddressEndpoints } from '../wire/own-email-addresses.ts';
import { phoneNumberEndpoints } from '../wire/own-phone-numbers.ts';

/** Methods of the user. */
export const identificationsOfUser = {
  createEmailAddress(this: User, { email }: { email: string }): Promise<EmailAddressResource> {
    return new EmailAddress(this.resourceContext, this.actingSessionId!, { id: '', email_address: email }).create();
  },

  createPhoneNumber(this: User, { phoneNumber }: { phoneNumber: string }): Promise<PhoneNumberResource> {
    return new PhoneNumber(this.resourceContext, this.actingSessionId!, { id: '', phone_number: phoneNumber }).create();
  },
};

/** One operation on something the user has. */
const act = <Owned extends BaseResource>(owned: Owned, endpoint: Endpoint, body: object = {}): Promise<Owned> =>
  owned.send(endpoint, { ...pathOf(owned), body: { ...body }, reload: true });

/** One that changes what is true of the user. */
const change = <Owned extends BaseResource>(owned: Owned, endpoint: Endpoint, body?: object): Promise<Owned> =>
  owned.changeUser(() => act(owned, endpoint, body));

const pathOf = ({ id }: BaseResource) => ({ path: { emailAddressId: id!, phoneNumberId: id! } });

export const emailAddressMethods = {
  create(this: EmailAddress) {
    return change(this, emailAddressEndpoints.createEmailAddress, { emailAddress: this.emailAddress });
  },

  reload(this: EmailAddress) {
    return act(this, emailAddressEndpoints.getEmailAddress);
  },

  prepareVerification(this: EmailAddress, params: object) {
    return act(this, emailAddressEndpoints.prepareEmailAddress, params);
  },

  attemptVerification(this: EmailAddress, { code }: { code: string }) {
    return change(this, emailAddressEndpoints.attemptEmailAddress, { code });
  },

  async destroy(this: EmailAddress): Promise<void> {
    await this.changeUser(() => this.request(emailAddressEndpoints.deleteEmailAddress, pathOf(this)));
  },
};

export const phoneNumberMethods = {
  create(this: PhoneNumber) {
    return change(this, phoneNumberEndpoints.createPhoneNumber, { phoneNumber: this.phoneNumber });
  },

  reload(this: PhoneNumber) {
    return act(this, phoneNumberEndpoints.getPhoneNumber);
  },

  prepareVerification(this: PhoneNumber, params?: object) {
    return act(this, phoneNumberEndpoints.preparePhoneNumber, { strategy: 'phone_code', ...params });
  },

  attemptVerification(this: PhoneNumber, { code }: { code: string }) {
    return change(this, phoneNumberEndpoints.attemptPhoneNumber, { code });
  },

  setReservedForSecondFactor(this: PhoneNumber, { reserved }: { reserved: boolean }) {
    return change(this, phoneNumberEndpoints.updatePhoneNumber, { reservedForSecondFactor: reserved });
  },

  makeDefaultSecondFactor(this: PhoneNumber) {
    return change(this, phoneNumberEndpoints.updatePhoneNumber, { defaultSecondFactor: true });
  },

  async destroy(this: PhoneNumber): Promise<void> {
    await this.changeUser(() => this.request(phoneNumberEndpoints.deletePhoneNumber, pathOf(this)));
  },
};
