/** Links by mail. */

export interface StartEmailLinkFlowParams {
  /** The page that the link leads to. */
  redirectUrl: string;
}

export interface SignInStartEmailLinkFlowParams extends StartEmailLinkFlowParams {
  emailAddressId: string;
}

export interface EmailLinkFlow<Params, Resource> {
  /** Sends the link; resolves once it was opened or has expired, and never after it was cancelled. */
  startEmailLinkFlow: (params: Params) => Promise<Resource>;
  cancelEmailLinkFlow: () => void;
}

export interface HandleEmailLinkVerificationParams {
  /** Where to go where the link has signed in here. */
  redirectUrlComplete?: string;
  /** Where to go where the attempt goes on here. */
  redirectUrl?: string;
  /** The link was opened on another device than it was asked for. */
  onVerifiedOnOtherDevice?: () => void;
}
