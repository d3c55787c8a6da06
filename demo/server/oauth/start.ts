/** The way to a provider: a state that works once, for this attempt and this browser, and the address to go to (dossier part 2, §8). */
import { allowedRedirect } from '../../../src/rules/redirect.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireText } from '../domain/form-values.ts';
import { parameterError, serviceUnavailable } from '../errors.ts';
import { createId, createSecret } from '../ids.ts';
import { createOriginCheck } from '../origins.ts';
import { seal } from '../seal.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { insertOAuthState } from '../store/oauth-states.ts';
import type { OAuthPurpose } from '../store/oauth-states.ts';
import { insertVerification } from '../store/verifications.ts';
import { authorizationUrl, createSecrets } from './protocol.ts';
import type { SocialProvider } from './settings.ts';

/** Milliseconds that a browser may take to come back, and then to go on from there. */
export const oauthPatience = 10 * 60_000;

/** The fields of forms that start it. */
export interface OAuthForm {
  redirect_url?: string | undefined;
  action_complete_redirect_url?: string | undefined;
  oidc_login_hint?: string | undefined;
  oidc_prompt?: string | undefined;
  additional_scope?: readonly string[] | undefined;
}

/** What an account is to be proved for. */
export interface OAuthOrder {
  provider: SocialProvider;
  clientId: string;
  purpose: OAuthPurpose;
  attemptId: string;
  sessionId?: string;
  form: OAuthForm;
  /** Makes the new verification the attempt's own, after a look at its state. */
  attach: (transaction: Database, verificationId: string) => Promise<void>;
}

/** Where the browser is sent in the end. Looked at before anything is made. */
export interface OAuthTargets {
  redirectUrl: string;
  actionCompleteRedirectUrl: string | null;
}

/** @throws ApiError 422 `form_param_missing`, `form_param_nil` or `invalid_redirect_url`. */
export function readTargets(context: Dependencies, form: OAuthForm): OAuthTargets {
  const { redirect_url: target, action_complete_redirect_url: after } = form;
  return {
    redirectUrl: readTarget(context, requireText(target, 'redirect_url'), 'redirect_url'),
    actionCompleteRedirectUrl: after ? readTarget(context, after, 'action_complete_redirect_url') : null,
  };
}

function readTarget(context: Dependencies, text: string, parameter: string): string {
  const url = allowedRedirect(text, { allowedOrigins: [createOriginCheck(context)] });
  if (url) return url.href;
  throw parameterError('invalid_redirect_url', parameter, `${parameter} must be an address of a page that may use this instance.`);
}

/**
 * Starts it. The verification of the attempt then has the address to go to.
 * @throws ApiError 422 for the form; 503 if the provider cannot be reached; and what `attach` throws.
 */
export async function startOAuth(context: Dependencies, order: OAuthOrder): Promise<void> {
  const { provider, form } = order;
  const targets = readTargets(context, form);
  const state = createSecret();
  const secrets = createSecrets();
  const wishes = {
    loginHint: form.oidc_login_hint,
    prompt: readPrompt(form.oidc_prompt) ?? (provider.isPlayed ? 'login' : undefined),
    additionalScopes: readScopes(form.additional_scope),
  };
  const address = await authorizationUrl(context, provider, { ...secrets, ...wishes, state }).catch((error: unknown) => {
    context.log({ level: 'error', message: `The provider of ${provider.strategy} could not be reached.`, error: String(error) });
    throw serviceUnavailable(error);
  });
  await inTransaction(context.database, async (transaction) => {
    const now = context.now();
    const verificationId = createId('ver');
    const expireAt = now + oauthPatience;
    await insertVerification(transaction, {
      id: verificationId,
      strategy: provider.strategy,
      status: 'unverified',
      code_hash: null,
      sent_to: null,
      redirect_url: address.href,
      expire_at: expireAt,
      created_at: now,
    });
    await order.attach(transaction, verificationId);
    await insertOAuthState(transaction, state, {
      client_id: order.clientId,
      purpose: order.purpose,
      attempt_id: order.attemptId,
      session_id: order.sessionId ?? null,
      strategy: provider.strategy,
      verification_id: verificationId,
      sealed_secrets: seal(context.keys.sealingKey, JSON.stringify(secrets), verificationId),
      redirect_url: targets.redirectUrl,
      action_complete_redirect_url: targets.actionCompleteRedirectUrl,
      expire_at: expireAt,
    });
  });
}

/** @throws ApiError 422 for a word that OpenID Connect does not have. */
function readPrompt(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const words = text.split(' ');
  if (words.every((word) => ['none', 'login', 'consent', 'select_account'].includes(word))) return text;
  throw parameterError('form_param_value_invalid', 'oidc_prompt', 'oidc_prompt must be login, consent, select_account or none.');
}

/** Each value may hold several, separated by spaces. */
function readScopes(values: readonly string[] = []): string[] {
  const scopes = values.flatMap((value) => value.split(' ')).filter(Boolean);
  if (scopes.length <= 50 && scopes.every((scope) => /^[!#-[\]-~]{1,200}$/.test(scope))) return scopes;
  throw parameterError('form_param_value_invalid', 'additional_scope', 'additional_scope must be the name of a scope.');
}
