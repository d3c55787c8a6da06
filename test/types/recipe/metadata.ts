import * as z from 'zod';

/** Whoever is signed in can write anything here: read it by this schema, on the page and on the server. */
export const unsafeMetadata = z.object({
  birthday: z.iso.date().optional(),
  address: z
    .object({ street: z.string().max(80), city: z.string().max(80) })
    .partial()
    .optional(),
});

/** Written by the backend alone. */
export const publicMetadata = z.object({
  role: z.enum(['shopper', 'admin']).optional(),
});

/** Written and seen by the backend alone. */
export const privateMetadata = z.object({
  stripeId: z.string().optional(),
});

declare global {
  interface UserUnsafeMetadata extends z.infer<typeof unsafeMetadata> {}
  interface SignUpUnsafeMetadata extends z.infer<typeof unsafeMetadata> {}
  interface UserPublicMetadata extends z.infer<typeof publicMetadata> {}
  interface UserPrivateMetadata extends z.infer<typeof privateMetadata> {}
}
