import { clientEndpoints } from '../wire/client.ts';
import type { ClientJSON } from '../wire/client.ts';
import { BaseResource, take, takeDates } from './base.ts';
import type { ResourceContext } from './base.ts';
import { Session } from './session.ts';
import { SignIn } from './sign-in.ts';
import { SignUp } from './sign-up.ts';
import type { ClientResource } from './types.ts';

/** This browser, as the API sees it: a singleton that is updated in place. */
export class Client extends BaseResource implements ClientResource {
  declare sessions: Session[];
  declare signIn: SignIn;
  declare signUp: SignUp;
  declare lastActiveSessionId: string | null;
  declare lastAuthenticationStrategy: string | null;
  declare cookieExpiresAt: Date | null;
  declare captchaBypass: boolean;
  declare createdAt: Date | null;
  declare updatedAt: Date | null;

  constructor(context: ResourceContext) {
    super(context, '/client');
    this.sessions = [];
    this.signIn = new SignIn(context);
    this.signUp = new SignUp(context);
    this.apply(null);
  }

  get signedInSessions(): Session[] {
    return this.sessions.filter(({ status }) => status === 'active' || status === 'pending');
  }

  get activeSessions(): Session[] {
    return this.signedInSessions;
  }

  /** `null`: the API knows no client of this browser. */
  apply(json: ClientJSON | null): this {
    const { context } = this;
    const values: Partial<ClientJSON> = json ?? {};
    this.id = values.id;
    this.sessions = (values.sessions ?? []).map((session) => {
      const known = this.sessions.find(({ id }) => id === session.id);
      return known ? known.apply(session) : new Session(context, session);
    });
    take(this, values, ['last_active_session_id', 'last_authentication_strategy']);
    take(this, values, ['captcha_bypass'], false);
    takeDates(this, values, ['cookie_expires_at', 'created_at', 'updated_at']);
    // Whoever holds a finished attempt may still want to read it, so another one gets an object of its own.
    const { sign_in: signIn, sign_up: signUp } = values;
    if (this.signIn.id && this.signIn.id !== signIn?.id) this.signIn = new SignIn(context, signIn);
    else if (signIn) this.signIn.apply(signIn);
    if (this.signUp.id && this.signUp.id !== signUp?.id) this.signUp = new SignUp(context, signUp);
    else if (signUp) this.signUp.apply(signUp);
    return this;
  }

  isNew(): boolean {
    return !this.id;
  }

  async reload(): Promise<this> {
    this.context.applyClient(await this.context.api.call(clientEndpoints.getClient));
    return this;
  }

  async create(): Promise<ClientResource> {
    this.context.applyClient(await this.context.api.call(clientEndpoints.createClient));
    return this;
  }

  async destroy(): Promise<void> {
    await this.context.api.call(clientEndpoints.deleteClient);
    this.context.applyClient(null);
  }

  async removeSessions(): Promise<ClientResource> {
    this.context.applyClient(await this.context.api.call(clientEndpoints.endAllSessions));
    return this;
  }
}
