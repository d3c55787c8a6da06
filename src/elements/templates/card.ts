/** The frame that all screens of the cards share. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FormValues } from '../../factors/factor.ts';
import type { Strings } from '../../i18n/en/cards.ts';
import { alert } from './alert.ts';
import { primaryButton } from './button.ts';
import { heading } from './heading.ts';
import { spinner } from './icons.ts';

export type Part = TemplateResult | typeof nothing | undefined | Part[];

/** One screen of a card. */
export interface Screen {
  /** Its name, as in `cl-signIn-start`. */
  part: string;
  /** Together with the part the step: where it changes, the fields are new ones, and the focus moves to the first of them. */
  key?: string;
  title: string;
  subtitle?: string | undefined;
  /** Below the subtitle: whom the screen is about. */
  preview?: Part;
  /** Messages in place of those that belong to no field. */
  alerts?: string[];
  /** Buttons of the providers, above the fields. */
  social?: Part;
  fields?: Part;
  /** Names of the fields, which show messages of their own; a screen with fields is a form. */
  fieldNames?: readonly string[];
  /** What its button does. */
  submit?: ((values: FormValues) => unknown) | undefined;
  /** The text of the button, where it is not "Continue". */
  button?: string;
  /** Below the button. */
  links?: Part;
  footer?: Part;
  /**
   * What goes on by itself while the screen is shown, such as waiting for a link to be opened. Called when the screen has come and no action
   * is running; the signal is aborted when another screen comes, when the card is taken away, and by `stopAttending()`.
   */
  whileShown?: ((signal: AbortSignal) => unknown) | undefined;
  /** Whether fields of the page (`slot="fields"`) stand on this screen, below its own. */
  pageFields?: boolean;
}

/** What a card adds to its screens. */
export interface CardState {
  flow: string;
  headingLevel: unknown;
  /** The application's logo. */
  logo: Part;
  strings: Strings;
  /** Messages that belong to no field. */
  alerts: string[];
  /** Until when nothing can be sent; not announced, so that it may count down. */
  note: string | undefined;
  busy: boolean;
  submit: (event: Event) => void;
}

const content = (screen: Screen, { alerts, note, strings, busy, submit }: CardState) => html`
  <div class="cl-formContainer">${alert(alerts, note)} ${screen.social} ${screen.fields}</div>
  <div class="cl-formActions">
    ${
      screen.submit
        ? primaryButton({ label: screen.button ?? strings.continue, busy, waiting: note, onClick: screen.fieldNames ? undefined : submit })
        : nothing
    }
    ${screen.links}
  </div>
`;

/** A screen of a card. It is never validated by the browser: its messages would not be ours, and not at the field. */
export const card = (screen: Screen, state: CardState): TemplateResult => html`
  <div class="cl-rootBox cl-${state.flow}-root">
    <div class="cl-cardBox cl-${state.flow}-${screen.part}">
      <div class="cl-card">
        <div class="cl-header">
          ${state.logo} ${heading(state.headingLevel, screen.title)}
          ${screen.subtitle ? html`<p class="cl-headerSubtitle">${screen.subtitle}</p>` : nothing} ${screen.preview}
        </div>
        <div class="cl-main">
          ${
            screen.fieldNames
              ? html`<form class="cl-form" novalidate method="post" @submit=${state.submit}>${content(screen, state)}</form>`
              : html`<div class="cl-form">${content(screen, state)}</div>`
          }
        </div>
      </div>
      ${screen.footer ? html`<div class="cl-footer">${screen.footer}</div>` : nothing}
    </div>
  </div>
`;

/** @param address must have passed `safeUrl()` */
export const logoBox = (address: string): TemplateResult =>
  html`<div class="cl-logoBox"><img class="cl-logoImage" src=${address} alt="" /></div>`;

/** The card before anything is known. */
export const loadingCard = (flow: string, headingLevel: unknown, label: string): TemplateResult => html`
  <div class="cl-rootBox cl-${flow}-root">
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
