import { catalogue } from '../../rules/page-texts.ts';

/** English, the source: it defines the `Strings` type, and other locales fall back to it. Texts of the UI file. */
export const en = catalogue('cards', {
  /** Language and direction of these texts, for the cards they stand in; those of the page where nothing is said. */
  root: {} as { lang?: string; dir?: 'ltr' | 'rtl' },
  /** Said while nothing can be shown yet. */
  loading: 'Loading…',
  continue: 'Continue',
  retry: 'Try again',
  startAgain: 'Start again',
  signOut: 'Sign out',
  edit: 'Edit',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  useAnotherMethod: 'Use another method',

  failed: 'This cannot be shown right now',
  tryAgainIn: (seconds: number) => `You can try again in ${seconds} s.`,

  fields: {
    identifier: {
      emailAddress: 'Email address',
      username: 'Username',
      phoneNumber: 'Phone number',
      both: (first: string, second: string) => `${first} or ${second.toLowerCase()}`,
      /** Has the field take something else. */
      use: { emailAddress: 'Use email', username: 'Use username', phoneNumber: 'Use phone', both: 'Use email or username' },
    },
    password: 'Password',
  },

  signIn: {
    title: (application: string) => `Sign in${application && ` to ${application}`}`,
    subtitle: 'Welcome back. Please sign in to continue.',
    passkey: 'Use passkey instead',
    signUpText: 'Don’t have an account?',
    signUpLink: 'Sign up',
  },
  signedIn: 'You are signed in',
  password: {
    title: 'Enter your password',
    forgot: 'Forgot password?',
  },
  emailCode: {
    sent: 'A new code is on its way.',
  },
  unsupported: {
    title: 'This step is not supported here',
    subtitle: (what: string) => `The sign-in service wants more than this page knows. Asked for: ${what}`,
  },

  /**
   * Error texts by `<code>__<param_name>`, then by `<code>`. A code that is missing here is shown in the words of the API, which
   * mostly know more (how long an account is locked, how many attempts are left).
   */
  errors: {
    network_error: 'The sign-in service cannot be reached. Check your connection, then try again.',
    clerk_offline: 'You are offline. Connect to the internet, then try again.',
    unexpected: 'Something went wrong. Please try again.',
    too_many_requests: 'Too many requests. Please wait a moment, then try again.',
    form_param_nil: 'Fill in this field.',
    form_param_nil__identifier: 'Enter your email address or username.',
    phone_number_missing: 'Enter your phone number.',
    form_param_nil__password: 'Enter your password.',
    form_param_nil__code: 'Enter the whole code.',
    form_code_incorrect: 'This code is incorrect.',
  } as Record<string, string>,
});

/** All texts of the UI file. */
export type Strings = typeof en;
