import { apiErrorOf } from '../errors.ts';
import { webUrl } from '../rules/redirect.ts';
import type { VerificationJSON } from '../wire/verification.ts';
import { verification } from '../wire/verification.ts';
import { ResourcePart, take } from './base.ts';
import type { BaseResource } from './base.ts';
import type { SignUpVerificationResource, VerificationResource } from './types.ts';

/** The state of proving one thing, as it was when it was read. All members are `null` where nothing was begun. */
export class Verification extends ResourcePart implements VerificationResource {
  declare status: VerificationResource['status'];
  declare strategy: string | null;
  declare attempts: number | null;
  declare expireAt: Date | null;
  declare nonce: string | null;
  declare message: string | null;
  declare channel: string | null;
  declare externalVerificationRedirectURL: URL | null;
  declare verifiedAtClient: string | null;
  declare error: VerificationResource['error'];

  constructor(json: VerificationJSON | null | undefined, owner: BaseResource) {
    super(owner);
    const values: Partial<VerificationJSON> = json ?? {};
    take(this, values, verification);
    const { external_verification_redirect_url: target } = values;
    this.externalVerificationRedirectURL = (target && webUrl(target)) || null;
    this.error = values.error ? apiErrorOf(values.error) : null;
  }

  verifiedFromTheSameClient(): boolean {
    return this.verifiedAtClient === this.resourceContext.client.id;
  }
}

/** A verification of a sign-up, with what is to be done next. */
export class SignUpVerification extends Verification implements SignUpVerificationResource {
  readonly nextAction: string;
  readonly supportedStrategies: string[];

  constructor(json: VerificationJSON | null | undefined, owner: BaseResource) {
    super(json, owner);
    this.nextAction = (json?.next_action as string | undefined) ?? '';
    this.supportedStrategies = (json?.supported_strategies as string[] | undefined) ?? [];
  }
}
