/** How far a card has got with setting up a second factor: it is nobody's business but that card's, and is gone with it. */
import type { PhoneNumberResource, TOTPResource } from '../../resources/types.ts';

export interface Progress {
  method?: 'app' | 'phone' | undefined;
  app?: TOTPResource | undefined;
  /** The number to which a code was sent. */
  phone?: PhoneNumberResource | undefined;
  /** Of whom the codes are. */
  sessionId?: string;
  codes?: string[] | undefined;
}

const known = new WeakMap<object, Progress>();

export function progressOf(card: object): Progress {
  let progress = known.get(card);
  if (!progress) known.set(card, (progress = {}));
  return progress;
}

export const codesOf = (card: object): string[] | undefined => known.get(card)?.codes;

export const forgetProgress = (card: object): void => void known.delete(card);
