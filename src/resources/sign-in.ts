import { signIn, signInEndpoints } from '../wire/sign-in.ts';
import type { SignInJSON } from '../wire/sign-in.ts';
import { camelCaseKeys } from '../rules/names.ts';
import { BaseResource, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import type {
  AttemptFactorParams,
  PrepareFactorParams,
  SignInCreateParams,
  SignInFactor,
  SignInResource,
  VerificationResource,
} from './types.ts';
import { Verification } from './verification.ts';

/** The sign-in attempt of this browser. Factors pass through as they are: the service may know more of them than we do. */
export class SignIn extends BaseResource implements SignInResource {
  declare status: SignInResource['status'];
  declare supportedIdentifiers: string[];
  declare supportedFirstFactors: SignInFactor[] | null;
  declare supportedSecondFactors: SignInFactor[] | null;
  declare firstFactorVerification: VerificationResource;
  declare secondFactorVerification: VerificationResource;
  declare identifier: string | null;
  declare createdSessionId: string | null;
  declare clientTrustState: string | null;
  declare userData: SignInResource['userData'];
  declare protectCheck: SignInResource['protectCheck'];
  declare timezone: string | null;
  declare authenticateWithRedirect: SignInResource['authenticateWithRedirect'];
  declare authenticateWithPopup: SignInResource['authenticateWithPopup'];

  // From the further file.
  declare validatePassword: SignInResource['validatePassword'];
  declare submitProtectCheck: SignInResource['submitProtectCheck'];
  declare prepareSecondFactor: SignInResource['prepareSecondFactor'];
  declare attemptSecondFactor: SignInResource['attemptSecondFactor'];
  declare resetPassword: SignInResource['resetPassword'];
  declare authenticateWithPasskey: SignInResource['authenticateWithPasskey'];

  constructor(context: ResourceContext, json?: SignInJSON | null) {
    super(context, '/client/sign_ins');
    this.apply(json ?? {});
  }

  override apply(json: Partial<SignInJSON>): this {
    take(this, json, signIn);
    this.id = json.id;
    const factors = (list: SignInJSON['supported_first_factors']) =>
      list ? list.map((factor) => camelCaseKeys(factor) as SignInFactor) : null;
    this.supportedFirstFactors = factors(json.supported_first_factors);
    this.supportedSecondFactors = factors(json.supported_second_factors);
    this.firstFactorVerification = new Verification(json.first_factor_verification, this);
    this.secondFactorVerification = new Verification(json.second_factor_verification, this);
    this.userData = camelCaseKeys(json.user_data ?? {}) as SignInResource['userData'];
    return this;
  }

  create(params: SignInCreateParams): Promise<SignInResource> {
    return this.send(signInEndpoints.createSignIn, { body: { ...params, locale: this.resourceContext.platform.language } });
  }

  override reload(): Promise<this> {
    return this.step(signInEndpoints.getSignIn);
  }

  prepareFirstFactor(params: PrepareFactorParams): Promise<SignInResource> {
    return this.step(signInEndpoints.prepareFirstFactor, params);
  }

  attemptFirstFactor(params: AttemptFactorParams): Promise<SignInResource> {
    return this.step(signInEndpoints.attemptFirstFactor, params);
  }
}
