/** Back from a provider: ends the attempt, or says where it goes on (dossier part 2, §8.1). */
import type { HandleOAuthCallbackParams, SignInProps } from '../clerk/clerk-api.ts';
import type { ClerkCore } from '../clerk/clerk.ts';
import type { SignInResource, SignUpResource } from '../resources/types.ts';
import { returnOf, returnOfTransfer } from '../rules/provider-return.ts';
import type { ProviderReturn } from '../rules/provider-return.ts';
import { stateOf } from './state-of.ts';

export type Navigate = (to: string) => Promise<unknown>;

/** Addresses of the pages on which an attempt goes on, each with the parameter that names another one. */
const routes = {
  signIn: {
    needs_first_factor: ['firstFactorUrl', '/factor-one'],
    needs_second_factor: ['secondFactorUrl', '/factor-two'],
    needs_client_trust: ['secondFactorUrl', '/client-trust'],
    needs_new_password: ['resetPasswordUrl', '/reset-password'],
    needs_protect_check: ['signInProtectCheckUrl', '/protect-check'],
  },
  signUp: {
    protect_check: ['signUpProtectCheckUrl', '/protect-check'],
    email_address: ['verifyEmailAddressUrl', '/verify-email-address'],
    phone_number: ['verifyPhoneNumberUrl', '/verify-phone-number'],
  },
} as const;

/** Calls that are under way. */
const running = new WeakMap<ClerkCore, Promise<unknown>>();

/**
 * Ends a way over a provider, by the table of `rules/provider-return.ts`. Who calls it twice, as React's strict mode does, ends it once.
 * @param params addresses, and `transferable`
 * @param customNavigate goes to a page in place of `navigate()`
 * @throws the API's refusal of a transfer, such as `sign_up_mode_restricted`
 */
export function handleRedirectCallback(
  this: ClerkCore,
  params: HandleOAuthCallbackParams = {},
  customNavigate?: Navigate,
): Promise<unknown> {
  const end = async () => {
    const { client } = stateOf(this);
    const { reloadResource } = params;
    if (reloadResource && client[reloadResource].id) await client[reloadResource].reload();
    return settle(this, { signIn: client.signIn, signUp: client.signUp }, params, customNavigate);
  };
  const call = running.get(this) ?? end().finally(() => running.delete(this));
  running.set(this, call);
  return call;
}

/** The same, with attempts that are at hand. */
export async function settle(
  clerk: ClerkCore,
  attempts: { signIn: SignInResource; signUp: SignUpResource },
  params: HandleOAuthCallbackParams,
  customNavigate?: Navigate,
): Promise<unknown> {
  const { transferable, unsafeMetadata } = params;
  let { signIn, signUp } = attempts;
  let outcome = returnOf({ signIn, signUp, transferable });
  if (outcome.name === 'transfer') {
    const { to } = outcome;
    if (to === 'signIn') signIn = await signIn.create({ transfer: true });
    else signUp = await signUp.create({ transfer: true, ...(unsafeMetadata && { unsafeMetadata }) });
    outcome = returnOfTransfer(to, to === 'signIn' ? signIn : signUp);
  }
  if (outcome.name === 'session') return activate(clerk, outcome, params);
  const to = pageFor(clerk, outcome as Exclude<typeof outcome, { name: 'transfer' }>, { signIn, signUp }, params);
  return customNavigate ? customNavigate(clerk.buildUrlWithAuth(to)) : clerk.navigate(to);
}

function activate(clerk: ClerkCore, { flow, sessionId }: Extract<ProviderReturn, { name: 'session' }>, params: HandleOAuthCallbackParams) {
  const redirectUrl = clerk.__internal_redirectTarget(flow, params as SignInProps, false);
  const { __internal_navigateOnSetActive: follow } = params;
  return clerk.setActive({
    session: sessionId,
    ...(follow ? { navigate: (given: Parameters<typeof follow>[0]) => follow({ ...given, redirectUrl }) } : { redirectUrl }),
  } as Parameters<typeof clerk.setActive>[0]);
}

/** Where an attempt goes on: the page that `params` name, else the route of the card's page. */
function pageFor(
  clerk: ClerkCore,
  { name, flow }: Extract<ProviderReturn, { name: 'proceed' | 'start' }>,
  { signIn, signUp }: { signIn: SignInResource; signUp: SignUpResource },
  params: HandleOAuthCallbackParams,
): string {
  const target = { redirectUrl: clerk.__internal_redirectTarget(flow, params as SignInProps, false) };
  const options = { ...params, ...target } as object;
  const card = params[`${flow}Url`] || (flow === 'signIn' ? clerk.buildSignInUrl(options) : clerk.buildSignUpUrl(options));
  if (name === 'start') return card;
  const [parameter, route] =
    flow === 'signIn'
      ? (routes.signIn[signIn.status as keyof typeof routes.signIn] ?? ['signInUrl', '/'])
      : ((['protect_check', 'email_address', 'phone_number'] as const)
          .filter((field) => [...signUp.missingFields, ...signUp.unverifiedFields].includes(field))
          .map((field) => routes.signUp[field])
          .find((found) => found) ?? ['continueSignUpUrl', '/continue']);
  return (params as Record<string, string | null | undefined>)[parameter] || withRoute(card, route);
}

/** `https://app.test/sign-up#/?redirect_url=…` → `…#/continue?redirect_url=…`. */
function withRoute(card: string, route: string): string {
  const url = new URL(card, document.baseURI);
  const [path = '', query] = url.hash.slice(1).split('?');
  url.hash = path.replace(/\/$/, '') + route + (query ? `?${query}` : '');
  return url.href;
}
