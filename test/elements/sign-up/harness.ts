/** Operates a `<clerk-sign-up>` as a person would. */
import { fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import type { ClerkSignUpElement } from '../../../src/elements/sign-up/sign-up.ts';
import { until } from '../../support/until.ts';

export const password = 'willow-compass-marble';

export class Card {
  readonly element: ClerkSignUpElement;

  constructor(element: ClerkSignUpElement) {
    this.element = element;
    // Tests stay on their page.
    element.addEventListener('clerk-sign-up-complete', (event) => {
      event.preventDefault();
    });
  }

  get title(): string | undefined {
    return this.element.querySelector('.cl-headerTitle')?.textContent;
  }

  field(name: string): HTMLInputElement {
    const found = this.element.querySelector<HTMLInputElement>(`form input[name=${name}]`);
    if (!found) throw new Error(`There is no field ${name}: ${this.element.textContent}`);
    return found;
  }

  get fieldNames(): string[] {
    return [...this.element.querySelectorAll<HTMLInputElement>('form input')].map(({ name }) => name);
  }

  /** The message at a field, as its description has it. */
  error(name: string): string | undefined {
    const ids = this.field(name).getAttribute('aria-describedby')?.split(' ') ?? [];
    const message = ids.find((id) => id.endsWith('-message'));
    return message && document.getElementById(message)?.textContent;
  }

  get alert(): string | undefined {
    return this.element.querySelector('[role=alert]')?.textContent.trim();
  }

  button(name: string): HTMLElement {
    const found = [...this.element.querySelectorAll<HTMLElement>('button, a')].find(
      (each) => (each.ariaLabel ?? each.textContent.trim()) === name,
    );
    if (!found) throw new Error(`There is no button ${name}.`);
    return found;
  }

  fill(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) {
      const input = this.field(name);
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  submit(): void {
    this.button('Continue').click();
  }

  async shows(title: string): Promise<void> {
    await until(() => this.title === title, `the screen "${title}"`);
  }

  async type(text: string): Promise<void> {
    await sendKeys({ type: text });
  }
}

/** Puts the card on the page and waits for its first real screen. */
export async function signUpCard(template: TemplateResult = html`<clerk-sign-up></clerk-sign-up>`): Promise<Card> {
  const root = await fixture(html`<div>${template}</div>`);
  const element = root.querySelector<ClerkSignUpElement>('clerk-sign-up')!;
  const card = new Card(element);
  await until(() => element.matches(':state(ready)') && card.title);
  return card;
}
