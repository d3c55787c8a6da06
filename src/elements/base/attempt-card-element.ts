import { html } from 'lit';
import { hasCode } from '../../flows/problem.ts';
import type { EnvironmentResource } from '../../resources/types.ts';
import { primaryButton } from '../templates/button.ts';
import { card } from '../templates/card.ts';
import type { FieldHelpers } from '../templates/field.ts';
import type { Action } from './action-controller.ts';
import { ClerkCardElement } from './card-element.ts';
import type { CardScreen } from './card-element.ts';

/** Seconds between two codes (security.md §3). */
const resendAfter = 30;

/** Answers that say: this attempt is gone, or has moved on elsewhere. */
const lostAttempt = ['resource_not_found', 'client_state_invalid', 'sign_in_not_found', 'sign_up_not_found'];

/** What cards have in common that work on an attempt of the API: codes that are sent, and the screens on which any attempt may end. */
export abstract class AttemptCardElement extends ClerkCardElement {
  /** What the person has decided, and the API does not know. */
  protected abstract choice: { engaged: boolean; view?: string | undefined };
  /** Good news of the last action. */
  protected notice: string | undefined;

  protected get environment(): EnvironmentResource {
    return this.context!.environment;
  }

  /** What every set of fields needs. */
  protected get helpers(): FieldHelpers {
    return {
      strings: this.strings,
      fieldId: (name) => this.fieldId(name),
      error: (name) => this.errorAt(name),
    };
  }

  protected override async run(name: string, action: Action): Promise<boolean> {
    this.notice = undefined;
    const done = await super.run(name, action);
    if (!done && hasCode(this.action.error, ...lostAttempt)) this.choice = { engaged: false, view: 'start' };
    return done;
  }

  /** Back to the first screen; what was typed there is kept. */
  protected startAgain(): void {
    this.resend.start(0);
    this.choice = { engaged: false, view: 'start' };
    this.follow();
  }

  /** A code is on its way: the next one has to wait. */
  protected noteSentCode(): void {
    this.resend.start(resendAfter);
  }

  /** Seen only where somebody else has finished the attempt: a card leaves at once after its own. */
  protected completeScreen(sessionId: string | null): CardScreen {
    const proceed = () => this.run('finish', () => this.finish(sessionId));
    const content = card({
      ...this.frame('complete', this.strings.signedIn.title),
      alert: this.alertBeside(),
      actions: primaryButton({ label: this.strings.continue, busy: this.busy, onClick: proceed }),
    });
    return { name: 'complete', content };
  }

  /** The API asks for something that is not known here, `what` by its own name for it. */
  protected unsupportedScreen(what: string): CardScreen {
    const { unsupported: texts, startAgain } = this.strings;
    const content = card({
      ...this.frame('unsupported', texts.title),
      subtitle: texts.subtitle,
      alert: this.alertBeside(),
      fields: html`<p class="cl-formFieldInfoText">${texts.detail(what)}</p>`,
      actions: primaryButton({
        label: startAgain,
        onClick: () => {
          this.startAgain();
        },
      }),
    });
    return { name: 'unsupported', content };
  }
}
