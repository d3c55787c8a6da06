import { catalogue } from '../../rules/page-texts.ts';

/** Texts for those who come by a link from a mail or with a passkey (`src/elements/beginnings.ts`). */
export const en = catalogue('beginnings', {
  continue: 'Continue',
  startAgain: 'Start again',
  link: {
    here: { title: 'Successfully signed in', subtitle: 'You will be taken on in a moment.' },
    onwards: { title: 'Your email address is verified', subtitle: 'You will be taken on in a moment.' },
    elsewhere: {
      title: 'Your email address is verified',
      subtitle: 'Go back to where you began to continue. You may close this page.',
    },
    expired: {
      title: 'This verification link has expired',
      subtitle: 'Go back to where you began and ask for a new one, or start again here.',
    },
    client_mismatch: {
      title: 'Open this link where you began',
      subtitle: 'It works only in the browser in which you asked for it. There it is still good.',
    },
    failed: {
      title: 'This verification link does not work',
      subtitle: 'It has been used already, or a newer one was sent.',
    },
  },
  social: {
    continueWith: (provider: string) => `Continue with ${provider}`,
    lastUsed: 'Last used',
    or: 'or',
  },
  ticket: {
    title: 'One moment…',
    refused: 'This link cannot be used',
    failed: 'This cannot be shown right now',
    retry: 'Try again',
  },
  /** By the codes of `src/rules/webauthn.ts`. */
  passkeyErrors: {
    passkey_retrieval_cancelled: 'No passkey was chosen, or it took too long. Try again, or use another method.',
    passkey_invalid_rpID_or_domain: 'Passkeys do not work at this address.',
  } as Record<string, string>,
  passkeyFailed: 'Your passkey could not be used. Try again, or use another method.',
});
