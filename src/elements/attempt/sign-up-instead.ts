/** Signing in and up in one: whoever has no account makes one in the same card (dossier part 2, §2.6, §2.7). */
import type { FlowName } from '../../clerk/clerk-api.ts';
import { showOtherCard } from '../other-card.ts';
import type { ReplaceableCard } from '../other-card.ts';

/** What it uses of a card. */
export interface CombinedCard extends ReplaceableCard {
  readonly unsafeMetadata: SignUpUnsafeMetadata | undefined;
  finish(sessionId: string | null, flow: FlowName): Promise<void>;
}

/** The field of the sign-up card that takes an identifier. */
const fieldOf = (identifier: string) =>
  identifier.startsWith('+') ? 'phoneNumber' : identifier.includes('@') ? 'emailAddress' : 'username';

/** Goes on with the sign-up card; what was typed stands in its fields. */
export function signUpInstead(card: CombinedCard, identifier?: string, password?: string): void {
  showOtherCard(card, 'signUp', '/create', identifier ? { [fieldOf(identifier)]: identifier, password } : {});
}

/** Goes on as a sign-up with the address or number that the attempt has proved. */
export async function transferToSignUp(card: CombinedCard, signal: AbortSignal): Promise<void> {
  const { api, unsafeMetadata } = card;
  const signUp = await api.client!.signUp.create({ transfer: true, ...(unsafeMetadata && { unsafeMetadata }) });
  if (signal.aborted) return;
  if (signUp.status === 'complete') await card.finish(signUp.createdSessionId, 'signUp');
  else showOtherCard(card, 'signUp', '/continue');
}
