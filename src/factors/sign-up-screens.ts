/** How an address or a number is proved at sign-up, by strategy; part of what the sign-up card fetches after its first screen. */
import type { Screen } from '../elements/templates/card.ts';
import type { FieldHelpers } from '../elements/templates/field.ts';
import type { PrepareVerificationParams } from '../resources/types.ts';
import { emailCode } from './email-code/sign-up-view.ts';
import { phoneCode } from './phone-code/sign-up-view.ts';

/** What the screen of a proof may look at and ask for. The card around it is not its business. */
export interface ProofContext {
  /** Gives each field its id and message. */
  card: FieldHelpers;
  /** Good news of the last action. */
  notice: string | undefined;
  /** Seconds until another code, or link, may be asked for. */
  resendIn: number;
  resend(): unknown;
}

/** A proof that the card can ask for. */
export interface ProofView {
  /** What asks the API to send something; the name of the strategy where that is all. */
  prepare?(): PrepareVerificationParams;
  screen(context: ProofContext): Pick<Screen, 'title' | 'subtitle' | 'fieldNames' | 'fields' | 'links' | 'whileShown'>;
}

/** One line a folder. Which comes first, `flows/sign-up-flow.ts` says. */
export const proofs: Record<string, ProofView> = { email_code: emailCode, phone_code: phoneCode };
