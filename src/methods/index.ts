/**
 * The further file of the core: methods that are fetched when one of them is called for the first time. Each feature is a file of its own, which
 * exports an object of methods for each resource; here they are put together. What they import of the core stays there (tools/build/methods.mjs).
 */
import type { Methods } from '../resources/fetched-methods.ts';
import { phoneNumberOfSignUp, waitlistOfClerk } from './sign-up.ts';
import { secondFactorsOfUser } from './second-factors.ts';

/** By the path root of the resource that they are called on; those of `window.Clerk` itself have a name. */
const methods: Methods = {
  Clerk: { ...waitlistOfClerk },
  '/client/sign_ups': { ...phoneNumberOfSignUp },
  '/me': { ...secondFactorsOfUser },
};

export default (): Methods => methods;
