import type { Catalogues } from './catalogues.ts';

type Keys<Texts> = {
  [Key in keyof Texts]?: Texts[Key] extends string | ((...values: never[]) => string) ? string : Keys<Texts[Key]>;
};

/**
 * The key of Clerk's localization for each text of ours that has one, and behind it the names that the values of our text have there.
 * Those of another shape are in `localization.ts`. A text that is missing here has no key.
 */
export const clerkKeys: { [Name in keyof Catalogues]?: Keys<Catalogues[Name]> } = {
  appearance: { help: 'footerPageLink__help', privacy: 'footerPageLink__privacy', terms: 'footerPageLink__terms' },
  beginnings: {
    continue: 'formButtonPrimary',
    link: {
      here: { title: 'signIn.emailLink.verified.title', subtitle: 'signIn.emailLink.verified.subtitle' },
      onwards: { title: 'signIn.emailLink.verifiedTransferable.title', subtitle: 'signIn.emailLink.verified.subtitle' },
      elsewhere: {
        title: 'signIn.emailLink.verifiedTransferable.title',
        subtitle: 'signIn.emailLink.verifiedTransferable.subtitle',
      },
      expired: { title: 'signIn.emailLink.expired.title', subtitle: 'signIn.emailLink.expired.subtitle' },
      client_mismatch: { title: 'signIn.emailLink.clientMismatch.title', subtitle: 'signIn.emailLink.clientMismatch.subtitle' },
      failed: { title: 'signIn.emailLink.failed.title', subtitle: 'signIn.emailLink.failed.subtitle' },
    },
    social: { continueWith: 'socialButtonsBlockButton provider', lastUsed: 'lastAuthenticationStrategy', or: 'dividerText' },
    passkeyErrors: { passkey_retrieval_cancelled: 'unstable__errors.passkey_retrieval_cancelled' },
  },
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
        use: {
          emailAddress: 'signIn.start.actionLink__use_email',
          username: 'signIn.start.actionLink__use_username',
          phoneNumber: 'signIn.start.actionLink__use_phone',
          both: 'signIn.start.actionLink__use_email_username',
        },
      },
      password: 'formFieldLabel__password',
    },
    signIn: {
      title: 'signIn.start.title applicationName',
      subtitle: 'signIn.start.subtitle',
      passkey: 'signIn.start.actionLink__use_passkey',
      signUpText: 'signIn.start.actionText',
      signUpLink: 'signIn.start.actionLink',
    },
    password: { title: 'signIn.password.title', forgot: 'formFieldAction__forgotPassword' },
  },
  code: { label: 'signIn.emailCode.formTitle' },
  later: {
    modal: { 'clerk-user-verification': 'reverification.password.title' },
    back: 'backButton',
    newDevice: 'signIn.newDeviceVerificationNotice',
    password: { method: 'signIn.alternativeMethods.blockButton__password' },
    emailCode: { method: 'signIn.alternativeMethods.blockButton__emailCode identifier', title: 'signIn.emailCode.title' },
    passkey: {
      method: 'signIn.alternativeMethods.blockButton__passkey',
      title: 'signIn.passkey.title',
      subtitle: 'signIn.passkey.subtitle',
    },
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
  link: {
    method: 'signIn.alternativeMethods.blockButton__emailLink identifier',
    title: 'signIn.emailLink.title',
    subtitle: 'signIn.emailLink.formSubtitle identifier',
    expired: { title: 'signIn.emailLink.expired.title' },
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
  sessions: {
    accounts: {
      title: 'signIn.accountSwitcher.title',
      subtitle: 'signIn.accountSwitcher.subtitle',
      add: 'signIn.accountSwitcher.action__addAccount',
      signOutAll: 'signIn.accountSwitcher.action__signOutAll',
    },
    signedInAs: 'taskSetupMfa.signOut.actionText identifier',
    resetPassword: { title: 'taskResetPassword.title', subtitle: 'taskResetPassword.subtitle' },
    setupMfa: {
      title: 'taskSetupMfa.start.title',
      subtitle: 'taskSetupMfa.start.subtitle',
      app: 'taskSetupMfa.start.methodSelection.totp',
      phone: 'taskSetupMfa.start.methodSelection.phoneCode',
    },
    app: { title: 'taskSetupMfa.totpCode.title' },
    phone: { title: 'taskSetupMfa.smsCode.addPhoneNumber', label: 'formFieldLabel__phoneNumber' },
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
  userVerification: {
    title: 'reverification.password.title',
    subtitle: 'reverification.password.subtitle',
    methods: {
      title: 'reverification.alternativeMethods.title',
      subtitle: 'reverification.alternativeMethods.subtitle',
      password: 'reverification.alternativeMethods.blockButton__password',
      passkey: 'reverification.alternativeMethods.blockButton__passkey',
    },
  },
};
