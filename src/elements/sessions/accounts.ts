/** Who is signed in here, with the ways on. */
import type { CSSResult, TemplateResult } from 'lit';
import { en } from '../../i18n/en/sessions.ts';
import type { SessionResource } from '../../resources/types.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import { createAccountStyles } from '../styles/accounts.ts';
import type { Screen } from '../templates/card.ts';
import type { SessionContext } from './session-card.ts';

export const identifierOf = ({ user, publicUserData }: SessionResource): string =>
  user?.primaryEmailAddress?.emailAddress ?? publicUserData.identifier;

/** A text with an address, which goes on before its `@` where it is too long for its line. */
export const breakable = (text: string, html: SessionContext['parts']['html']) =>
  text.split(/(?=@)/).map((part, index) => (index ? html`<wbr />${part}` : part));

/** Where one session is all that the instance allows. */
export function sessionThereScreen(session: SessionResource, { card, parts }: SessionContext): Screen {
  const { api, strings } = card;
  const proceed = async () => {
    await api.navigate(card.redirectTarget());
    card.dispatchEvent(new Event('clerk-finished', { bubbles: true, composed: true }));
  };
  return {
    part: 'session',
    title: strings.signedIn,
    subtitle: identifierOf(session),
    submit: () => card.run(proceed),
    links: parts.actionLink('backLink', strings.signOut, () => card.run(() => api.signOut({ redirectUrl: location.href }))),
  };
}

let styles: CSSResult | undefined;

/** With which account to go on. */
export function accountsScreen(sessions: SessionResource[], { card, parts }: SessionContext): Screen {
  const { title, subtitle, add, signOutAll } = en.accounts;
  const { html, actionLink } = parts;
  card.adopt((styles ??= createAccountStyles(parts.css)));
  const addAccount = () => {
    card.choice = { engaged: false, view: 'start' };
    card.follow();
  };
  return {
    part: 'accountSwitcher',
    title,
    subtitle,
    links: [
      sessions.map((session) => accountButton(session, { card, html })),
      html`<button type="button" class="cl-accountSwitcherActionButton" @click=${addAccount}>${add}</button>`,
      actionLink('backLink', signOutAll, () => card.run(() => card.api.signOut({ redirectUrl: location.href }))),
    ],
  };
}

function accountButton(
  session: SessionResource,
  { card, html }: Pick<SessionContext, 'card'> & Pick<SessionContext['parts'], 'html'>,
): TemplateResult {
  const { firstName, lastName, imageUrl } = session.publicUserData;
  const identifier = identifierOf(session);
  const name = [firstName, lastName].filter(Boolean).join(' ');
  const picture = safeUrl(imageUrl, 'image');
  const shown = breakable(identifier, html);
  return html`
    <button type="button" class="cl-userPreview" @click=${() => card.run(() => card.finish(session.id))}>
      ${picture ? html`<img class="cl-avatarImage" src=${picture} alt="" />` : undefined}
      <span class="cl-userPreviewTextContainer">
        <span class="cl-userPreviewMainIdentifier">${name || shown}</span>
        ${name ? html`<span class="cl-userPreviewSecondaryIdentifier">${shown}</span>` : undefined}
      </span>
    </button>
  `;
}
