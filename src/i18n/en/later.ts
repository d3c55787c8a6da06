import { catalogue } from '../../rules/page-texts.ts';

/** Texts of what comes in `src/elements/later.ts`. */
export const en = catalogue('later', {
  modal: {
    'clerk-sign-in': 'Sign in',
    'clerk-sign-up': 'Sign up',
    'clerk-user-verification': 'Verification required',
    close: 'Close modal',
  },
  back: 'Back',
  sentTo: (address?: string) => `We sent ${address ? `a code to ${address}` : 'you a code'}.`,
  newDevice: 'You are signing in from a new device.',
  password: {
    method: 'Sign in with your password',
  },
  emailCode: {
    method: (address: string) => `Email code to ${address}`,
    title: 'Check your email',
  },
  passkey: {
    method: 'Sign in with your passkey',
    title: 'Use your passkey',
    subtitle: 'Your device may ask for your fingerprint, your face or your screen lock.',
  },
  phoneCode: {
    method: (number: string) => `Send SMS code to ${number}`,
    title: 'Check your phone',
  },
  totp: {
    method: 'Use your authenticator app',
    title: 'Two-step verification',
    subtitle: 'Enter the code that your authenticator app shows.',
  },
  backupCode: {
    method: 'Use a backup code',
    title: 'Enter a backup code',
    subtitle: 'You were given these codes when you set up two-step verification. Each works once.',
    label: 'Backup code',
  },
  methods: {
    title: 'Use another method',
    subtitle: 'Choose how you want to sign in.',
  },
  forgotten: {
    title: 'Forgot password?',
    subtitle: 'We will send you a code. With it you set a new password.',
    button: 'Reset your password',
    or: 'Or sign in with another method',
  },
  newPassword: {
    title: 'Set new password',
    subtitle: 'Choose a password that you use nowhere else.',
    button: 'Reset password',
    fields: {
      newPassword: 'New password',
      confirmPassword: 'Confirm password',
      signOutOfOtherSessions: 'Sign out of all other devices',
    },
    errors: {
      missing: 'Enter the new password once more.',
      mismatch: 'The two passwords differ.',
    },
  },
});
