import { signUp, signUpEndpoints } from '../wire/sign-up.ts';
import type { SignUpJSON } from '../wire/sign-up.ts';
import { BaseResource, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import type { AttemptVerificationParams, PrepareVerificationParams, SignUpParams, SignUpResource } from './types.ts';
import { SignUpVerification, Verification } from './verification.ts';

/** The sign-up attempt of this browser. */
export class SignUp extends BaseResource implements SignUpResource {
  declare status: SignUpResource['status'];
  declare requiredFields: string[];
  declare optionalFields: string[];
  declare missingFields: string[];
  declare unverifiedFields: string[];
  declare verifications: SignUpResource['verifications'];
  declare username: string | null;
  declare emailAddress: string | null;
  declare phoneNumber: string | null;
  declare web3wallet: string | null;
  declare firstName: string | null;
  declare lastName: string | null;
  declare hasPassword: boolean;
  declare unsafeMetadata: SignUpUnsafeMetadata;
  declare createdSessionId: string | null;
  declare createdUserId: string | null;
  declare abandonAt: number | null;
  declare legalAcceptedAt: number | null;
  declare locale: string | null;
  declare protectCheck: SignUpResource['protectCheck'];
  declare timezone: string | null;
  declare authenticateWithRedirect: SignUpResource['authenticateWithRedirect'];
  declare authenticateWithPopup: SignUpResource['authenticateWithPopup'];

  // From the further file.
  declare upsert: SignUpResource['upsert'];
  declare prepareEmailAddressVerification: SignUpResource['prepareEmailAddressVerification'];
  declare attemptEmailAddressVerification: SignUpResource['attemptEmailAddressVerification'];
  declare validatePassword: SignUpResource['validatePassword'];
  declare submitProtectCheck: SignUpResource['submitProtectCheck'];
  declare preparePhoneNumberVerification: SignUpResource['preparePhoneNumberVerification'];
  declare attemptPhoneNumberVerification: SignUpResource['attemptPhoneNumberVerification'];

  constructor(context: ResourceContext, json?: SignUpJSON | null) {
    super(context, '/client/sign_ups');
    this.apply(json ?? {});
  }

  override apply(json: Partial<SignUpJSON>): this {
    take(this, json, signUp);
    this.id = json.id;
    this.web3wallet = json.web3_wallet ?? null;
    this.hasPassword = json.has_password ?? json.password_enabled ?? false;
    const { email_address, phone_number, web3_wallet, external_account } = json.verifications ?? {};
    this.verifications = {
      emailAddress: new SignUpVerification(email_address, this),
      phoneNumber: new SignUpVerification(phone_number, this),
      web3Wallet: new SignUpVerification(web3_wallet, this),
      externalAccount: new Verification(external_account, this),
    };
    return this;
  }

  create(params: SignUpParams): Promise<SignUpResource> {
    return this.send(signUpEndpoints.createSignUp, { body: { ...params, locale: this.resourceContext.platform.language } });
  }

  override reload(): Promise<this> {
    return this.step(signUpEndpoints.getSignUp);
  }

  update(params: SignUpParams): Promise<SignUpResource> {
    return this.step(signUpEndpoints.updateSignUp, params);
  }

  prepareVerification(params: PrepareVerificationParams): Promise<SignUpResource> {
    return this.step(signUpEndpoints.prepareVerification, params);
  }

  attemptVerification(params: AttemptVerificationParams): Promise<SignUpResource> {
    return this.step(signUpEndpoints.attemptVerification, params);
  }
}
