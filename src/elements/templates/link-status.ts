/** Where a link from a mail stands, as a picture: waiting for it, opened, or of no use. Given its tags, since the files that draw it come beside the UI file. */
import type { css as Css, CSSResult, html as Html, TemplateResult } from 'lit';

export interface LinkStatusParts {
  html: typeof Html;
  css: typeof Css;
  /** Adds a sheet to those of the card's document or shadow root. */
  adopt(styles: CSSResult): void;
}

/** An envelope, a tick, an exclamation mark. */
const pictures = {
  pending: 'M3 5.5h14v9.5H3zM3 6l7 5.5L17 6',
  done: 'm4 10.5 4 4 8-9',
  refused: 'M10 4v7.5M10 15.5v.01',
};

let styles: CSSResult | undefined;

export function createLinkStatus({ html, css, adopt }: LinkStatusParts) {
  adopt(
    (styles ??= css`
      div:where([data-clerk-root]) {
        div:where(.cl-verificationLinkStatusBox) {
          display: grid;
          justify-items: center;
          gap: calc(var(--cl-spacing) * 0.75);
          padding-block: var(--cl-spacing);
          text-align: center;
          color: var(--cl-color-muted-foreground);
        }
        div:where(.cl-verificationLinkStatusIconBox) {
          display: grid;
          place-content: center;
          inline-size: 4rem;
          block-size: 4rem;
          border-radius: 50%;
          background: color-mix(in srgb, currentColor 10%, transparent);
          color: var(--cl-color-foreground);
          &:where(.cl-verificationLinkStatusIconBox__done) {
            color: var(--cl-color-success);
          }
          &:where(.cl-verificationLinkStatusIconBox__refused) {
            color: var(--cl-color-danger);
          }
        }
        svg:where(.cl-verificationLinkStatusIcon) {
          inline-size: 1.75rem;
          block-size: 1.75rem;
        }
      }
    `),
  );

  /** Says nothing that the text of the screen does not, but for `text` below the picture. */
  return (status: 'pending' | 'done' | 'refused', text?: TemplateResult): TemplateResult => html`
    <div class="cl-verificationLinkStatusBox">
      <div class=${`cl-verificationLinkStatusIconBox cl-verificationLinkStatusIconBox__${status}`} aria-hidden="true">
        <svg class="cl-verificationLinkStatusIcon" viewBox="0 0 20 20">
          <path d=${pictures[status]} />
        </svg>
      </div>
      ${text}
    </div>
  `;
}
