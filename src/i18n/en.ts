/** English, the source: it defines the `Strings` type, and other locales fall back to it. */
export const en = {
  /** Said while nothing can be shown yet. */
  loading: 'Loading…',
  continue: 'Continue',
  back: 'Back',
  retry: 'Try again',
  startAgain: 'Start again',
  signOut: 'Sign out',
  optional: 'Optional',
  closeModal: 'Close modal',
  edit: 'Edit',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  useAnotherMethod: 'Use another method',

  failed: {
    title: 'This cannot be shown right now',
    subtitle: 'The sign-in service did not answer. Check your connection, then try again.',
  },
  tryAgainIn: (seconds: number) => `You can try again in ${seconds} s.`,

  fields: {
    identifier: {
      emailAddress: 'Email address',
      username: 'Username',
      phoneNumber: 'Phone number',
      both: (first: string, second: string) => `${first} or ${second.toLowerCase()}`,
    },
    emailAddress: 'Email address',
    username: 'Username',
    firstName: 'First name',
    lastName: 'Last name',
    password: 'Password',
    newPassword: 'New password',
    confirmPassword: 'Confirm password',
    code: 'Enter verification code',
    signOutOfOtherSessions: 'Sign out of all other devices',
  },

  signIn: {
    title: (application: string) => (application ? `Sign in to ${application}` : 'Sign in'),
    subtitle: 'Welcome back. Please sign in to continue.',
    signUpText: 'Don’t have an account?',
    signUpLink: 'Sign up',
  },
  signedIn: {
    title: 'You are signed in',
  },
  password: {
    title: 'Enter your password',
    subtitle: 'Enter the password of your account.',
    method: 'Sign in with your password',
    forgot: 'Forgot password?',
  },
  emailCode: {
    title: 'Check your email',
    subtitle: (address: string) => (address ? `We sent a code to ${address}.` : 'We sent you a code.'),
    method: (address: string) => `Email code to ${address}`,
    resend: 'Didn’t receive a code? Resend',
    resendIn: (seconds: number) => `Didn’t receive a code? Resend (${seconds})`,
    sent: 'A new code is on its way.',
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
  },
  unsupported: {
    title: 'This step is not supported here',
    subtitle: 'The sign-in service asks for something that this page does not know.',
    detail: (what: string) => `Asked for: ${what}`,
  },

  signUp: {
    title: (_application: string) => 'Create your account',
    subtitle: 'Welcome. Please fill in the details to get started.',
    signInText: 'Already have an account?',
    signInLink: 'Sign in',
  },
  verifyEmail: {
    title: 'Verify your email',
    subtitle: 'Enter the code that we sent to your email address.',
  },
  missingFields: {
    title: 'Fill in missing fields',
    subtitle: 'Please fill in what is left to continue.',
  },
  restricted: {
    title: 'Access restricted',
    subtitle: 'New accounts are by invitation only at the moment.',
    waitlist: 'New accounts are opened from a waiting list at the moment.',
    contact: 'Contact support',
  },
  legal: {
    before: 'I agree to the ',
    terms: 'Terms of Service',
    and: ' and the ',
    privacy: 'Privacy Policy',
    plain: 'I agree to the terms of use',
  },
  passwordRules: {
    minLength: (count: number) => `at least ${count} characters`,
    maxLength: (count: number) => `at most ${count} characters`,
    uppercase: 'an uppercase letter',
    lowercase: 'a lowercase letter',
    number: 'a number',
    special: 'a special character',
    unmet: (rules: string[]) => `Your password needs ${list(rules)}.`,
    met: 'Your password meets all the requirements.',
  },

  unsafeField: {
    saving: 'Saving…',
    saved: 'Saved',
    notSaved: (why: string) => `Not saved. ${why}`,
    signedOut: 'Sign in to change this.',
    notShown: (json: string) => `The stored value ${json} cannot be shown here. A change replaces it.`,
    tooLarge: (bytes: number, limit: number) =>
      `This does not fit: your data would take ${bytes.toLocaleString('en')} bytes, and at most ${limit.toLocaleString('en')} are allowed.`,
  },

  /**
   * Error texts by `<code>__<param_name>`, then by `<code>`. A code that is missing here is shown in the words of the API, which
   * sometimes know more (how long an account is locked, how many attempts are left).
   */
  errors: {
    network_error: 'The sign-in service cannot be reached. Check your connection, then try again.',
    clerk_offline: 'You are offline. Connect to the internet, then try again.',
    unexpected: 'Something went wrong. Please try again.',
    too_many_requests: 'Too many requests. Please wait a moment, then try again.',
    verification_code_too_many_requests: 'A code was sent a moment ago. Please wait before you ask for another one.',
    form_param_nil: 'Fill in this field.',
    form_param_nil__identifier: 'Enter your email address or username.',
    form_param_nil__email_address: 'Enter your email address.',
    form_param_nil__password: 'Enter your password.',
    form_param_nil__new_password: 'Enter a new password.',
    form_param_nil__confirm_password: 'Enter the new password once more.',
    form_param_mismatch__confirm_password: 'The two passwords differ.',
    form_param_nil__code: 'Enter the six digits of the code.',
    form_param_nil__legal_accepted: 'Please agree before you continue.',
    form_param_format_invalid__email_address: 'Enter a valid email address.',
    form_param_format_invalid__identifier: 'Enter a valid email address or username.',
    form_identifier_not_found: 'We found no account with this name.',
    form_identifier_exists__email_address: 'This email address is taken. Try another one, or sign in.',
    form_identifier_exists__username: 'This username is taken. Try another one.',
    form_password_incorrect: 'The password is incorrect. Try again, or use another method.',
    form_password_or_identifier_incorrect: 'The password or the name is incorrect. Try again, or use another method.',
    form_code_incorrect: 'This code is incorrect.',
    verification_expired: 'This code has expired. Ask for a new one.',
    verification_failed: 'Too many wrong codes. Ask for a new one.',
    sign_up_mode_restricted: 'New accounts are by invitation only at the moment.',
  } as Record<string, string>,
};

/** All texts of the UI. */
export type Strings = typeof en;

const list = (items: string[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
