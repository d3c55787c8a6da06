/** Who may sign up and in: the lists of the Backend API, and addresses with a part that anybody can add (dossier part 2, §2.5, §3.4). */
import { ApiError } from '../errors.ts';
import { findRestrictions, isListed } from '../store/access-identifiers.ts';
import type { Database } from '../store/database.ts';
import { wasInvited } from '../store/tickets.ts';
import type { User } from '../store/users.ts';
import { claimedOf } from './identification-kinds.ts';
import { isTestEmailAddress } from './identifiers.ts';

/** Whom a rule is asked about: addresses and numbers as they are compared. */
interface Person {
  emailAddresses: readonly string[];
  phoneNumbers: readonly string[];
}

/** @throws ApiError 403 `not_allowed_access` for who may not sign up with what they have given. */
export async function refuseSignUp(
  database: Database,
  {
    email_address_normalized: address,
    phone_number: number,
  }: { email_address_normalized?: string | null | undefined; phone_number?: string | null | undefined },
): Promise<void> {
  const restrictions = await findRestrictions(database);
  const person = { emailAddresses: address ? [address] : [], phoneNumbers: number ? [number] : [] };
  // Tests have no other addresses to use.
  const hasSubaddress = person.emailAddresses.some((given) => /[+=#].*@/.test(given) && !isTestEmailAddress(given));
  if (restrictions.block_email_subaddresses && hasSubaddress) throw notAllowed(person);
  await refuseByLists(database, restrictions, person);
}

/** @throws ApiError 403 `not_allowed_access` for who may not sign in any more. */
export async function refuseSignIn(database: Database, user: User): Promise<void> {
  const restrictions = await findRestrictions(database);
  if (restrictions.allowlist_blocklist_disabled_on_sign_in) return;
  const own = claimedOf(user);
  const valuesOf = (kind: string) => own.filter((identification) => identification.kind === kind).map(({ normalized }) => normalized);
  await refuseByLists(database, restrictions, { emailAddresses: valuesOf('email_address'), phoneNumbers: valuesOf('phone_number') });
}

async function refuseByLists(
  database: Database,
  { allowlist, blocklist }: { allowlist: boolean; blocklist: boolean },
  person: Person,
): Promise<void> {
  const domains = person.emailAddresses.map((address) => `*${address.slice(address.lastIndexOf('@'))}`);
  const names = [...person.emailAddresses, ...domains, ...person.phoneNumbers];
  if (blocklist && (await isListed(database, 'blocklist', names))) throw notAllowed(person);
  if (!allowlist || (await isListed(database, 'allowlist', names))) return;
  // Whoever was invited was allowed by that.
  if (!(await wasInvited(database, person.emailAddresses))) throw notAllowed(person);
}

const notAllowed = ({ emailAddresses, phoneNumbers }: Person) =>
  new ApiError(403, {
    code: 'not_allowed_access',
    message: 'Access not allowed.',
    longMessage: 'This email address or phone number may not be used here. Ask the administrator of this application.',
    meta: { identifiers: [...emailAddresses, ...phoneNumbers] },
  });
