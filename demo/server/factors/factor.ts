/** What the sign-in handlers know of a factor. All else is in the factor's own file, named like its folder in `src/factors`. */
import type { Complete } from '../../../src/wire/primitives.ts';
import type { FactorJSON } from '../../../src/wire/sign-in.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Subject } from '../domain/subject.ts';
import type { InstanceSettings } from '../settings.ts';
import type { Database } from '../store/database.ts';
import type { SignIn } from '../store/sign-ins.ts';

/** An entry of `supported_first_factors`. */
export type ListedFactor = Complete<FactorJSON>;

export interface Factor {
  /** As on the wire. */
  readonly strategy: string;
  /** What a sign-in of this person lists (dossier part 2, §2.1); empty where the factor is of no use to them. */
  list(subject: Subject, settings: InstanceSettings): ListedFactor[];
  /** Sends what has to be sent; absent where nothing has. */
  prepare?(step: PrepareStep): Promise<void>;
  /**
   * Judges what the person has given, counts failures, and calls `proceed` if it was right.
   * @throws ApiError with what was wrong.
   */
  attempt(step: AttemptStep): Promise<void>;
  /** `true`: proving it does not sign in, it allows to set a new password. */
  readonly leadsToNewPassword?: boolean;
}

interface Step<Form> {
  context: Dependencies;
  signIn: SignIn;
  subject: Subject;
  form: Form;
}

export interface PrepareStep extends Step<{ email_address_id?: string | undefined }> {
  /** Locks the sign-in, and gives the verification that it has prepared. */
  lock(transaction: Database): Promise<string | null>;
  /** Makes a verification the sign-in's own. */
  attach(transaction: Database, verificationId: string): Promise<void>;
}

export interface AttemptStep extends Step<{ code?: string | undefined; password?: string | undefined }> {
  lock(transaction: Database): Promise<string | null>;
  /** Takes the sign-in on, in the transaction that proves the factor. */
  proceed(transaction: Database, verificationId: string): Promise<void>;
}
