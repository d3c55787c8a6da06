import { session, sessionEndpoints } from '../wire/session.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { SessionJSON } from '../wire/session.ts';
import type { UserJSON } from '../wire/user.ts';
import { camelCaseKeys } from '../rules/names.ts';
import { isProofFresh } from '../rules/reverification.ts';
import { BaseResource, ResourcePart, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import { readJwt } from './jwt.ts';
import type { CheckAuthorizationParams, GetTokenOptions, PublicUserData, SessionResource } from './types.ts';
import { User } from './user.ts';

/** Why a session is touched: it got the focus again, or somebody chose it. */
export type TouchIntent = 'focus' | 'select_session' | 'select_org';

/** A session of this browser. One instance for each id; answers update it in place, but for its user. */
export class Session extends BaseResource implements SessionResource {
  declare id: string;
  declare status: SessionResource['status'];
  declare expireAt: Date;
  declare abandonAt: Date;
  declare lastActiveAt: Date;
  declare lastActiveOrganizationId: string | null;
  declare lastActiveToken: SessionResource['lastActiveToken'];
  declare factorVerificationAge: [number, number] | null;
  declare actor: Record<string, unknown> | null;
  declare tasks: { key: string }[] | null;
  declare user: User | null;
  declare publicUserData: PublicUserData;
  declare createdAt: Date;
  declare updatedAt: Date;

  declare end: SessionResource['end'];
  declare remove: SessionResource['remove'];
  declare startVerification: SessionResource['startVerification'];
  declare prepareFirstFactorVerification: SessionResource['prepareFirstFactorVerification'];
  declare attemptFirstFactorVerification: SessionResource['attemptFirstFactorVerification'];
  declare verifyWithPasskey: SessionResource['verifyWithPasskey'];
  declare prepareSecondFactorVerification: SessionResource['prepareSecondFactorVerification'];
  declare attemptSecondFactorVerification: SessionResource['attemptSecondFactorVerification'];

  constructor(context: ResourceContext, json: SessionJSON) {
    super(context, '/client/sessions', json.id);
    this.apply(json);
  }

  get currentTask(): { key: string } | undefined {
    return this.tasks?.[0];
  }

  get agent(): Record<string, unknown> | null {
    return this.actor?.type === 'agent' ? this.actor : null;
  }

  override apply(json: SessionJSON): this {
    const { user } = this;
    take(this, json, session, new Date(this.resourceContext.platform.now()));
    this.setToken(json.last_active_token?.jwt);
    this.publicUserData = camelCaseKeys(json.public_user_data ?? {}) as unknown as PublicUserData;
    // A user who has changed is another object, by which those who compare, as React does, see that there is something to draw.
    this.user = json.user ? (isSame(user, json.user) ? user.apply(json.user) : new User(this.resourceContext, json.id, json.user)) : null;
    return this;
  }

  /** The newest token that is known. */
  setToken(jwt: string | null | undefined): void {
    this.lastActiveToken = jwt ? Object.assign(new ResourcePart(this), { getRawString: () => jwt, jwt: readJwt(jwt) }) : null;
  }

  touch(intent: TouchIntent = 'select_session'): Promise<SessionResource> {
    return this.act(sessionEndpoints.touchSession, { activeOrganizationId: this.lastActiveOrganizationId, intent });
  }

  getToken(options: GetTokenOptions = {}): Promise<string | null> {
    return this.resourceContext.tokens.get(this, options);
  }

  /** Nothing else is authorised: roles and plans are not in scope yet. */
  checkAuthorization({ reverification, ...others }: CheckAuthorizationParams): boolean {
    return !!reverification && !Object.values(others).some(Boolean) && isProofFresh(this.factorVerificationAge, reverification);
  }

  clearCache(): void {
    this.resourceContext.forgetTokens(this.id);
  }

  /** An operation that changes how the session stands. */
  async act(endpoint: Endpoint, body = {}): Promise<SessionResource> {
    // The client that comes with the answer has updated this session already, unless that is over: then it is no longer in the client.
    const { status } = (await this.resourceContext.api.call(endpoint, { path: { sessionId: this.id }, body })) as SessionJSON;
    this.status = status as SessionResource['status'];
    return this;
  }
}

const isSame = (user: User | null, { id, updated_at }: UserJSON): user is User =>
  user?.id === id && !((updated_at ?? 0) > Number(user.updatedAt));
