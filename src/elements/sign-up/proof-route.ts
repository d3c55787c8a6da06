/** Where a page with a sign-up card is while an address or a number is proved: tests written for Clerk's cards wait for that. */
import type { ContactName } from '../../flows/sign-up-fields.ts';

const routes: Record<ContactName, string> = { emailAddress: 'verify-email-address', phoneNumber: 'verify-phone-number' };

/**
 * Puts the route of the proof into the address until the screen goes. Who loads the page again meanwhile is led back to it.
 * @param signal of the screen
 */
export function showRoute(contact: ContactName, signal: AbortSignal): void {
  const former = location.hash;
  const own = `#/${routes[contact]}${/\?.*/.exec(former)?.[0] ?? ''}`;
  putHash(own);
  // Unless somebody else has moved on from it.
  signal.addEventListener('abort', () => location.hash === own && putHash(former));
}

function putHash(hash: string): void {
  const url = new URL(location.href);
  url.hash = hash;
  history.replaceState(history.state, '', url);
}
