import { client } from '../wire/client.ts';
import type { ClientJSON } from '../wire/client.ts';
import { BaseResource, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import { Session } from './session.ts';
import { SignIn } from './sign-in.ts';
import { SignUp } from './sign-up.ts';
import type { ClientResource } from './types.ts';

/** Milliseconds before its end from which on the cookie of the client is worth a detour (dossier part 1, §5.6). */
const touchTime = 8 * 24 * 60 * 60 * 1000;
const touchEndpoint = { method: 'GET', path: '/client/touch' } as const;

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

  // From the further file.
  declare create: ClientResource['create'];
  declare destroy: ClientResource['destroy'];
  declare removeSessions: ClientResource['removeSessions'];

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
  override apply(json: ClientJSON | null): this {
    const { resourceContext: context } = this;
    const values: Partial<ClientJSON> = json ?? {};
    const { sessions, signIn: oldSignIn, signUp: oldSignUp } = this;
    take(this, values, client);
    this.id = values.id;
    this.sessions = (values.sessions ?? []).map((session) => {
      const known = sessions.find(({ id }) => id === session.id);
      return known ? known.apply(session) : new Session(context, session);
    });
    // Whoever holds a finished attempt may still want to read it, so another one gets an object of its own.
    const { sign_in: signIn, sign_up: signUp } = values;
    this.signIn = oldSignIn.id && oldSignIn.id !== signIn?.id ? new SignIn(context, signIn) : signIn ? oldSignIn.apply(signIn) : oldSignIn;
    this.signUp = oldSignUp.id && oldSignUp.id !== signUp?.id ? new SignUp(context, signUp) : signUp ? oldSignUp.apply(signUp) : oldSignUp;
    return this;
  }

  isNew(): boolean {
    return !this.id;
  }

  isEligibleForTouch(): boolean {
    const { cookieExpiresAt, resourceContext: context } = this;
    return Number(cookieExpiresAt) > 0 && Number(cookieExpiresAt) - context.platform.now() <= touchTime;
  }

  buildTouchUrl({ redirectUrl }: { redirectUrl: URL }): string {
    return this.resourceContext.api.addressOf(touchEndpoint, { query: { redirect_url: redirectUrl.href } });
  }

  clearCache(): void {
    for (const session of this.sessions) session.clearCache();
  }

  resetSignIn(): void {
    this.signIn = new SignIn(this.resourceContext);
  }

  resetSignUp(): void {
    this.signUp = new SignUp(this.resourceContext);
  }
}
