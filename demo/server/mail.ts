/** Sending mail: by SMTP, or to the inbox page and stderr while no mail server is set. */
import { createTransport } from 'nodemailer';
import { StartError } from './start-error.ts';
import type { Database } from './store/database.ts';
import { insertMail } from './store/mails.ts';

/** A mail to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends mail: to the inbox page or by SMTP. Resolves when it was handed over. */
export type SendMail = (mail: Mail) => Promise<void>;

/** Milliseconds. */
const smtpTimeout = 10_000;

/** @throws StartError if the address of the mail server cannot be read. */
export function createSmtpSender(smtpUrl: string, from: { name: string; address: string }): SendMail {
  if (!/^smtps?:\/\/[^/]+/.test(smtpUrl) || !URL.canParse(smtpUrl)) {
    throw new StartError('SMTP_URL: expected an address such as smtp://user:password@mail.example.com:587');
  }
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: smtpTimeout,
    greetingTimeout: smtpTimeout,
    socketTimeout: smtpTimeout,
    // Nothing in our mails is a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, subject, text }) => {
    await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
  };
}

/** Keeps mails for the inbox page, and prints them: the one place where a secret may appear on stderr. */
export function createInboxSender(database: Database, now: () => number, print: (text: string) => void): SendMail {
  return async (mail) => {
    await insertMail(database, { recipient: mail.to, subject: mail.subject, text: mail.text }, now());
    print(`\nMail to ${mail.to}: ${mail.subject}\n${mail.text.replace(/^/gm, '  ')}\n`);
  };
}
