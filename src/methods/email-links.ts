/** Links by mail: the page that waits for one to be opened, and the page that it leads to (dossier part 2, §2.8). */
import type { ClerkCore } from '../clerk/clerk.ts';
import { EmailLinkError, EmailLinkErrorCode } from '../errors.ts';
import type { BaseResource } from '../resources/base.ts';
import type { EmailAddress } from '../resources/email-address.ts';
import type { SignIn } from '../resources/sign-in.ts';
import type { SignUp } from '../resources/sign-up.ts';
import type { HandleEmailLinkVerificationParams, SignInStartEmailLinkFlowParams, StartEmailLinkFlowParams } from '../resources/types.ts';

const strategy = 'email_link';

/** Milliseconds between two questions. */
const pause = 1000;

/**
 * Asks until the link was opened or has expired.
 * @param read gives the status of the verification, as the API now has it
 * @returns never, once the flow was cancelled
 */
async function waitForLink<Resource extends BaseResource>(
  resource: Resource,
  read: () => Promise<string | null>,
  signal: AbortSignal,
): Promise<Resource> {
  const { platform } = resource.resourceContext;
  for (;;) {
    await new Promise<void>((resolve) => platform.after(pause, resolve));
    // Whoever has cancelled wants neither a result nor a failure.
    if (signal.aborted) await new Promise(() => undefined);
    const status = await read();
    if (status !== 'unverified' && !signal.aborted) return resource;
  }
}

/** Methods of the sign-in. The link proves the factor that is asked for. */
export const emailLinksOfSignIn = {
  async startEmailLinkFlow(
    this: SignIn,
    { emailAddressId, redirectUrl }: SignInStartEmailLinkFlowParams,
    signal: AbortSignal,
  ): Promise<SignIn> {
    const isFirst = this.status === 'needs_first_factor';
    const params = { strategy, emailAddressId, redirectUrl };
    await (isFirst ? this.prepareFirstFactor(params) : this.prepareSecondFactor(params));
    return waitForLink(
      this,
      async () => {
        await this.reload();
        return (isFirst ? this.firstFactorVerification : this.secondFactorVerification).status;
      },
      signal,
    );
  },
};

/** Methods of the sign-up. */
export const emailLinksOfSignUp = {
  async startEmailLinkFlow(this: SignUp, { redirectUrl }: StartEmailLinkFlowParams, signal: AbortSignal): Promise<SignUp> {
    await this.prepareVerification({ strategy, redirectUrl });
    return waitForLink(this, async () => (await this.reload()).verifications.emailAddress.status, signal);
  },
};

/** Methods of an email address of the user. */
export const emailLinksOfAddress = {
  async startEmailLinkFlow(this: EmailAddress, { redirectUrl }: StartEmailLinkFlowParams, signal: AbortSignal): Promise<EmailAddress> {
    await this.prepareVerification({ strategy, redirectUrl });
    return waitForLink(this, async () => (await this.reload()).verification.status, signal);
  },
};

/** Methods of `window.Clerk`. */
export const emailLinksOfClerk = {
  /**
   * On the page that a link leads to: signs in with the session that it has started, if that is here; goes on with the attempt, if that was
   * begun here; or says that the link was opened elsewhere.
   * @throws EmailLinkError `expired`, `client_mismatch` or `failed`
   */
  async handleEmailLinkVerification(
    this: ClerkCore,
    { redirectUrl, redirectUrlComplete, onVerifiedOnOtherDevice }: HandleEmailLinkVerificationParams = {},
    customNavigate?: (to: string) => unknown,
  ): Promise<unknown> {
    const { platform } = this.resourceContext;
    const { searchParams, hash } = platform.url();
    const parameter = (name: string) => searchParams.get(name) ?? new URLSearchParams(hash.split('?')[1]).get(name);
    const status = parameter('__clerk_status');
    const { Expired, Failed, ClientMismatch } = EmailLinkErrorCode;
    if (status !== 'verified') throw new EmailLinkError(status === Expired || status === ClientMismatch ? status : Failed);
    const go = (to: string) => (customNavigate ? customNavigate(to) : this.navigate(to));
    const { signedInSessions = [], signIn, signUp } = this.client ?? {};
    const session = signedInSessions.find(({ id }) => id === parameter('__clerk_created_session'));
    if (session) {
      await this.setActive({ session });
      return redirectUrlComplete ? go(redirectUrlComplete) : undefined;
    }
    if (signIn?.status === 'needs_second_factor' || signUp?.status === 'missing_requirements') {
      return redirectUrl ? go(redirectUrl) : undefined;
    }
    onVerifiedOnOtherDevice?.();
    return null;
  },
};
