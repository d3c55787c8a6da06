/** An instance that offers every way in: whatever identifier, whichever factor. */
import type { SettingsFile } from '../../demo/server/settings.ts';

export const everyWayIn: SettingsFile = {
  attributes: {
    email_address: { required: false, first_factors: ['email_code', 'email_link'], verifications: ['email_link', 'email_code'] },
    phone_number: { enabled: true, second_factors: ['phone_code'] },
    username: { enabled: true },
    passkey: { enabled: true },
    authenticator_app: { enabled: true },
    backup_code: { enabled: true },
  },
  client_trust: true,
};
