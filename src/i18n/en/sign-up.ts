/** Texts of `<clerk-sign-up>`, beside those that the cards share. */
import { catalogue } from '../../rules/page-texts.ts';
import type { Strings } from './cards.ts';

export const en = catalogue('signUp', {
  optional: 'Optional',
  /** Where either will do: asks for the other. */
  use: { emailAddress: 'Use email', phoneNumber: 'Use phone' },
  fields: {
    emailAddress: 'Email address',
    phoneNumber: 'Phone number',
    username: 'Username',
    firstName: 'First name',
    lastName: 'Last name',
  },
  signUp: {
    title: 'Create your account',
    subtitle: 'Welcome. Please fill in the details to get started.',
    signInText: 'Already have an account?',
    signInLink: 'Sign in',
  },
  missingFields: {
    title: 'Fill in missing fields',
    subtitle: 'Please fill in what is left to continue.',
  },
  /** `{terms}` and `{privacy}` stand for the links. */
  legal: {
    terms: 'Terms of Service',
    privacy: 'Privacy Policy',
    both: 'I agree to the {terms} and the {privacy}',
    onlyTerms: 'I agree to the {terms}',
    onlyPrivacy: 'I agree to the {privacy}',
    plain: 'I agree to the terms of use',
  },
  errors: {
    form_param_nil__email_address: 'Enter your email address.',
    form_param_nil__phone_number: 'Enter your phone number.',
    form_param_nil__legal_accepted: 'Please agree before you continue.',
    form_param_format_invalid__phone_number: 'This is no phone number of the chosen country.',
    form_identifier_exists__email_address: 'This email address is taken. Try another one, or sign in.',
    form_identifier_exists__phone_number: 'This phone number is taken. Try another one, or sign in.',
    form_identifier_exists__username: 'This username is taken. Try another one.',
    sign_up_mode_restricted: 'New accounts are by invitation only at the moment.',
  } as Record<string, string>,
});

/** All texts of the sign-up card. */
export type SignUpStrings = Strings & typeof en;

/** The texts of a locale in one: `shared` of all cards, and those of this one. */
export const signUpStrings = (shared: Strings): SignUpStrings => ({
  ...shared,
  ...en,
  fields: { ...shared.fields, ...en.fields },
  errors: { ...shared.errors, ...en.errors },
});
