/** What a caller may have. Requests are wishes: each is checked, and anything that is not asked for here is not read. */
import { Refusal } from './refusal.ts';

/** Roles that people may give themselves in this demo; in yours perhaps none. */
const freeRoles = ['shopper', 'seller'];

/** Roles that only somebody who holds the secret key gives. */
const givenRoles = ['admin'];

/** The role that the body asks for, if everybody may have it. */
export function decideRole(body: unknown): string {
  const role = readText(body, 'role');
  if (givenRoles.includes(role)) throw new Refusal(403, `The backend says no: only somebody with the secret key makes you ${role}.`);
  if (!freeRoles.includes(role)) throw new Refusal(422, `The role is one of: ${freeRoles.join(', ')}.`);
  return role;
}

/** The customer number that the body brings. In a real application it would come from Stripe, and never be in a page at all. */
export function readStripeId(body: unknown): string {
  const id = readText(body, 'stripeId');
  if (!/^[\w-]{1,64}$/.test(id)) throw new Refusal(422, 'Use 1 to 64 letters, digits, _ and -.');
  return id;
}

function readText(body: unknown, name: string): string {
  const value: unknown = typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
  if (typeof value !== 'string') throw new Refusal(422, `${name} is missing.`);
  return value;
}
