/** Mails beside the answer: whoever asks never waits for a mail server. */
import type { Dependencies } from './dependencies.ts';
import type { Mail } from './mail.ts';

/** Milliseconds: by then the answer is out, so the work of sending does not show in its time (security.md, C5). */
const discreetDelay = 50;

/** Hands a mail over without waiting. What goes wrong is logged without the mail server's text, which may quote the mail. */
export function postMail({ sendMail, log, settings }: Pick<Dependencies, 'sendMail' | 'log' | 'settings'>, mail: Mail): void {
  const send = () =>
    void sendMail(mail).catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      log({ level: 'error', message: `A mail could not be sent${code}.` });
    });
  if (settings.enumerationProtection) setTimeout(send, discreetDelay);
  else send();
}
