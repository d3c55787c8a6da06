import { catalogue } from '../../rules/page-texts.ts';

/** Texts of the card that asks who somebody is once more. */
export const en = catalogue('userVerification', {
  title: 'Verification required',
  subtitle: 'Enter your password to continue.',
  methods: {
    title: 'Use another method',
    subtitle: 'Choose how you want to prove that it is you.',
    password: 'Use your password',
    passkey: 'Use your passkey',
  },
  signedOut: 'Sign in first, then try again.',
});
