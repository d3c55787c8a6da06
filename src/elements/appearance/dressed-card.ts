/** What options change in the screens of a card. */
import type { html as Html, TemplateResult } from 'lit';
import type { AppearanceOptions } from '../../clerk/appearance-types.ts';
import { en } from '../../i18n/en/appearance.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import type { card as Card, Part } from '../templates/card.ts';

const address = (value: unknown, use: 'link' | 'image' = 'link') => safeUrl(value, use, document.baseURI);

/** @param name of the application, for readers where its logo is a link */
export function createDressedCard(card: typeof Card, html: typeof Html, options: AppearanceOptions, name: () => string): typeof Card {
  const { logoPlacement, socialButtonsPlacement } = options;
  const logoImage = address(options.logoImageUrl, 'image');
  const logoLink = address(options.logoLinkUrl);

  const logoPart = (given: Part): Part => {
    if (logoPlacement === 'none') return undefined;
    const logo = logoImage ? html`<div class="cl-logoBox"><img class="cl-logoImage" src=${logoImage} alt="" /></div>` : given;
    return logo && logoLink ? html`<a class="cl-logoLink" href=${logoLink} aria-label=${name()}>${logo}</a>` : logo;
  };

  const pageLink = (kind: 'help' | 'privacy' | 'terms'): Part => {
    const url = address(options[`${kind}PageUrl`]);
    if (!url) return undefined;
    return html`<a class="cl-link cl-footerPagesLink cl-footerPagesLink__${kind}" href=${url} target="_blank" rel="noopener"
      >${en[kind]}</a
    >`;
  };

  return (screen, state): TemplateResult => {
    const logo = logoPart(state.logo);
    const isOutside = logoPlacement === 'outside';
    const pages = (['help', 'privacy', 'terms'] as const).map(pageLink).filter(Boolean);
    const { social, footer, links } = screen;
    const isBelow = socialButtonsPlacement === 'bottom' && Array.isArray(social);
    const drawn = card(
      {
        ...screen,
        ...(isBelow && { social: undefined, links: [[...social].reverse(), links] }),
        footer: pages.length ? [footer, html`<div class="cl-footerPages">${pages}</div>`] : footer,
      },
      { ...state, logo: isOutside ? undefined : logo },
    );
    return isOutside && logo
      ? html`<div class="cl-logoOutside">${logo}</div>
          ${drawn}`
      : drawn;
  };
}
