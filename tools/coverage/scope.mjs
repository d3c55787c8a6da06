/** What is not in scope for now, and why types differ that could be the same: the judgements behind docs/coverage.md. */

/** Subjects that this project leaves out for now, by the names of their members. @type {readonly [subject: string, names: RegExp][]} */
export const outOfScope = [
  ['organisations', /organi[sz]ation|InviteMembers/i],
  ['billing', /^billing$|PricingTable|PaymentMethod|NewSubscription/],
  ['enterprise SSO', /enterprise|^(sso|deprovisioned)|SsoConnection/i],
  ['API keys', /^apiKeys$|APIKeys/],
  ['wallets', /web3|Metamask|CoinbaseWallet|OKXWallet|authenticateWith(Base|Solana)$/i],
  ['native apps', /trustedDevice/],
];

const open = 'open: the API may name one that these types do not know';
const none = 'also `null`, as the API says it';

/**
 * Why the type of a member differs, by `Resource.member`; `*` for whatever resource.
 * @type {Record<string, string>}
 */
export const reasons = {
  'Clerk.addListener': 'listeners are also called with `client: undefined`, while nothing is known yet',
  'Clerk.handleGoogleOneTapCallback': 'hands our session to `__internal_navigateOnSetActive`',
  'Clerk.handleRedirectCallback': 'hands our session to `__internal_navigateOnSetActive`',
  'Clerk.mountSignIn': 'the props are open',
  'Clerk.session': open,
  'Clerk.setActive': 'hands our session to `navigate`',
  'Client.lastAuthenticationStrategy': open,
  'Client.signedInSessions': open,
  'ExternalAccount.provider': open,
  'ExternalAccount.providerSlug': open,
  'Passkey.verification': 'one type for all verifications',
  'PhoneNumber.backupCodes': none,
  'Session.actor': 'as the API gives it',
  'SessionWithActivities.actor': 'as the API gives it',
  'Session.agent': 'as the API gives it',
  'Session.currentTask': open,
  'Session.tasks': open,
  'SessionVerification.level': open,
  'SessionVerification.supportedFirstFactors': open,
  'SessionVerification.supportedSecondFactors': open,
  'SignIn.clientTrustState': none,
  'SignIn.supportedFirstFactors': open,
  'SignIn.supportedIdentifiers': open,
  'SignIn.supportedSecondFactors': open,
  'SignUp.attemptVerification': 'wallets are not in scope',
  'SignUp.missingFields': open,
  'SignUp.optionalFields': open,
  'SignUp.requiredFields': open,
  'SignUp.unverifiedFields': open,
  'SignUpVerifications.web3Wallet': 'a verification with what is to be done next, as the others',
  'TOTP.backupCodes': none,
  'TOTP.secret': none,
  'TOTP.uri': none,
  'Token.jwt': 'without the encoded parts, which are those of `getRawString()`',
  'Waitlist.join': 'the error is of a class of ours, known by the same guards',
  'DeletedObject.slug': none,
  'User.createExternalAccount': 'enterprise SSO is not in scope: `strategy` is required',
  '*.channel': none,
  '*.error': 'members without a value are `undefined` instead of absent',
  '*.status': open,
};
