/** An address or a number is proved by the code that was sent there. */
import type { ProofView } from '../../factors/sign-up-screens.ts';
import { createCodeInput } from '../templates/code-input.ts';
import { html, nothing } from '../shared.ts';

const { codeField, resendLink } = createCodeInput({ html, nothing });

export const codeProof = (texts: { title: string; subtitle: string }): ProofView => ({
  screen: ({ card, notice, resendIn, resend }) => ({
    ...texts,
    fieldNames: ['code'],
    fields: codeField({ ...card.field('code'), success: notice }),
    links: resendLink(resendIn, resend),
  }),
});
