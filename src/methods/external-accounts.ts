/** Accounts at providers that the signed-in user connects (dossier part 2, §4.1). */
import { buildUrlWithAuth } from '../clerk/navigation.ts';
import type { State } from '../clerk/state.ts';
import { ExternalAccount } from '../resources/external-account.ts';
import type { CreateExternalAccountParams, ReauthorizeExternalAccountParams } from '../resources/types.ts';
import type { User } from '../resources/user.ts';
import { externalAccountEndpoints } from '../wire/external-account.ts';
import type { ExternalAccountJSON } from '../wire/external-account.ts';
import { accountEndpoints } from '../wire/own-account.ts';
import { stateOf } from './state-of.ts';

/** The way to a provider with what it is asked for. */
function connection(state: State, { redirectUrl, additionalScopes, ...params }: ReauthorizeExternalAccountParams): object {
  return { ...params, redirectUrl: buildUrlWithAuth(state, redirectUrl ?? state.platform.url().href), additionalScope: additionalScopes };
}

/** Connects an account: the page then goes to the `verification.externalVerificationRedirectURL` of what this resolves with. */
export async function createExternalAccount(this: User, params: CreateExternalAccountParams): Promise<ExternalAccount> {
  const state = stateOf(this);
  const body = { ...connection(state, params) };
  const json = await this.changeUser(() => this.request(externalAccountEndpoints.createExternalAccount, { body }));
  // The same object that the user has got with the answer.
  const known = state.client.sessions.flatMap(({ user }) => (user?.externalAccounts as ExternalAccount[] | undefined) ?? []);
  return (known.find(({ id }) => id === json.id) ?? new ExternalAccount(state, this.actingSessionId!, json)).apply(json);
}

/** The API gives accounts at providers with their user only. */
export async function reload(this: ExternalAccount): Promise<ExternalAccount> {
  const { external_accounts: accounts } = await this.request(accountEndpoints.getUser);
  const json = (accounts as ExternalAccountJSON[] | null | undefined)?.find(({ id }) => id === this.id);
  return json ? this.apply(json) : this;
}

export function reauthorize(this: ExternalAccount, params: ReauthorizeExternalAccountParams = {}): Promise<ExternalAccount> {
  const body = { ...connection(stateOf(this), params) };
  return this.send(externalAccountEndpoints.reauthorizeExternalAccount, { path: { externalAccountId: this.id }, body });
}

export async function destroy(this: ExternalAccount): Promise<void> {
  const path = { externalAccountId: this.id };
  await this.changeUser(() => this.request(externalAccountEndpoints.deleteExternalAccount, { path }));
}
