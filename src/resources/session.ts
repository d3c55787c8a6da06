import { sessionEndpoints } from '../wire/session.ts';
import type { SessionJSON } from '../wire/session.ts';
import { BaseResource, declareUnsupported, take, takeDates, camelCaseKeys } from './base.ts';
import type { ResourceContext } from './base.ts';
import { isReverified } from './reverification.ts';
import type { GetTokenOptions, PublicUserData, SessionResource } from './types.ts';
import { User } from './user.ts';

/** Why a session is touched: it got the focus again, or somebody chose it. */
export type TouchIntent = 'focus' | 'select_session' | 'select_org';

/** A session of this browser. One instance for each id; answers update it in place. */
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

  constructor(context: ResourceContext, json: SessionJSON) {
    super(context, '/client/sessions');
    this.apply(json);
  }

  get currentTask(): { key: string } | undefined {
    return this.tasks?.[0];
  }

  apply(json: SessionJSON): this {
    take(this, json, ['id', 'status', 'last_active_organization_id', 'factor_verification_age', 'actor', 'tasks']);
    takeDates(
      this,
      json,
      ['expire_at', 'abandon_at', 'last_active_at', 'created_at', 'updated_at'],
      new Date(this.context.now()),
    );
    this.setToken(json.last_active_token?.jwt);
    this.publicUserData = camelCaseKeys(json.public_user_data ?? {}) as unknown as PublicUserData;
    const { user } = json;
    if (!user) this.user = null;
    else if (this.user?.id === user.id) this.user.apply(user);
    else this.user = new User(this.context, json.id, user);
    return this;
  }

  /** The newest token that is known. */
  setToken(jwt: string | null | undefined): void {
    this.lastActiveToken = jwt ? { getRawString: () => jwt } : null;
  }

  async reload(): Promise<this> {
    return this.apply(await this.context.api.call(sessionEndpoints.getSession, { path: { sessionId: this.id } }));
  }

  touch(intent: TouchIntent = 'select_session'): Promise<SessionResource> {
    return this.#send('touchSession', { activeOrganizationId: this.lastActiveOrganizationId, intent });
  }

  end(): Promise<SessionResource> {
    return this.#send('endSession');
  }

  remove(): Promise<SessionResource> {
    return this.#send('removeSession');
  }

  getToken(options: GetTokenOptions = {}): Promise<string | null> {
    return this.context.getToken(this, options);
  }

  checkAuthorization({ reverification }: Record<string, unknown>): boolean {
    return reverification !== undefined && isReverified(reverification, this.factorVerificationAge);
  }

  clearCache(): void {
    this.context.forgetTokens(this.id);
  }

  async #send(endpoint: 'touchSession' | 'endSession' | 'removeSession', body = {}): Promise<SessionResource> {
    // The client that comes with the answer has updated this session already.
    await this.context.api.call(sessionEndpoints[endpoint], { path: { sessionId: this.id }, body });
    return this;
  }
}

declareUnsupported(
  Session,
  'Session',
  'startVerification prepareFirstFactorVerification attemptFirstFactorVerification prepareSecondFactorVerification ' +
    'attemptSecondFactorVerification verifyWithPasskey',
);
