/** People of the development provider. Whoever is asked for exists. */
import { sha256 } from '../ids.ts';

/** Claims of somebody, by their standard names (OpenID Connect Core, section 5.1). */
export interface DevelopmentPerson {
  sub: string;
  name: string;
  given_name: string;
  family_name: string;
  email: string;
  email_verified: boolean;
}

const person = (given_name: string, family_name: string, email: string, email_verified = true): DevelopmentPerson => ({
  sub: subjectOf(email, email_verified),
  name: [given_name, family_name].filter(Boolean).join(' '),
  given_name,
  family_name,
  email,
  email_verified,
});

/** The same address is the same person, every time. */
const subjectOf = (email: string, isVerified: boolean) => sha256(`${email.toLowerCase()} ${isVerified}`).toString('base64url').slice(0, 21);

/** Those who can be chosen by one click. Jane has an account in the demo, by the same address. */
export const developmentPeople: readonly DevelopmentPerson[] = [
  person('Jane', 'Doe', 'jane+clerk_test@example.com'),
  person('Ada', 'Byron', 'ada+clerk_test@example.com'),
  person('Kofi', 'Mensah', 'kofi+clerk_test@example.com', false),
];

/** Somebody by an address that was typed. */
export const personOf = (email: string, isVerified: boolean): DevelopmentPerson =>
  person(email.split('@')[0] ?? email, '', email, isVerified);
