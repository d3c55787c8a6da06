import { html, render } from 'lit';
import { en } from '../i18n/en.ts';
import { adoptStyles } from './base/adopt-styles.ts';
import type { ClerkElement } from './base/clerk-element.ts';
import { focusStep } from './base/focus.ts';
import { cardStyles } from './styles/card.ts';
import { controls } from './styles/controls.ts';
import { dialogStyles } from './styles/dialog.ts';
import { reset } from './styles/reset.ts';
import { tokens } from './styles/tokens.ts';
import { closeIcon } from './templates/icons.ts';

/**
 * The modal dialog of `openSignIn()` and `openSignUp()`: one at a time, a real `<dialog>` with the card in it, so that the browser
 * keeps the focus inside, closes it by Escape and gives the focus back. A further card takes the place of the one before.
 */
export class ModalDialog {
  #dialog: HTMLDialogElement | undefined;

  /** Whether it shows an element of this tag. */
  shows(tag: string): boolean {
    return this.#dialog?.firstElementChild?.localName === tag;
  }

  /** Shows `element`. What is called `label` to readers. */
  async show(element: ClerkElement, label: string): Promise<void> {
    const dialog = (this.#dialog ??= this.#create());
    dialog.setAttribute('aria-label', label);
    if (dialog.firstElementChild instanceof HTMLDivElement) dialog.prepend(element);
    else dialog.firstElementChild?.replaceWith(element);
    // With a card that is not drawn yet the dialog itself would get the focus.
    await element.updateComplete;
    if (dialog !== this.#dialog) return;
    if (!dialog.open) dialog.showModal();
    // The browser would choose the title.
    focusStep(element);
  }

  close(): void {
    if (this.#dialog?.open) this.#dialog.close();
    else this.#remove();
  }

  #create(): HTMLDialogElement {
    const dialog = document.createElement('dialog');
    dialog.className = 'cl-modalContent';
    const frame = document.createElement('div');
    frame.setAttribute('data-clerk-root', '');
    render(
      html`<button type="button" class="cl-modalCloseButton" aria-label=${en.closeModal} @click=${() => dialog.close()}>
        ${closeIcon}
      </button>`,
      frame,
    );
    dialog.append(frame);
    // Both ends of the click: text that is selected beyond the card's edge must not close it.
    let pressed: EventTarget | null = null;
    dialog.addEventListener('pointerdown', ({ target }) => (pressed = target));
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog && pressed === dialog) dialog.close();
    });
    dialog.addEventListener('close', () => this.#remove());
    dialog.addEventListener('clerk-finished', () => dialog.close());
    document.body.append(dialog);
    adoptStyles(dialog, [tokens, reset, controls, cardStyles, dialogStyles].flat());
    return dialog;
  }

  #remove(): void {
    this.#dialog?.remove();
    this.#dialog = undefined;
  }
}
