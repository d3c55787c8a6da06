/**
 * The first screen of the sign-in card, and whether it is what to show. Where an attempt stands after it, says
 * {@link file://./sign-in-flow.ts}.
 */
import type { EnvironmentResource, SignInFactor, SignInResource } from '../resources/types.ts';
import { isUnderWay } from '../rules/under-way.ts';

/** What the person has decided in this card, and the API does not know. */
export interface SignInChoice {
  /** Whether this card is working on the attempt; one left from an earlier visit counts only while its code is under way. */
  engaged: boolean;
  /** A screen in place of the attempt's own. */
  view?: 'start' | 'methods' | 'forgotten' | undefined;
  /** The factor chosen among the supported ones. */
  factor?: SignInFactor | undefined;
  /** Whether the first field takes a phone number, where it may take that or others. */
  phone?: boolean | undefined;
}

/** Kinds of identifier. */
export type IdentifierKind = 'emailAddress' | 'username' | 'phoneNumber';

export interface SignInStart {
  /** What the first field takes: a phone number, which has a field of its own, or anything else. */
  identifiers: IdentifierKind[];
  /** What it takes instead, if one wishes. */
  otherIdentifiers: IdentifierKind[];
  /** `visible` from the start, `hidden` until a password manager fills it, or not there. */
  password: 'visible' | 'hidden' | 'none';
  /** How a passkey can be used without saying who one is. */
  passkey: { button: boolean; autofill: boolean };
  signUp: boolean;
}

/** Whether the first screen is the one to show: nothing is begun, or this card has no part in it. */
export const isAtStart = (signIn: Pick<SignInResource, 'status' | 'firstFactorVerification'>, { engaged, view }: SignInChoice): boolean =>
  view === 'start' ||
  !(engaged || isLeftUnderWay(signIn)) ||
  signIn.status === null ||
  signIn.status === 'needs_identifier' ||
  signIn.status === 'abandoned';

const identifierNames = Object.entries({ emailAddress: 'email_address', phoneNumber: 'phone_number', username: 'username' }) as [
  IdentifierKind,
  string,
][];

/** @param canUsePasskeys whether the browser knows them */
export function startOf(environment: EnvironmentResource, { phone }: SignInChoice, canUsePasskeys: boolean): SignInStart {
  const prefersPassword = environment.preferredSignInStrategy === 'password';
  const kinds = identifierNames.flatMap(([kind, name]) => (environment.attribute(name).usedForFirstFactor ? kind : []));
  const phones = kinds.filter((kind) => kind === 'phoneNumber');
  const texts = kinds.filter((kind) => kind !== 'phoneNumber');
  const isPhone = phones.length > 0 && (phone || !texts.length);
  const { allowAutofill, showSignInButton } = environment.passkeySettings;
  const hasPasskeys = canUsePasskeys && environment.attribute('passkey').enabled;
  return {
    identifiers: isPhone ? phones : texts,
    otherIdentifiers: isPhone ? texts : phones,
    password: environment.attribute('password').enabled ? (prefersPassword ? 'visible' : 'hidden') : 'none',
    passkey: { button: hasPasskeys && showSignInButton, autofill: hasPasskeys && allowAutofill },
    signUp: environment.signUpMode === 'public',
  };
}

/** Whether a code or a link was sent that is still valid. A device is asked anew. */
function isLeftUnderWay({ status, firstFactorVerification: verification }: Pick<SignInResource, 'status' | 'firstFactorVerification'>) {
  const { strategy } = verification;
  return status === 'needs_first_factor' && strategy !== null && /_(code|link)$/.test(strategy) && isUnderWay(verification, strategy);
}
