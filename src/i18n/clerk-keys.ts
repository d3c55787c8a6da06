import type { Catalogues } from './catalogues.ts';

type Keys<Texts> = {
  [Key in keyof Texts]?: Texts[Key] extends string | ((...values: never[]) => string) ? string : Keys<Texts[Key]>;
};

/**
 * The key of Clerk's localization for each text of ours that has one, and behind it the names that the values of our text have there.
 * Those of another shape are in `localization.ts`. A text that is missing here has no key.
 */
export const clerkKeys: { [Name in keyof Catalogues]?: Keys<Catalogues[Name]> } = {
  cards: {
    continue: 'formButtonPrimary',
    signOut: 'userButton.action__signOut',
    showPassword: 'formFieldAction__showPassword',
    hidePassword: 'formFieldAction__hidePassword',
    useAnotherMethod: 'footerActionLink__useAnotherMethod',
    fields: {
      identifier: {
        emailAddress: 'formFieldLabel__emailAddress',
        username: 'formFieldLabel__username',
        phoneNumber: 'formFieldLabel__phoneNumber',
      },
      password: 'formFieldLabel__password',
    },
    signIn: {
      title: 'signIn.start.title applicationName',
      subtitle: 'signIn.start.subtitle',
      signUpText: 'signIn.start.actionText',
      signUpLink: 'signIn.start.actionLink',
    },
    password: { title: 'signIn.password.title', forgot: 'formFieldAction__forgotPassword' },
  },
  code: { label: 'signIn.emailCode.formTitle' },
  later: {
    back: 'backButton',
    newDevice: 'signIn.newDeviceVerificationNotice',
    password: { method: 'signIn.alternativeMethods.blockButton__password' },
    emailCode: { method: 'signIn.alternativeMethods.blockButton__emailCode identifier', title: 'signIn.emailCode.title' },
    phoneCode: { method: 'signIn.alternativeMethods.blockButton__phoneCode identifier', title: 'signIn.phoneCode.title' },
    totp: {
      method: 'signIn.alternativeMethods.blockButton__totp',
      title: 'signIn.totpMfa.title',
      subtitle: 'signIn.totpMfa.subtitle',
    },
    backupCode: {
      method: 'signIn.alternativeMethods.blockButton__backupCode',
      title: 'signIn.backupCodeMfa.title',
      subtitle: 'signIn.backupCodeMfa.subtitle',
      label: 'formFieldLabel__backupCode',
    },
    methods: { title: 'signIn.alternativeMethods.title', subtitle: 'signIn.alternativeMethods.subtitle' },
    forgotten: {
      title: 'signIn.forgotPasswordAlternativeMethods.title',
      button: 'signIn.forgotPasswordAlternativeMethods.blockButton__resetPassword',
      or: 'signIn.forgotPasswordAlternativeMethods.label__alternativeMethods',
    },
    newPassword: {
      title: 'signIn.resetPassword.title',
      button: 'signIn.resetPassword.formButtonPrimary',
      fields: {
        newPassword: 'formFieldLabel__newPassword',
        confirmPassword: 'formFieldLabel__confirmPassword',
        signOutOfOtherSessions: 'formFieldLabel__signOutOfOtherSessions',
      },
      errors: { mismatch: 'formFieldError__notMatchingPasswords' },
    },
  },
  passwordRules: {
    minLength: 'unstable__errors.passwordComplexity.minimumLength length',
    maxLength: 'unstable__errors.passwordComplexity.maximumLength length',
    uppercase: 'unstable__errors.passwordComplexity.requireUppercase',
    lowercase: 'unstable__errors.passwordComplexity.requireLowercase',
    number: 'unstable__errors.passwordComplexity.requireNumbers',
    special: 'unstable__errors.passwordComplexity.requireSpecialCharacter',
    met: 'unstable__errors.zxcvbn.goodPassword',
  },
  signUp: {
    optional: 'formFieldHintText__optional',
    use: { emailAddress: 'signUp.start.actionLink__use_email', phoneNumber: 'signUp.start.actionLink__use_phone' },
    fields: {
      emailAddress: 'formFieldLabel__emailAddress',
      phoneNumber: 'formFieldLabel__phoneNumber',
      username: 'formFieldLabel__username',
      firstName: 'formFieldLabel__firstName',
      lastName: 'formFieldLabel__lastName',
    },
    signUp: {
      title: 'signUp.start.title',
      subtitle: 'signUp.start.subtitle',
      signInText: 'signUp.start.actionText',
      signInLink: 'signUp.start.actionLink',
    },
    missingFields: { title: 'signUp.continue.title', subtitle: 'signUp.continue.subtitle' },
  },
  signUpLater: {
    verifyEmail: { title: 'signUp.emailCode.title', subtitle: 'signUp.emailCode.subtitle' },
    verifyPhone: { title: 'signUp.phoneCode.title', subtitle: 'signUp.phoneCode.subtitle' },
    restricted: { title: 'signUp.restrictedAccess.title', subtitle: 'signUp.restrictedAccess.subtitle' },
    waitlist: {
      title: 'waitlist.start.title',
      subtitle: 'waitlist.start.subtitle',
      label: 'formFieldLabel__emailAddress',
      button: 'waitlist.start.formButton',
    },
    joined: { title: 'waitlist.success.title', subtitle: 'waitlist.success.subtitle' },
    contact: 'signUp.restrictedAccess.blockButton__emailSupport',
  },
};
