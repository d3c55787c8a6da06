/** Compiles: a page types its metadata the way it does with Clerk's own types, in one program with Clerk's backend package. */
import type { User as BackendUser } from '@clerk/backend';
import type { UserResource } from '../../src/resources/types.ts';

declare global {
  interface UserUnsafeMetadata {
    shirtColour?: string;
  }
  interface UserPublicMetadata {
    shirtSize?: 'S' | 'M';
  }
}

/** Declared members have their own type on both sides, all others are unknown. */
export function metadataOf(
  user: UserResource,
  same: BackendUser,
): [shirtColour: string | undefined, shirtSize: 'S' | 'M' | undefined, other: unknown] {
  const shirtSize: 'S' | 'M' | undefined = user.publicMetadata.shirtSize ?? same.publicMetadata.shirtSize;
  // @ts-expect-error A size is one of two.
  user.publicMetadata.shirtSize = 'XS';
  return [user.unsafeMetadata.shirtColour, shirtSize, user.unsafeMetadata['other']];
}
