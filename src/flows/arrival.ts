/** What the address of the page asks of a card before anything else: it was left for a mail or for a provider, and this is the way back. */

export type Arrival =
  /** Somebody has opened a link from a mail, and the API says what has become of it. */
  | { name: 'link'; status: string; sessionId: string | null }
  /** Somebody comes with an invitation or a sign-in token; `status` says which card it is for, if the API has said so. */
  | { name: 'ticket'; ticket: string; status: string | null }
  /** A provider has led back here, or the page's own `handleRedirectCallback()` has said that the attempt goes on here. */
  | { name: 'provider' };

/** Parameters that an arrival is made of. They leave the address once it is dealt with. */
export const arrivalParameters = ['__clerk_ticket', '__clerk_status', '__clerk_created_session'] as const;

/** What {@link arrivalOf} reads. */
interface Address {
  name: string;
  parameter(name: string): string | null;
}

/** Routes of an attempt that goes on (dossier part 3). */
const attemptRoutes = /^(sso-callback|continue|(factor|client|reset|verify)-)/;

export function arrivalOf({ name, parameter }: Address): Arrival | undefined {
  const status = parameter('__clerk_status');
  const ticket = parameter('__clerk_ticket');
  if (ticket) return { name: 'ticket', ticket, status };
  if (attemptRoutes.test(name)) return { name: 'provider' };
  // Pages of an application's own read the parameter themselves, so the route alone says that it is for a card.
  return name === 'verify' && status ? { name: 'link', status, sessionId: parameter('__clerk_created_session') } : undefined;
}
