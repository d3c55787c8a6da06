/** How an address or a number is proved at sign-up, by strategy; part of what the sign-up card fetches after its first screen. */
import type { CSSResult } from 'lit';
import type { LinkWait } from '../elements/link-screen.ts';
import type { FieldHelpers } from '../elements/templates/field.ts';
import type { PrepareVerificationParams } from '../resources/types.ts';
import { emailCode } from './email-code/sign-up-view.ts';
import { emailLink } from './email-link/sign-up-view.ts';
import { phoneCode } from './phone-code/sign-up-view.ts';
import type { FactorScreen } from './view.ts';

/** What the screen of a proof may look at and ask for. The card around it is not its business. */
export interface ProofContext extends LinkWait {
  /** Gives each field its id and message. */
  card: FieldHelpers;
  /** Adds a sheet to those of the card's document or shadow root. */
  adopt(styles: CSSResult): void;
}

/** A proof that the card can ask for. */
export interface ProofView {
  /** What asks the API to send something; the name of the strategy where that is all. Links lead back to `redirectUrl`. */
  prepare?(redirectUrl: string): PrepareVerificationParams;
  /** The text of the link that chooses it in place of another one. */
  other?: string;
  screen(context: ProofContext): FactorScreen;
}

/** One line a folder. Which comes first, `flows/sign-up-flow.ts` says. */
export const proofs: Record<string, ProofView> = { email_code: emailCode, email_link: emailLink, phone_code: phoneCode };
