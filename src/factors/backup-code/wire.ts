/** A backup code (dossier part 2, §2.5): listed and attempted as the code of an authenticator app is. */
export { totpAttempt as backupCodeAttempt, totpFactor as backupCodeFactor } from '../totp/wire.ts';
export type { TOTPFactorJSON as BackupCodeFactorJSON } from '../totp/wire.ts';
