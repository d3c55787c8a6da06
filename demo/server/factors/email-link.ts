/** A link by mail, which is opened instead of typing a code (dossier part 2, §2.8). */
import { linkStrategy, sendLink } from '../domain/email-link.ts';
import { strategyInvalid } from '../domain/sign-in.ts';
import { createSentCode } from './sent-code.ts';

export const emailLink = createSentCode({
  strategy: linkStrategy,
  kind: 'email_address',
  purpose: 'verification',
  isOffered: (_subject, { attributes }) => attributes.emailAddress.firstFactors.includes(linkStrategy),
  isOfferedSecond: (need, { attributes }) => need === 'client_trust' && attributes.emailAddress.firstFactors.includes(linkStrategy),
  isForSignInOnly: true,
  send: async (context, { strategy: _always, purpose: _one, kind: _mail, ...order }, { owner, form }) => {
    if (!owner) throw strategyInvalid();
    await sendLink(context, { ...order, owner, redirectUrl: form.redirect_url });
  },
});
