/** Buttons that lead to providers. They come beside the UI file, so what they share with it is given to them. */
import type { css as Css, CSSResult, html as Html, nothing as Nothing, TemplateResult } from 'lit';
import { en } from '../../i18n/en/beginnings.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import { goOver } from '../beginnings/over-provider.ts';
import type { ProviderCard } from '../beginnings/over-provider.ts';
import { createSocialStyles } from '../styles/social.ts';
import type { classNames as ClassNames } from './class-names.ts';

export interface SocialParts {
  css: typeof Css;
  html: typeof Html;
  nothing: typeof Nothing;
  spinner: TemplateResult;
  classNames: typeof ClassNames;
}

let styles: CSSResult | undefined;

/** With more providers their icons must do. */
const mostBlocks = 2;

/** The name is there for readers where only the icon is seen; its first letter where there is no icon. */
export function socialPart(card: ProviderCard, hasFields: boolean, parts: SocialParts): TemplateResult | undefined {
  const { css, html, nothing, spinner, classNames } = parts;
  const { api, going } = card;
  const providers = api.__internal_environment!.social;
  const last = api.client!.lastAuthenticationStrategy;
  if (!providers.length) return undefined;
  card.adopt((styles ??= createSocialStyles(css)));
  return html`
    <div class="cl-socialButtonsRoot cl-socialButtons">
      ${providers.map(({ strategy, name, logo_url }) => {
        const id = strategy.slice('oauth_'.length);
        const isBlock = providers.length <= mostBlocks;
        const logo = safeUrl(logo_url, 'image');
        return html`
          <button
            type="button"
            class=${classNames(isBlock ? 'socialButtonsBlockButton' : 'socialButtonsIconButton', id)}
            @click=${() => goOver(card, strategy)}
          >
            <span class=${classNames('providerIcon', id)} aria-hidden="true"
              >${going === strategy ? spinner : logo ? html`<img src=${logo} alt=${name[0]!} />` : name[0]}</span
            >
            <span class="cl-${isBlock ? 'socialButtonsBlockButtonText' : 'visuallyHidden'}">${en.social.continueWith(name)}</span>
            ${last === strategy ? html`<span class="cl-lastAuthenticationStrategyBadge cl-formFieldHintText">${en.social.lastUsed}</span>` : nothing}
          </button>
        `;
      })}
    </div>
    ${hasFields ? html`<div class="cl-dividerRow"><p class="cl-dividerText">${en.social.or}</p></div>` : nothing}
  `;
}
