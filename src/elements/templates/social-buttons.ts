/** Buttons that lead to providers. They come beside the UI file, so what they share with it is given to them. */
import type { css as Css, CSSResult, html as Html, nothing as Nothing, TemplateResult } from 'lit';
import { en } from '../../i18n/en/beginnings.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import { goOver } from '../beginnings/over-provider.ts';
import type { ProviderCard } from '../beginnings/over-provider.ts';
import { createSocialStyles } from '../styles/social.ts';
import type { Part } from './card.ts';
import type { classNames as ClassNames } from './class-names.ts';

export interface SocialParts {
  css: typeof Css;
  html: typeof Html;
  nothing: typeof Nothing;
  spinner: TemplateResult;
  classNames: typeof ClassNames;
}

/** With more providers their icons must do, but for the one that was used last. */
const mostBlocks = 2;

let styles: CSSResult | undefined;

/** Icons by provider: on their way as long as there are none, none where they could not be had. */
let icons: Readonly<Record<string, TemplateResult>> | undefined;
let coming: Promise<void> | undefined;

/** Has the card drawn again once the icons are there. Names and letters do without. */
function awaitIcons(card: ProviderCard, { html }: SocialParts): void {
  coming ??= import('../beginnings/provider-icons.ts').then(
    ({ createProviderIcons }) => void (icons = createProviderIcons(html)),
    () => void (icons = {}),
  );
  void coming.then(() => card.requestUpdate());
}

/** The instance's icon is for those without one here: no other host is asked for what is here. */
function iconOf(
  { id, name, logo_url }: { id: string; name: string; logo_url?: string | null | undefined },
  { html }: SocialParts,
): unknown {
  if (icons && Object.hasOwn(icons, id)) return icons[id];
  if (!icons && !id.startsWith('custom_')) return undefined;
  const logo = safeUrl(logo_url, 'image');
  const letter = name[0]!;
  const replace = ({ target }: Event) => (target as Element).replaceWith(letter);
  return logo ? html`<img src=${logo} alt="" @error=${replace} />` : letter;
}

/** The name is there for readers where only the icon is seen. */
export function socialPart(card: ProviderCard, hasFields: boolean, parts: SocialParts): Part {
  const { css, html, nothing, spinner, classNames } = parts;
  const { api, going } = card;
  const all = api.__internal_environment!.social;
  if (!all.length) return undefined;
  if (!icons) awaitIcons(card, parts);
  card.adopt((styles ??= createSocialStyles(css)));
  const last = api.client!.lastAuthenticationStrategy;
  const variant = card.look?.options.socialButtonsVariant;
  const hasIcons = variant === 'iconButton' || (variant !== 'blockButton' && all.length > mostBlocks);
  const providers = hasIcons ? [...all].sort((one, other) => Number(other.strategy === last) - Number(one.strategy === last)) : all;
  const buttons = html`
    <div class="cl-socialButtonsRoot cl-socialButtons">
      ${providers.map(({ strategy, name, logo_url }) => {
        const id = strategy.slice('oauth_'.length);
        const isLast = strategy === last;
        const isBlock = isLast || !hasIcons;
        const icon = going === strategy ? spinner : iconOf({ id, name, logo_url }, parts);
        const hook = `socialButtonsProvider${typeof icon === 'string' ? 'Initial' : ''}Icon`;
        return html`
          <button
            type="button"
            class=${classNames(isBlock ? 'socialButtonsBlockButton' : 'socialButtonsIconButton', id)}
            @click=${() => goOver(card, strategy)}
          >
            <span class="${classNames('providerIcon', id)} ${classNames(hook, id)}" aria-hidden="true">${icon}</span>
            <span class="cl-${isBlock ? 'socialButtonsBlockButtonText' : 'visuallyHidden'}">${en.social.continueWith(name)}</span>
            ${isLast ? html`<span class="cl-lastAuthenticationStrategyBadge">${en.social.lastUsed}</span>` : nothing}
          </button>
        `;
      })}
    </div>
  `;
  return [buttons, hasFields ? html`<div class="cl-dividerRow"><p class="cl-dividerText">${en.social.or}</p></div>` : undefined];
}
