/** What is said with a code, and by which way it goes. */
import type { Dependencies } from './dependencies.ts';
import { passwordResetMail, verificationCodeMail } from './mail-templates.ts';
import type { CodeMail } from './mail-templates.ts';
import type { IdentificationKind } from './store/identifications.ts';

/** `verification`: it proves an address or signs in; `password_reset`: it lets one set a new password. */
export type CodePurpose = 'verification' | 'password_reset';

export type Senders = Pick<Dependencies, 'sendMail' | 'sendTextMessage'>;

const mails = { verification: verificationCodeMail, password_reset: passwordResetMail };

/** One segment of a message, with a short name of the application. The code comes first: phones offer it from the notification. */
const texts = {
  verification: ({ applicationName, code }: CodeMail) =>
    `${code} is your ${applicationName} verification code. It works once, for 10 minutes. Never share it with anyone.`,
  password_reset: ({ applicationName, code }: CodeMail) =>
    `${code} is your ${applicationName} password reset code. It works once, for 10 minutes. Never share it with anyone.`,
};

/** Resolves when it was handed over. */
export function sendCodeMessage(
  { sendMail, sendTextMessage }: Senders,
  { kind, purpose, ...content }: CodeMail & { kind: IdentificationKind; purpose: CodePurpose },
): Promise<void> {
  return kind === 'email_address' ? sendMail(mails[purpose](content)) : sendTextMessage({ to: content.to, text: texts[purpose](content) });
}
