/** What our mails say. */
import type { Mail } from './mail.ts';

export interface CodeMail {
  applicationName: string;
  to: string;
  /** Six digits. */
  code: string;
}

/** Proves an address, at sign-in and at sign-up. The code is in the subject too: most people read it in the notification. */
export function verificationCodeMail({ applicationName, to, code }: CodeMail): Mail {
  return {
    to,
    subject: `${code} is your ${applicationName} verification code`,
    text: `Your verification code for ${applicationName}:

${code}

It works once, for 10 minutes. Never share it with anyone.
If you did not ask for it, you can ignore this mail.
`,
  };
}

/** Lets a person set a new password. */
export function passwordResetMail({ applicationName, to, code }: CodeMail): Mail {
  return {
    to,
    subject: `${code} is your ${applicationName} password reset code`,
    text: `Somebody, hopefully you, wants to set a new password for your ${applicationName} account. Your code:

${code}

It works once, for 10 minutes. Never share it with anyone.
If it was not you, you can ignore this mail: your password stays as it is.
`,
  };
}
