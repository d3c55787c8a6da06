/** The waitlist (dossier part 2, §4.1). */
import type { Dependencies } from '../dependencies.ts';
import { waitlistMail } from '../mail-templates.ts';
import { postMail } from '../post-mail.ts';
import { addWaitlistEntry } from '../store/waitlist-entries.ts';
import type { WaitlistEntry } from '../store/waitlist-entries.ts';
import { isTestEmailAddress } from './identifiers.ts';
import type { NormalizedEmailAddress } from './identifiers.ts';

/** Puts an address on the list, and tells whoever is new there; asking again changes nothing. */
export async function joinWaitlist(
  context: Dependencies,
  emailAddress: NormalizedEmailAddress,
  { notify = true }: { notify?: boolean } = {},
): Promise<WaitlistEntry> {
  const { database, settings, now } = context;
  const { entry, isNew } = await addWaitlistEntry(database, emailAddress, now());
  const isTest = settings.testMode && isTestEmailAddress(emailAddress.normalized);
  if (isNew && notify && !isTest) {
    postMail(context, waitlistMail({ applicationName: settings.applicationName, to: emailAddress.address }));
  }
  return entry;
}
