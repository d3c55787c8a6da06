/** One-time codes, as both cards know them. */

/** How many digits a code has. */
export const codeLength = 6;

/** Whether `code` has them all. */
export const isCompleteCode = (code: string | undefined): code is string => code?.length === codeLength;
