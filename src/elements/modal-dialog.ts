import { en } from '../i18n/en/later.ts';
import type { ClerkElement } from './base/clerk-element.ts';
import { dialogStyles } from './styles/dialog.ts';

/** What is needed of the UI file. */
export interface ModalParts {
  /** Puts the focus where a card begins. */
  focusStep(root: ParentNode): void;
}

/**
 * The modal dialog of `openSignIn()` and `openSignUp()`: one at a time, a real `<dialog>` with the card in it, so that the browser
 * keeps the focus inside, closes it by Escape and gives the focus back. A further card takes the place of the one before.
 */
export class ModalDialog {
  readonly #parts: ModalParts;
  #dialog: HTMLDialogElement | undefined;

  constructor(parts: ModalParts) {
    this.#parts = parts;
  }

  /** Shows `element`. */
  async show(element: ClerkElement): Promise<void> {
    const dialog = (this.#dialog ??= this.#create());
    dialog.ariaLabel = en.modal[element.localName as keyof typeof en.modal];
    if (dialog.firstElementChild instanceof HTMLDivElement) dialog.prepend(element);
    else dialog.firstElementChild?.replaceWith(element);
    // With a card that is not drawn yet the dialog itself would get the focus.
    await element.updateComplete;
    if (dialog !== this.#dialog) return;
    if (!dialog.open) dialog.showModal();
    // The browser would choose the title.
    this.#parts.focusStep(element);
  }

  /** Takes the dialog away at once: its event comes later, and would take the next one away too. */
  close(): void {
    const dialog = this.#dialog;
    this.#dialog = undefined;
    dialog?.close();
    dialog?.remove();
  }

  #create(): HTMLDialogElement {
    const dialog = document.createElement('dialog');
    dialog.className = 'cl-modalContent';
    const frame = document.createElement('div');
    frame.setAttribute('data-clerk-root', '');
    frame.append(closeButton(() => this.close()));
    dialog.append(frame);
    // Both ends of the click: text that is selected beyond the card's edge must not close it.
    let pressed: EventTarget | null = null;
    dialog.addEventListener('pointerdown', ({ target }) => (pressed = target));
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog && pressed === dialog) this.close();
    });
    // Escape.
    dialog.addEventListener('close', () => {
      if (dialog === this.#dialog) this.close();
    });
    dialog.addEventListener('clerk-finished', () => this.close());
    document.body.append(dialog);
    // The card brings the other sheets along.
    adoptDialogStyles();
    return dialog;
  }
}

let sheet: CSSStyleSheet | undefined;

function adoptDialogStyles(): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(dialogStyles);
  }
  // The page may have set its own list meanwhile.
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
}

function closeButton(close: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'cl-iconButton cl-modalCloseButton';
  button.ariaLabel = en.modal.close;
  button.addEventListener('click', close);
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 20 20');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(icon.namespaceURI, 'path');
  path.setAttribute('d', 'm5 5 10 10M15 5 5 15');
  icon.append(path);
  button.append(icon);
  return button;
}
