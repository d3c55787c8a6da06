/** Second factors of a user: brought along, checked and taken away by a backend (dossier part 2, §6.3, §6.4). */
import type { Context } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { removePasskey } from '../domain/passkeys.ts';
import { removeAuthenticator, removeBackupCodes, removeSecondFactors, takeBackupCodeOf, takeTotpCode } from '../domain/second-factors.ts';
import type { ImportedFactors } from '../domain/second-factors.ts';
import { parseTotpSecret } from '../domain/totp.ts';
import { isTwoFactorEnabled } from '../domain/two-factor.ts';
import { ApiError, parameterError } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';
import { inTransaction } from '../store/database.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import { unknownParameter } from './user-fields.ts';
import { requireUser } from './users.ts';
import type { UserRoutes } from './users.ts';

export function addSecondFactorRoutes({ app, context }: UserRoutes): void {
  const { database } = context;

  app.post('/:id/verify_totp', async (c) => {
    const user = await requireUser(database, c.req.param('id'));
    const code = (await readBody(c)).text('code');
    if (!code) throw parameterError('form_param_missing', 'code', 'code must be included as text.');
    if (!isTwoFactorEnabled(user)) throw totpDisabled();
    // A code that was shown to a backend is used up like any other.
    const codeType = await inTransaction(database, async (transaction) => {
      if (await takeTotpCode(context, transaction, user.id, code)) return 'totp';
      return (await takeBackupCodeOf(context, transaction, user.id, code)) ? 'backup_code' : undefined;
    });
    if (!codeType) throw totpIncorrect();
    return c.json({ verified: true, code_type: codeType });
  });

  const remove = (path: '/:id/mfa' | '/:id/totp' | '/:id/backup_code', work: (context: Dependencies, userId: string) => Promise<unknown>) =>
    app.delete(path, async (c: Context<AppEnvironment, typeof path>) => {
      const { id } = await requireUser(database, c.req.param('id'));
      await work(context, id);
      return c.json({ user_id: id });
    });
  remove('/:id/mfa', removeSecondFactors);
  remove('/:id/totp', removeAuthenticator);
  remove('/:id/backup_code', removeBackupCodes);

  app.delete('/:id/passkeys/:passkeyId', async (c) => {
    const { id: userId } = await requireUser(database, c.req.param('id'));
    const id = c.req.param('passkeyId');
    await removePasskey(context, { id, userId });
    return c.json({ object: 'passkey', id, deleted: true });
  });
}

/**
 * What a body brings along for `importSecondFactors()`.
 * @throws ApiError 422.
 */
export function readSecondFactors(body: Body, { settings: { attributes } }: Pick<Dependencies, 'settings'>): ImportedFactors {
  const text = body.text('totp_secret', 512);
  const codes = body.texts('backup_codes');
  if (text && !attributes.authenticatorApp.enabled) throw unknownParameter('totp_secret');
  if (codes.length && !attributes.backupCode.enabled) throw unknownParameter('backup_codes');
  if (codes.length > 100) throw parameterError('form_param_array_size_exceeded', 'backup_codes', 'backup_codes takes at most 100 values.');
  if (!codes.every((code) => /^(?=.*[\p{L}\p{N}])[\p{L}\p{N}\s-]{6,64}$/u.test(code))) {
    throw parameterError(
      'form_param_format_invalid',
      'backup_codes',
      'backup_codes must be plain codes of 6 to 64 letters and digits. Digests of codes are not taken.',
    );
  }
  const totpSecret = text ? parseTotpSecret(text) : undefined;
  if (text && !totpSecret) throw invalidSecret();
  return { totpSecret, backupCodes: codes.length ? codes : undefined };
}

const invalidSecret = () =>
  new ApiError(422, {
    code: 'invalid_totp_secret_code',
    message: 'Invalid TOTP secret',
    longMessage: 'totp_secret must be base32, of at least 16 characters: for codes of 6 digits, every 30 seconds, by SHA-1.',
  });

const totpDisabled = () =>
  new ApiError(400, { code: 'totp_disabled', message: 'TOTP is disabled', longMessage: 'This user has no authenticator app.' });

const totpIncorrect = () =>
  new ApiError(422, { code: 'totp_incorrect_code', message: 'Incorrect code', longMessage: 'The code is not one of this user.' });
