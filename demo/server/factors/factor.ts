/** What the sign-in handlers know of a factor. All else is in the factor's own file, named like its folder in `src/factors`. */
import type { Complete } from '../../../src/wire/primitives.ts';
import type { FactorJSON } from '../../../src/wire/sign-in.ts';
import type { Dependencies } from '../dependencies.ts';
import type { LinkOwner } from '../domain/email-link.ts';
import type { Subject } from '../domain/subject.ts';
import type { InstanceSettings } from '../settings.ts';
import type { Database } from '../store/database.ts';

/** An entry of `supported_first_factors` or `supported_second_factors`. */
export type ListedFactor = Complete<FactorJSON>;

/**
 * Why a second factor is asked for: the person has set one up, or a password came from a browser that they never used (dossier
 * part 2, §2.3). The status of the sign-in is `needs_` and this.
 */
export type SecondFactorNeed = 'second_factor' | 'client_trust';

export interface Factor {
  /** As on the wire. */
  readonly strategy: string;
  /** What a sign-in of this person lists (dossier part 2, §2.1); empty where the factor is of no use to them. */
  list(subject: Subject, settings: InstanceSettings): ListedFactor[];
  /** The same for the second step, when the first one is proved; absent for a factor that has no use there. */
  listSecond?(subject: Subject, settings: InstanceSettings, need: SecondFactorNeed): ListedFactor[];
  /**
   * Whom something given is of, where nobody was named before; absent for a factor that needs a name.
   * @throws ApiError if nobody has it.
   */
  identify?(context: Dependencies, form: AttemptStep['form']): Promise<Subject>;
  /** Sends what has to be sent; absent where nothing has. */
  prepare?(step: PrepareStep): Promise<void>;
  /**
   * Judges what the person has given, counts failures, and calls `proceed` if it was right.
   * @throws ApiError with what was wrong.
   */
  attempt(step: AttemptStep): Promise<void>;
  /** `true`: proving it does not sign in, it allows to set a new password. */
  readonly leadsToNewPassword?: boolean;
  /** Whether who has proved it needs no second factor. */
  satisfiesSecondFactor?(settings: InstanceSettings): boolean;
  /** `true`: of no use where somebody is signed in already and proves anew who they are. */
  readonly isForSignInOnly?: boolean;
  /** `true`: of use only beside another second factor, whose place it takes for once. */
  readonly isSubstitute?: boolean;
}

/** One step of whatever the factor is proved for: the first or the second of a sign-in. */
interface Step<Form> {
  context: Dependencies;
  subject: Subject;
  form: Form;
  /** Of the page that asks. */
  origin: string | undefined;
}

/** Where a code is to go, and how. */
export interface PrepareForm {
  email_address_id?: string | undefined;
  phone_number_id?: string | undefined;
  channel?: string | undefined;
  /** Where a link leads in the end. */
  redirect_url?: string | undefined;
}

export interface PrepareStep extends Step<PrepareForm> {
  /** Of the second step. */
  need?: SecondFactorNeed | undefined;
  /** For whom a link is sent; absent where none can be. */
  owner?: LinkOwner;
  /** Locks what the factor is proved for, and gives the verification that was prepared for this step. */
  lock(transaction: Database): Promise<string | null>;
  /** Makes a verification that of this step. */
  attach(transaction: Database, verificationId: string): Promise<void>;
}

/** What is given as a proof. */
export interface AttemptForm {
  code?: string | undefined;
  password?: string | undefined;
  public_key_credential?: string | undefined;
}

export interface AttemptStep extends Step<AttemptForm> {
  lock(transaction: Database): Promise<string | null>;
  /** Takes the next step, in the transaction that proves the factor. */
  proceed(transaction: Database, verificationId: string): Promise<void>;
}
