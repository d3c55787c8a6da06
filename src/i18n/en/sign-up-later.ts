import { catalogue } from '../../rules/page-texts.ts';

/** Texts of what comes in `src/elements/sign-up/sign-up-later.ts`. */
export const en = catalogue('signUpLater', {
  verifyEmail: {
    title: 'Verify your email',
    subtitle: 'Enter the code that we sent to your email address.',
  },
  codeInstead: 'Email me a code instead',
  linkInstead: 'Email me a link instead',
  verifyPhone: {
    title: 'Verify your phone',
    subtitle: 'Enter the code that we sent to your phone.',
  },
  restricted: {
    title: 'Access restricted',
    subtitle: 'New accounts are by invitation only at the moment.',
  },
  waitlist: {
    title: 'Join the waitlist',
    subtitle: 'Enter your email address, and we will let you know when your place is ready.',
    label: 'Email address',
    button: 'Join the waitlist',
  },
  joined: {
    title: 'You are on the waitlist',
    subtitle: 'We will write to you when your place is ready.',
  },
  contact: 'Contact support',
});
