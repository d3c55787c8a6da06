/** placeholder replaced by the core */
export interface ErrorMeta {
  paramName?: string | undefined;
  sessionId?: string | undefined;
  emailAddresses?: string[] | undefined;
  identifiers?: string[] | undefined;
  zxcvbn?: { suggestions: { code: string; message: string }[] } | undefined;
  [key: string]: unknown;
}
