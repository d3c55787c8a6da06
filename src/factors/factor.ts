/** What a factor's folder says of it without drawing anything: pure rules, used by the flows. */
import type { AttemptFactorParams, PrepareFactorParams, SignInFactor } from '../resources/types.ts';

/** The values of a submitted form, by field name. */
export type FormValues = Record<string, string>;

export interface FactorRules {
  /** As on the wire: `email_code`. */
  readonly strategy: string;
  /**
   * Where it stands when the card chooses the factor to start with, by what the instance prefers (dossier part 2, §2.5);
   * lower comes first, from 1. A factor without ranks is never started with: it recovers access, it does not sign in.
   */
  readonly rank?: { readonly password: number; readonly otp: number };
  /** Where it stands among second factors: an authenticator app, then a telephone, then the rest. Without it it is none. */
  readonly second?: number;
  /** Its code is any text. That of others has six digits. */
  readonly isTextCode?: true;
  /** The browser asks the device for the proof, which is then the value `publicKeyCredential`. */
  readonly isOnDevice?: true;
  /** What asks the API to send something; absent where nothing is to be sent. Links lead back to `redirectUrl`. */
  prepare?(factor: SignInFactor, redirectUrl: string): PrepareFactorParams;
  /** What proves the factor; absent where that happens elsewhere. */
  attempt?(values: FormValues): AttemptFactorParams;
}
