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

/** Invites somebody, who can sign up with the link. */
export function invitationMail({
  applicationName,
  to,
  url,
  days,
}: {
  applicationName: string;
  to: string;
  url: string;
  /** For which the link works. */
  days: number;
}): Mail {
  return {
    to,
    subject: `You are invited to ${applicationName}`,
    text: `You are invited to ${applicationName}. To accept, open this link:

${url}

It works for ${days === 1 ? 'one day' : `${days} days`}, for you alone: do not pass it on.
If you do not know what this is about, you can ignore this mail.
`,
  };
}

/** Tells somebody that they will be told more. */
export function waitlistMail({ applicationName, to }: { applicationName: string; to: string }): Mail {
  return {
    to,
    subject: `You are on the waitlist of ${applicationName}`,
    text: `Thank you for your interest in ${applicationName}. You are on the waitlist: another mail will come when it is your turn.

If you did not ask for this, you can ignore this mail.
`,
  };
}

/** Proves an address by being opened. */
export function emailLinkMail({ applicationName, to, url }: { applicationName: string; to: string; url: string }): Mail {
  return {
    to,
    subject: `Your ${applicationName} link`,
    text: `To go on with ${applicationName}, open this link:

${url}

It works once, for 10 minutes. Open it only if you have just asked for it: whoever has asked is let in by it.
If it was not you, you can ignore this mail.
`,
  };
}
