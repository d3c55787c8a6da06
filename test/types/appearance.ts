/** What Clerk's published types call an appearance, ours takes, with every name of its variables and options. */
import type { ClerkProviderProps } from '@clerk/react';
import type { Appearance, AppearanceOptions, AppearanceVariables } from 'clerk-lit';

type Theirs = NonNullable<ClerkProviderProps['appearance']>;
type Lacks<Wanted, Present> = [Exclude<keyof Wanted, keyof Present>] extends [never] ? false : true;

export const taken = (appearance: Theirs): Appearance => appearance;
export const lacksVariables: Lacks<NonNullable<Theirs['variables']>, AppearanceVariables> = false;
export const lacksOptions: Lacks<NonNullable<Theirs['options']>, AppearanceOptions> = false;
// @ts-expect-error A value that Clerk does not know is none of ours either.
export const refused: Appearance = { options: { socialButtonsPlacement: 'left' } };
