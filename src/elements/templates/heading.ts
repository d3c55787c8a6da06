import { html } from 'lit';
import type { TemplateResult } from 'lit';

const headings: ((text: string) => TemplateResult)[] = [
  (text) => html`<h1 class="cl-headerTitle" tabindex="-1">${text}</h1>`,
  (text) => html`<h2 class="cl-headerTitle" tabindex="-1">${text}</h2>`,
  (text) => html`<h3 class="cl-headerTitle" tabindex="-1">${text}</h3>`,
  (text) => html`<h4 class="cl-headerTitle" tabindex="-1">${text}</h4>`,
  (text) => html`<h5 class="cl-headerTitle" tabindex="-1">${text}</h5>`,
  (text) => html`<h6 class="cl-headerTitle" tabindex="-1">${text}</h6>`,
];

/** The title of a card. A `level` that is not 1 to 6 is 1. It can be focused by script, where a screen has no field. */
export function heading(level: unknown, text: string): TemplateResult {
  const template = headings[Number(level) - 1] ?? headings[0];
  return template!(text);
}
