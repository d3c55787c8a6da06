/** Texts of what comes in `src/elements/later.ts`. */
export const en = {
  modal: {
    signIn: 'Sign in',
    signUp: 'Sign up',
    close: 'Close modal',
  },
  back: 'Back',
  emailCode: {
    title: 'Check your email',
    subtitle: (address?: string) => `We sent ${address ? `a code to ${address}` : 'you a code'}.`,
  },
  methods: {
    title: 'Use another method',
    subtitle: 'Choose how you want to sign in.',
  },
  forgotten: {
    title: 'Forgot password?',
    subtitle: 'We will send a code to your email address. With it you set a new password.',
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
};
