/** The 10,000 commonest passwords, in lower case; shipped, so that no password ever leaves the server to be looked up. */
import { dictionary } from '@zxcvbn-ts/language-common';

export const commonPasswords: ReadonlySet<string> = new Set(dictionary['passwords-common'].slice(0, 10_000));
