/**
 * Components of Clerk's that are not there. Their `mount…` and `open…` methods give nothing back, so nobody can handle a rejection of theirs, and
 * Clerk's React packages call them while they draw: each says once on the console what is missing and what to do, and the page goes on.
 */
import type { MethodTable } from '../resources/fetched-methods.ts';

const noOrganizations = 'There are no organizations.';
const noBilling = 'There is no billing.';

/** What to do instead, by the component's name. */
const missing: Record<string, string> = {
  UserButton: 'Draw one with Clerk.user and Clerk.signOut().',
  UserProfile: 'Draw one with the methods of Clerk.user.',
  UserAvatar: 'Draw one with Clerk.user.imageUrl.',
  Waitlist: 'Draw a form that calls Clerk.joinWaitlist().',
  GoogleOneTap: "Give the token of Google's own script to Clerk.authenticateWithGoogleOneTap().",
  TaskChooseOrganization: noOrganizations,
  OrganizationSwitcher: noOrganizations,
  OrganizationProfile: noOrganizations,
  OrganizationList: noOrganizations,
  CreateOrganization: noOrganizations,
  InviteMembers: noOrganizations,
  PricingTable: noBilling,
  Checkout: noBilling,
  PlanDetails: noBilling,
  SubscriptionDetails: noBilling,
  APIKeys: 'There are no API keys.',
  OAuthConsent: 'There are no applications that ask for consent.',
};

const said = new Set<string>();

const say = (name: string, advice: string) => () => {
  if (!said.has(name)) console.error(`clerk-lit: ${name}() is not supported yet. ${advice}`);
  said.add(name);
};

export const missingOfClerk: MethodTable = Object.fromEntries(
  Object.entries(missing).flatMap(([component, advice]) =>
    ['mount', 'open', '__internal_mount', '__internal_open'].map((verb) => [verb + component, say(verb + component, advice)]),
  ),
);
