import { catalogue } from '../../rules/page-texts.ts';

/** Texts of the screen that waits for a link from a mail, for every file that has one. */
export const en = catalogue('link', {
  method: (address: string) => `Email link to ${address}`,
  title: 'Check your email',
  subtitle: (address?: string) => `Open the verification link that we sent ${address ? `to ${address}` : 'you'}.`,
  waiting: 'Waiting for the link to be opened. Keep this page open.',
  sent: 'A new link is on its way. Keep this page open.',
  expired: {
    title: 'This verification link has expired',
    subtitle: 'We can send you a new one.',
    button: 'Send a new link',
  },
  resend: (seconds: number) => `Didn’t receive a link? Resend${seconds ? ` (${seconds})` : ''}`,
});
