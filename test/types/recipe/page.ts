import type { UserResource } from 'clerk-lit';
import { unsafeMetadata } from './metadata.ts';

/** Merges; everything else that is stored stays. Throws a `ZodError` before anything is sent. */
export async function saveCity(user: UserResource, city: string): Promise<void> {
  await user.updateMetadata({ unsafeMetadata: unsafeMetadata.parse({ address: { city } }) });
}

/** `null` removes a member. */
export async function forgetBirthday(user: UserResource): Promise<void> {
  await user.updateMetadata({ unsafeMetadata: { birthday: null } });
}

/** The type says `string | undefined`; the schema makes that true. */
export function birthdayOf(user: UserResource): string | undefined {
  return unsafeMetadata.safeParse(user.unsafeMetadata).data?.birthday;
}

/** Only a backend can have written it, so the type is enough. */
export const isAdmin = (user: UserResource): boolean => user.publicMetadata.role === 'admin';
