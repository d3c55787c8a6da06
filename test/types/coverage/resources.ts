/** What is compared (docs/coverage.md): the objects that a page works with, by Clerk's published types and by ours. */
import type * as Clerk from '@clerk/shared/types';
import type * as own from 'clerk-lit';

type Verifications<SignUp extends { verifications: object }> = SignUp['verifications'];
type SignUpVerification<SignUp extends { verifications: { emailAddress: object } }> = SignUp['verifications']['emailAddress'];
type Activity<Session extends { latestActivity: object }> = Session['latestActivity'];

/** `[Clerk's type, ours]` by the name of what it is. */
export interface Resources {
  Clerk: [Clerk.Clerk, own.ClerkApi];
  Client: [Clerk.ClientResource, own.ClientResource];
  Session: [Clerk.SessionResource, own.SessionResource];
  User: [Clerk.UserResource, own.UserResource];
  SignIn: [Clerk.SignInResource, own.SignInResource];
  SignUp: [Clerk.SignUpResource, own.SignUpResource];
  EmailAddress: [Clerk.EmailAddressResource, own.EmailAddressResource];
  PhoneNumber: [Clerk.PhoneNumberResource, own.PhoneNumberResource];
  ExternalAccount: [Clerk.ExternalAccountResource, own.ExternalAccountResource];
  Passkey: [Clerk.PasskeyResource, own.PasskeyResource];
  Verification: [Clerk.VerificationResource, own.VerificationResource];
  SignUpVerification: [SignUpVerification<Clerk.SignUpResource>, own.SignUpVerificationResource];
  SignUpVerifications: [Verifications<Clerk.SignUpResource>, Verifications<own.SignUpResource>];
  SessionWithActivities: [Clerk.SessionWithActivitiesResource, own.SessionWithActivitiesResource];
  SessionActivity: [Activity<Clerk.SessionWithActivitiesResource>, Activity<own.SessionWithActivitiesResource>];
  SessionVerification: [Clerk.SessionVerificationResource, own.SessionVerificationResource];
  TOTP: [Clerk.TOTPResource, own.TOTPResource];
  BackupCode: [Clerk.BackupCodeResource, own.BackupCodeResource];
  IdentificationLink: [Clerk.IdentificationLinkResource, own.IdentificationLinkResource];
  DeletedObject: [Clerk.DeletedObjectResource, own.DeletedObjectResource];
  PublicUserData: [Clerk.PublicUserData, own.PublicUserData];
  Token: [Clerk.TokenResource, own.TokenResource];
  Waitlist: [Clerk.WaitlistResource, own.WaitlistResource];
}
