/** Sign-in attempts (dossier part 2, §2). */
import type { laterSignInEndpoints } from '../../../src/wire/later-sign-in.ts';
import type { signInEndpoints } from '../../../src/wire/sign-in.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireText } from '../domain/form-values.ts';
import { attemptSecondFactor, prepareSecondFactor } from '../domain/second-step.ts';
import { readSignIn, readSignInFor, refuseSecondSession } from '../domain/sign-in.ts';
import { attemptFactor, identify, knownFactor, prepareFactor, setNewPassword } from '../domain/sign-in-steps.ts';
import { requireSignUpIfMissing } from '../domain/sign-up-if-missing.ts';
import { signInWithTicket } from '../domain/ticket-sign-in.ts';
import { notFound } from '../errors.ts';
import { signInWithIdToken } from '../oauth/one-tap.ts';
import { isProviderStrategy, oneTapStrategy } from '../oauth/providers.ts';
import { sendToProvider, startProviderSignIn, transferToSignIn } from '../oauth/sign-in.ts';
import type { OAuthForm } from '../oauth/start.ts';
import { presentSignInById } from '../present/sign-in.ts';
import type { SignIn } from '../store/sign-ins.ts';
import type { Caller, Handlers } from './handler.ts';

export const signInHandlers: Handlers<keyof (typeof signInEndpoints & typeof laterSignInEndpoints)> = {
  createSignIn: async ({ context, caller, form }) => {
    await caller.checkRate('createSignIn');
    if (form.transfer || isProviderStrategy(form.strategy) || form.strategy === oneTapStrategy) {
      await refuseSecondSession(context, caller);
      return present(context, await createProviderSignIn(context, caller, form));
    }
    if (form.strategy === 'ticket') {
      const token = requireText(form.ticket, 'ticket');
      await refuseSecondSession(context, caller);
      return present(context, await signInWithTicket(context, caller, token));
    }
    // A password alone says what is meant.
    const strategy = form.strategy || (form.password ? 'password' : undefined);
    const factor = strategy === undefined ? undefined : knownFactor(strategy);
    const signUpIfMissing = form.sign_up_if_missing ?? false;
    if (signUpIfMissing) requireSignUpIfMissing(context, strategy);
    if (factor && (!factor.identify || form.identifier !== undefined)) requireText(form.identifier, 'identifier');
    if (factor && !factor.prepare) requireText(form.password, 'password');
    await refuseSecondSession(context, caller);
    const signIn = await identify(context, caller, form.identifier, { factor, signUpIfMissing });
    if (factor?.prepare) await prepareFactor({ context, caller, signIn, factor }, { redirect_url: form.redirect_url });
    else if (factor) await attemptFactor({ context, caller, signIn, factor }, form);
    return present(context, signIn);
  },

  getSignIn: async ({ context, caller, path }) => present(context, await readSignIn(context, caller, path.signInId)),

  prepareFirstFactor: async ({ context, caller, path, form }) => {
    if (isProviderStrategy(form.strategy)) {
      const signIn = await readSignInFor(context, caller, { id: path.signInId, step: 'first_factor' });
      await sendToProvider(context, signIn, form.strategy, form);
      return present(context, signIn);
    }
    const factor = knownFactor(requireText(form.strategy, 'strategy'));
    const signIn = await readSignInFor(context, caller, { id: path.signInId, step: 'first_factor' });
    await prepareFactor({ context, caller, signIn, factor }, form);
    return present(context, signIn);
  },

  attemptFirstFactor: async ({ context, caller, path, form }) => {
    await caller.checkRate('attempt');
    const factor = knownFactor(requireText(form.strategy, 'strategy'));
    const signIn = await readSignInFor(context, caller, { id: path.signInId, step: 'first_factor' });
    await attemptFactor({ context, caller, signIn, factor }, form);
    return present(context, signIn);
  },

  prepareSecondFactor: async ({ context, caller, path, form }) => {
    const factor = knownFactor(requireText(form.strategy, 'strategy'));
    const signIn = await readSignInFor(context, caller, { id: path.signInId, step: 'second_factor' });
    await prepareSecondFactor({ context, caller, signIn, factor }, form);
    return present(context, signIn);
  },

  attemptSecondFactor: async ({ context, caller, path, form }) => {
    await caller.checkRate('attempt');
    const factor = knownFactor(requireText(form.strategy, 'strategy'));
    const signIn = await readSignInFor(context, caller, { id: path.signInId, step: 'second_factor' });
    await attemptSecondFactor({ context, caller, signIn, factor }, form);
    return present(context, signIn);
  },

  resetPassword: async ({ context, caller, path, form }) => {
    await caller.checkRate('attempt');
    const password = requireText(form.password, 'password');
    const signIn = await readSignInFor(context, caller, { id: path.signInId, step: 'new_password' });
    const endsOtherSessions = form.sign_out_of_other_sessions ?? false;
    await setNewPassword({ context, caller, signIn }, { password, endsOtherSessions });
    return present(context, signIn);
  },
};

/** The attempt as the step has left it. */
async function present(context: Dependencies, { id }: SignIn) {
  const presented = await presentSignInById(context, id);
  if (!presented) throw notFound('sign-in');
  return presented;
}

/** The ways in that lead over a provider, or come from one. */
function createProviderSignIn(context: Dependencies, caller: Caller, form: ProviderForm): Promise<SignIn> {
  if (form.transfer) return transferToSignIn(context, caller);
  if (form.strategy === oneTapStrategy) return signInWithIdToken(context, caller, requireText(form.token, 'token'));
  return startProviderSignIn(context, caller, form.strategy ?? '', form);
}

type ProviderForm = OAuthForm & { transfer?: boolean | undefined; strategy?: string | undefined; token?: string | undefined };
