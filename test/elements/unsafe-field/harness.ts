/** Operates a `<clerk-unsafe-field>` as a person would. */
import { html, fixture } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import type { ClerkApi } from '../../../src/clerk/clerk-api.ts';
import { ClerkUnsafeFieldElement } from '../../../src/elements/unsafe-field/unsafe-field.ts';
import { until } from '../../support/until.ts';

export { ClerkUnsafeFieldElement };

export class Field {
  readonly element: ClerkUnsafeFieldElement;

  constructor(element: ClerkUnsafeFieldElement) {
    this.element = element;
  }

  get control(): HTMLInputElement {
    const selector = ':is(input:not([type=hidden]), select, textarea)';
    // Or one of the page's own.
    return this.element.querySelector<HTMLInputElement>(`[data-clerk-root] ${selector}`) ?? this.element.querySelector(selector)!;
  }

  get status(): string | undefined {
    return ['saving', 'saved', 'invalid', 'failed'].find((name) => this.element.matches(`:state(${name})`));
  }

  get message(): string | undefined {
    return this.element.querySelector('.cl-formFieldErrorText')?.textContent;
  }

  get button(): HTMLButtonElement | null {
    return this.element.querySelector('button');
  }

  async settled(status: string | undefined): Promise<void> {
    await until(
      () => this.status === status,
      () => `status ${status}: it is ${this.status} with "${this.element.text}", ${this.message}`,
    );
  }

  /** Types into the control in place of what is there, and stays there. */
  async type(text: string): Promise<void> {
    this.control.focus();
    this.control.select();
    await sendKeys(text ? { type: text } : { press: 'Delete' });
  }

  /** Types, and leaves. */
  async fill(text: string): Promise<void> {
    await this.type(text);
    this.control.blur();
    await this.element.updateComplete;
  }
}

/** Puts fields on the page: one for each `<clerk-unsafe-field>` in `template`. They wait until they are ready. */
export async function fields(clerk: ClerkApi, template: TemplateResult): Promise<Field[]> {
  const root = await fixture(html`<div>${template}</div>`);
  const elements = [...root.querySelectorAll<ClerkUnsafeFieldElement>('clerk-unsafe-field')];
  for (const element of elements) element.clerk = clerk;
  await Promise.all(elements.map((element) => element.updateComplete));
  await until(() => elements.every((element) => element.matches(':state(ready)')));
  // Some controls come in a file of their own.
  await until(() => elements.every((element) => element.text !== null));
  return elements.map((element) => new Field(element));
}

export async function field(clerk: ClerkApi, template: TemplateResult): Promise<Field> {
  const [first] = await fields(clerk, template);
  return first!;
}
