/** One-time codes: one real input, so that readers, phones and password managers know it; the six boxes behind it are decoration. */
import type { html as Html, nothing as Nothing, TemplateResult } from 'lit';
import { en } from '../../i18n/en/code.ts';
import { digitsOf } from '../../rules/digits.ts';
import { codeLength, isCompleteCode } from '../../rules/one-time-code.ts';

export interface CodeField {
  /** Id of the input; its message is `<id>-message`. */
  id: string;
  error?: string | undefined;
  /** Good news, such as that a new code is on its way. */
  success?: string | undefined;
}

/** What is needed of the UI file, since the files that draw codes come beside it. */
export interface CodeInputParts {
  html: typeof Html;
  nothing: typeof Nothing;
}

export function createCodeInput({ html, nothing }: CodeInputParts) {
  /** A field for a code of six digits, called `code`. It submits its form as soon as it is complete. */
  const codeField = ({ id, error, success }: CodeField): TemplateResult => html`
    <div class=${`cl-otpCodeField${error ? ' cl-error' : ''}`}>
      <label class="cl-formFieldLabel cl-formFieldLabel__code" for=${id}>${en.label}</label>
      <div class="cl-otpCodeFieldInputs">
        <div class="cl-otpCodeFieldBoxes" aria-hidden="true">
          ${Array.from({ length: codeLength }, () => html`<span class="cl-otpCodeFieldInput"></span>`)}
        </div>
        <input
          id=${id}
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          class="cl-otpCodeFieldInputContainer"
          aria-invalid=${error ? 'true' : nothing}
          aria-describedby=${error ? `${id}-message` : nothing}
          @input=${tidy}
          @paste=${paste}
        />
      </div>
      <div aria-live="polite">
        ${
          error
            ? html`<p id="${id}-message" class="cl-otpCodeFieldErrorText cl-formFieldErrorText">${error}</p>`
            : success
              ? html`<p class="cl-otpCodeFieldSuccessText cl-formFieldSuccessText">${success}</p>`
              : nothing
        }
      </div>
    </div>
  `;

  /** Asks for another code, once `secondsLeft` have passed. */
  const resendLink = (secondsLeft: number, resend: () => unknown): TemplateResult => html`
    <button type="button" class="cl-link cl-formResendCodeLink" ?disabled=${secondsLeft} @click=${resend}>${en.resend(secondsLeft)}</button>
  `;

  return { codeField, resendLink };
}

/** The first six digits. */
const codeIn = (text: string) => digitsOf(text).slice(0, codeLength);

function tidy(event: Event): void {
  take(event.currentTarget as HTMLInputElement);
}

function paste(event: ClipboardEvent): void {
  const input = event.currentTarget as HTMLInputElement;
  const code = codeIn(event.clipboardData?.getData('text') ?? '');
  event.preventDefault();
  if (isCompleteCode(code)) input.value = code;
  else input.setRangeText(code, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
  // As the browser's own paste would: whoever listens for edits must learn of this one.
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}

function take(input: HTMLInputElement): void {
  const code = codeIn(input.value);
  if (code !== input.value) input.value = code;
  if (isCompleteCode(code)) input.form?.requestSubmit();
}
