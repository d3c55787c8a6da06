import { linkScreen } from '../../elements/link-screen.ts';
import { css, html, problemOf } from '../../elements/shared.ts';
import { en as later } from '../../i18n/en/sign-up-later.ts';
import { en } from '../../i18n/en/link.ts';
import type { ProofView } from '../sign-up-screens.ts';

export const emailLink: ProofView = {
  prepare: (redirectUrl) => ({ strategy: 'email_link', redirectUrl }),
  other: later.linkInstead,
  screen: (context) => {
    const wait = { ...context, title: later.verifyEmail.title, subtitle: en.subtitle() };
    return linkScreen(wait, { css, html, problemOf, adopt: context.adopt });
  },
};
