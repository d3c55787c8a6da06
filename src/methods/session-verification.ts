/** Proving anew, within a session, who one is (dossier part 2, §4.4). */
import { BaseResource } from '../resources/base.ts';
import type { Session } from '../resources/session.ts';
import type {
  AttemptFactorParams,
  PrepareFactorParams,
  SessionVerificationLevel,
  SessionVerificationResource,
  SignInFactor,
  VerificationResource,
} from '../resources/types.ts';
import { Verification } from '../resources/verification.ts';
import { camelCaseKeys } from '../rules/names.ts';
import { reverificationEndpoints } from '../wire/reverification.ts';
import type { ReverificationJSON } from '../wire/reverification.ts';

/** How far the session has got with it. */
class SessionVerification extends BaseResource implements SessionVerificationResource {
  /** A session proves one thing at a time, which has no name of its own. */
  override readonly id = undefined;
  readonly status: string;
  readonly level: SessionVerificationLevel;
  readonly session: Session;
  readonly supportedFirstFactors: SignInFactor[] | null;
  readonly supportedSecondFactors: SignInFactor[] | null;
  readonly firstFactorVerification: VerificationResource;
  readonly secondFactorVerification: VerificationResource;

  constructor(session: Session, json: ReverificationJSON) {
    super(session.resourceContext, session.pathRoot);
    this.status = json.status;
    this.level = json.level;
    this.session = session;
    this.supportedFirstFactors = factors(json.supported_first_factors);
    this.supportedSecondFactors = factors(json.supported_second_factors);
    this.firstFactorVerification = new Verification(json.first_factor_verification, this);
    this.secondFactorVerification = new Verification(json.second_factor_verification, this);
  }

  /** It is what the step has answered: nothing can be asked for again. */
  override reload(): Promise<this> {
    return Promise.resolve(this);
  }
}

const factors = (list: object[] | null | undefined) =>
  list ? list.map((factor) => camelCaseKeys(factor) as unknown as SignInFactor) : null;

/** One step, by which the session may have proved something: its tokens say so from now on. */
async function step(session: Session, name: keyof typeof reverificationEndpoints, params: object): Promise<SessionVerificationResource> {
  const ask = () => session.request(reverificationEndpoints[name], { path: { sessionId: session.id }, body: { ...params } });
  return new SessionVerification(session, await (name.startsWith('attempt') ? session.changeUser(ask) : ask()));
}

/** Methods of the session. */
export const verificationOfSession = {
  startVerification(this: Session, { level }: { level: SessionVerificationLevel }) {
    return step(this, 'startReverification', { level });
  },

  prepareFirstFactorVerification(this: Session, params: PrepareFactorParams) {
    return step(this, 'prepareFirstReverification', params);
  },

  attemptFirstFactorVerification(this: Session, params: AttemptFactorParams) {
    return step(this, 'attemptFirstReverification', params);
  },

  prepareSecondFactorVerification(this: Session, params: PrepareFactorParams) {
    return step(this, 'prepareSecondReverification', params);
  },

  attemptSecondFactorVerification(this: Session, params: AttemptFactorParams) {
    return step(this, 'attemptSecondReverification', params);
  },
};
