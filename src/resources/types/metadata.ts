/** Metadata: what pages declare of it, and changes of it. */

/* Bases instead of index signatures: those of Clerk's own packages, in the same program, would be duplicates. */
declare global {
  /** Declare your own members to type `user.publicMetadata`. */
  interface UserPublicMetadata extends Record<string, unknown> {}
  /** Declare your own members to type `user.unsafeMetadata`. */
  interface UserUnsafeMetadata extends Record<string, unknown> {}
  /** Declare your own members to type `signUp.unsafeMetadata`. */
  interface SignUpUnsafeMetadata extends Record<string, unknown> {}
}

/** A merge patch (RFC 7396) for a document of type `Document`: objects merge deeply, `null` removes a key, lists are replaced whole. */
export type MergePatch<Document> = { [Key in keyof Document]?: PatchOf<Document[Key]> | null };

type PatchOf<Value> = Value extends readonly unknown[] ? Value : Value extends object ? MergePatch<Value> : Value;

export interface UpdateUserMetadataParams {
  unsafeMetadata: MergePatch<UserUnsafeMetadata>;
}
