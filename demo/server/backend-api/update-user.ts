/** `PATCH /v1/users/{id}` (dossier part 2, §6.3, §1.6). */
import { metadataVersion } from '../api-version.ts';
import type { Dependencies } from '../dependencies.ts';
import { metadataKinds, replaceBy } from '../domain/metadata.ts';
import { identificationKinds, identificationsOf, kinds } from '../domain/identification-kinds.ts';
import { importSecondFactors } from '../domain/second-factors.ts';
import { endSessionsOfUser } from '../domain/sessions.ts';
import { ApiError, parameterError } from '../errors.ts';
import { inTransaction } from '../store/database.ts';
import { abandonSignInsOfUser } from '../store/sign-ins.ts';
import type { BackendUser } from '../store/users.ts';
import { changeMetadata, updateUser } from '../store/write-users.ts';
import type { UserChanges } from '../store/write-users.ts';
import type { Body } from './body.ts';
import { readPassword, readUserFields } from './user-fields.ts';
import { readSecondFactors } from './user-second-factors.ts';
import { readMetadata } from './user-metadata.ts';
import { requireUser } from './users.ts';

/**
 * Applies all of the body or nothing of it.
 * @throws ApiError 404, 422.
 */
export async function applyUserUpdate(
  context: Dependencies,
  { id, body, apiVersion }: { id: string; body: Body; apiVersion: string },
): Promise<void> {
  const { database, now } = context;
  const user = await requireUser(database, id);
  if (apiVersion >= metadataVersion) refuseMetadata(body);
  const documents = readMetadata(body);
  const fields = { ...readUserFields(body, context), ...readPrimaries(body, user) };
  const identifiers = [fields.username ?? user.username, ...identificationsOf(user).map(({ value }) => value)];
  const password = await readPassword(body, identifiers, context);
  const factors = readSecondFactors(body, context);
  await inTransaction(database, async (transaction) => {
    if (Object.keys(documents).length) await changeMetadata(transaction, id, replaceBy(documents), now());
    await updateUser(transaction, id, { ...fields, ...password }, now());
    await importSecondFactors(context, transaction, id, factors);
    // Sign-ins half done with the former password end with it (security.md, C6).
    if (password.password_hash) await abandonSignInsOfUser(transaction, id, {});
    if (body.flag('sign_out_of_other_sessions')) await endSessionsOfUser(transaction, id, { now: now(), status: 'revoked' });
  });
}

function refuseMetadata(body: Body): void {
  const items = metadataKinds
    .filter((kind) => body.has(kind))
    .map((kind) => ({
      code: 'form_param_deprecated',
      message: `${kind} is no longer accepted here`,
      longMessage: `From API version ${metadataVersion} on, ${kind} is changed with PATCH or PUT /v1/users/{user_id}/metadata.`,
      meta: { param_name: kind },
    }));
  if (items.length) throw new ApiError(422, items);
}

function readPrimaries(body: Body, user: BackendUser): Pick<UserChanges, 'primary_email_address_id' | 'primary_phone_number_id'> {
  const own = identificationsOf(user);
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const { primaryColumn, noun } = identificationKinds[kind];
      const wanted = body.text(primaryColumn);
      if (!wanted) return [];
      if (own.some(({ kind: ofKind, id, verified_by }) => ofKind === kind && id === wanted && verified_by !== null))
        return [[primaryColumn, wanted]];
      throw parameterError('form_param_value_invalid', primaryColumn, `${primaryColumn} must be a verified ${noun} of this user.`);
    }),
  );
}
