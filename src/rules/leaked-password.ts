/** Whether a password is refused because others know it: from a list of breaches, or since the application says so (dossier part 2, §2.5). */
export const isPasswordLeaked = (items: readonly { code: string }[]): boolean =>
  items.some(({ code }) => /^form_password_(pwned|compromised)$/.test(code));
