import { catalogue } from '../../rules/page-texts.ts';

/** Texts for those who are signed in already. */
export const en = catalogue('sessions', {
  accounts: {
    title: 'Choose an account',
    subtitle: 'Select the account with which you wish to continue.',
    add: 'Add account',
    signOutAll: 'Sign out of all accounts',
  },
  signedInAs: (identifier: string) => `Signed in as ${identifier}`,
  resetPassword: {
    title: 'Reset your password',
    subtitle: 'Your account requires a new password before you can continue.',
  },
  setupMfa: {
    title: 'Set up two-step verification',
    subtitle: 'Choose how you want to prove in the second step of signing in that it is you.',
    app: 'Authenticator app',
    phone: 'Codes by text message',
  },
  app: {
    title: 'Add an authenticator app',
    subtitle: 'Enter this key in your authenticator app, then the code that the app shows.',
    key: 'Key',
    open: 'Open in an app on this device',
  },
  phone: {
    title: 'Add a phone number',
    subtitle: 'We will send it a code now, and whenever you sign in.',
    label: 'Phone number',
    use: (number: string) => `Use ${number}`,
  },
  backupCodes: {
    title: 'Save your backup codes',
    subtitle: 'Two-step verification is on. Keep these codes in a safe place: with each of them you can sign in once without your device.',
    copy: 'Copy codes',
    copied: 'Copied.',
  },
});
