/** Operates a `<clerk-sign-in>` as a person would. */
import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { ClerkSignInElement } from '../../../src/elements/sign-in/sign-in.ts';
import { until } from '../../support/until.ts';

export class Card {
  readonly element: ClerkSignInElement;
  /** Sessions of the complete events; tests stay on their page. */
  readonly completed: (string | null)[] = [];

  constructor(element: ClerkSignInElement) {
    this.element = element;
    element.addEventListener('clerk-sign-in-complete', (event) => {
      event.preventDefault();
      this.completed.push(event.sessionId);
    });
  }

  get title(): string | undefined {
    return this.element.querySelector('.cl-headerTitle')?.textContent;
  }

  get alert(): string | undefined {
    return this.element.querySelector('[role=alert]')?.textContent.trim();
  }

  field(name: string): HTMLInputElement {
    const found = this.element.querySelector<HTMLInputElement>(`form input[name=${name}]`);
    if (!found) throw new Error(`There is no field ${name}: ${this.element.textContent}`);
    return found;
  }

  /** The message at a field, as its description has it. */
  error(name: string): string | undefined {
    const ids = this.field(name).getAttribute('aria-describedby')?.split(' ') ?? [];
    const message = ids.find((id) => id.endsWith('-message'));
    return message && document.getElementById(message)?.textContent;
  }

  button(name: string | RegExp): HTMLElement {
    const found = [...this.element.querySelectorAll<HTMLElement>('button, a')].find((each) => {
      const label = each.ariaLabel ?? each.textContent.trim().replaceAll(/\s+/g, ' ');
      return typeof name === 'string' ? label === name : name.test(label);
    });
    if (!found) throw new Error(`There is no button ${String(name)}: ${this.element.textContent}`);
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

  /** To the screen that asks for the password alone. */
  async identify(identifier: string): Promise<void> {
    this.fill({ identifier });
    this.submit();
    await this.shows('Enter your password');
  }
}

/** Puts the card on the page and waits for its first real screen. */
export async function signInCard(template: TemplateResult = html`<clerk-sign-in></clerk-sign-in>`): Promise<Card> {
  const root = await fixture(html`<div>${template}</div>`);
  const card = new Card(root.querySelector<ClerkSignInElement>('clerk-sign-in')!);
  await until(() => card.element.matches(':state(ready)') && card.title);
  return card;
}
