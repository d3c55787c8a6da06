import { css } from 'lit';

/**
 * Every design token. The page sets Clerk's names (`--clerk-color-primary` …) on `:root` or any other ancestor; our own sheets
 * read the `--cl-…` twins declared here, which carry the defaults. They must be twins: declaring a default under Clerk's name
 * on our element would hide what the page has set further up.
 *
 * Light and dark follow the `color-scheme` that the page gives. Every text pair passes WCAG 2.2 AA (4.5:1), borders of controls
 * 3:1, in both: `test/elements/styles/tokens.test.ts`.
 */
export const tokens = css`
  div:where([data-clerk-root]),
  dialog:where(.cl-modalContent) {
    --cl-color-primary: var(--clerk-color-primary, light-dark(#4338ca, #a5b4fc));
    --cl-color-primary-foreground: var(--clerk-color-primary-foreground, light-dark(#fff, #17153b));
    --cl-color-danger: var(--clerk-color-danger, light-dark(#b42318, #fda29b));
    --cl-color-success: var(--clerk-color-success, light-dark(#05673e, #6ce9a6));
    --cl-color-warning: var(--clerk-color-warning, light-dark(#93370d, #fec84b));
    --cl-color-neutral: var(--clerk-color-neutral, var(--cl-color-foreground));
    --cl-color-foreground: var(--clerk-color-foreground, light-dark(#1b1b22, #ececf1));
    --cl-color-muted-foreground: var(--clerk-color-muted-foreground, light-dark(#5b5b69, #a9a9b6));
    --cl-color-muted: var(--clerk-color-muted, light-dark(#f7f7fa, #23232a));
    --cl-color-background: var(--clerk-color-background, light-dark(#fff, #1c1c21));
    --cl-color-input: var(--clerk-color-input, light-dark(#fff, #151519));
    --cl-color-input-foreground: var(--clerk-color-input-foreground, var(--cl-color-foreground));
    --cl-color-border: var(--clerk-color-border, light-dark(#85859a, #7c7c8c));
    --cl-color-ring: var(--clerk-color-ring, var(--cl-color-primary));
    --cl-color-shadow: var(--clerk-color-shadow, #000);
    --cl-color-shimmer: var(--clerk-color-shimmer, light-dark(#ececf2, #2c2c34));
    --cl-color-modal-backdrop: var(--clerk-color-modal-backdrop, light-dark(#14141a99, #000000b3));
    --cl-font-family: var(--clerk-font-family, system-ui, sans-serif);
    --cl-font-family-buttons: var(--clerk-font-family-buttons, var(--cl-font-family));
    --cl-font-size: var(--clerk-font-size, 0.9375rem);
    --cl-font-weight: var(--clerk-font-weight, 400);
    --cl-border-radius: var(--clerk-border-radius, 0.5rem);
    --cl-spacing: var(--clerk-spacing, 1rem);
  }
`;
