/** Compiles: a page types its metadata the way it does with Clerk's own types, in one program with Clerk's backend package. */
import type { User as BackendUser } from '@clerk/backend';
import type { UserResource } from '../../src/resources/types.ts';

declare global {
  interface UserUnsafeMetadata {
    birthday?: string;
  }
  interface UserPublicMetadata {
    role?: 'shopper' | 'owner';
  }
}

/** Declared members have their own type on both sides, all others are unknown. */
export function metadataOf(user: UserResource, same: BackendUser): [birthday: string | undefined, role: 'shopper' | 'owner' | undefined, other: unknown] {
  const role: 'shopper' | 'owner' | undefined = user.publicMetadata.role ?? same.publicMetadata.role;
  // @ts-expect-error A role is one of two.
  user.publicMetadata.role = 'emperor';
  return [user.unsafeMetadata.birthday, role, user.unsafeMetadata['other']];
}
