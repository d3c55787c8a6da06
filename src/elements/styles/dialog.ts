/** Marks a style sheet for the build. Lit's own belongs to the UI file. */
const css = (text: TemplateStringsArray) => text.join('');

/** The modal dialog around a card. The page behind it does not scroll: by CSS alone, so that nothing has to be put back. */
export const dialogStyles = css`
  html:where(:has(dialog.cl-modalContent:modal)) {
    overflow: hidden;
  }
  dialog:where(.cl-modalContent) {
    inline-size: min(25rem, 100% - 2rem);
    max-inline-size: none;
    max-block-size: 100dvb;
    margin: auto;
    padding: 1rem 0;
    border: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    background: none;
    color-scheme: inherit;
  }
  dialog:where(.cl-modalContent)::backdrop {
    background: var(--cl-color-modal-backdrop);
  }
  dialog:where(.cl-modalContent) > :is(clerk-sign-in, clerk-sign-up, clerk-user-verification) {
    inline-size: 100%;
    min-block-size: 0;
  }
  dialog:where(.cl-modalContent) div div:where(.cl-header) {
    padding-inline: 1.5rem;
  }
  dialog:where(.cl-modalContent) > div:where([data-clerk-root]) {
    position: absolute;
    inset-block-start: 1.5rem;
    inset-inline-end: 0.5rem;
  }
`;
