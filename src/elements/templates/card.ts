/** The frame that all screens of the cards share. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FlowName } from '../../clerk/clerk-api.ts';
import { classNames } from './class-names.ts';
import { heading } from './heading.ts';
import { spinner } from './icons.ts';

type Part = TemplateResult | (TemplateResult | typeof nothing)[] | typeof nothing | undefined;

export interface CardParts {
  flow: FlowName;
  /** Name of the screen, as in `cl-signIn-start`. */
  part: string;
  headingLevel: unknown;
  title: string;
  subtitle?: string | undefined;
  /** Address of the application's logo; must have passed `safeUrl()`. */
  logo?: string | undefined;
  /** Below the subtitle: whom the screen is about. */
  preview?: Part;
  /** Messages that belong to no field. */
  alert?: Part;
  /** The fields. Fields of the page (`slot="fields"`) come after them. */
  fields?: Part;
  /** Buttons and links below the fields. */
  actions?: Part;
  /** Makes the screen a form. */
  onSubmit?: ((event: SubmitEvent) => void) | undefined;
  footer?: Part;
}

const content = ({ alert, fields, actions }: CardParts) => html`
  <div class="cl-formContainer">${alert ?? nothing} ${fields ?? nothing}</div>
  <div class="cl-formActions">${actions ?? nothing}</div>
`;

/** A screen of a card. A form is never validated by the browser: its messages would not be ours, and not at the field. */
export const card = (parts: CardParts): TemplateResult => html`
  <div class=${`cl-rootBox cl-${parts.flow}-root`}>
    <div class=${classNames('cardBox', undefined, `${parts.flow}-${parts.part}`)}>
      <div class="cl-card">
        <div class="cl-header">
          ${parts.logo ? html`<div class="cl-logoBox"><img class="cl-logoImage" src=${parts.logo} alt="" /></div>` : nothing}
          ${heading(parts.headingLevel, parts.title)}
          ${parts.subtitle ? html`<p class="cl-headerSubtitle">${parts.subtitle}</p>` : nothing} ${parts.preview ?? nothing}
        </div>
        <div class="cl-main">
          ${parts.onSubmit
            ? html`<form class="cl-form" novalidate method="post" @submit=${parts.onSubmit}>${content(parts)}</form>`
            : html`<div class="cl-form">${content(parts)}</div>`}
        </div>
      </div>
      ${parts.footer ? html`<div class="cl-footer">${parts.footer}</div>` : nothing}
    </div>
  </div>
`;

/** The card before anything is known. */
export const loadingCard = (flow: FlowName, headingLevel: unknown, label: string): TemplateResult => html`
  <div class=${`cl-rootBox cl-${flow}-root`}>
    <div class="cl-cardBox cl-loading">
      <div class="cl-card cl-loadingCard" role="status">
        ${spinner}
        <div class="cl-visuallyHidden">${heading(headingLevel, label)}</div>
      </div>
    </div>
  </div>
`;

/** The sentence at the foot of a card with its link. */
export const footerAction = (text: string, link: TemplateResult): TemplateResult => html`
  <div class="cl-footerAction"><span class="cl-footerActionText">${text}</span> ${link}</div>
`;
