import { nothing, render } from 'lit';
import type { FormValues } from '../../factors/factor.ts';
import { problemOf } from '../../flows/problem.ts';
import type { ProblemItem } from '../../flows/problem.ts';
import { errorText } from '../../i18n/error-text.ts';
import { card, loadingCard, logoBox } from '../templates/card.ts';
import type { Screen } from '../templates/card.ts';
import type { FieldHelpers, FieldState } from '../templates/field.ts';
import { ActionController } from './action-controller.ts';
import type { Action } from './action-controller.ts';
import { ClerkElement } from './clerk-element.ts';
import { CountdownController } from './countdown-controller.ts';
import { focusStep, focusWrongField } from './focus.ts';

/**
 * Shows one screen at a time, each described by data: draws it, hands its form on, runs its actions, puts failures at their fields and
 * moves the focus. What the screens are is the business of its children.
 */
export abstract class ScreenElement extends ClerkElement implements FieldHelpers {
  /** 1 to 6; 1 otherwise. */
  declare headingLevel: string | number | null | undefined;

  /** As in `cl-signIn-root`. */
  protected abstract readonly flow: string;
  protected readonly action = new ActionController(this);
  /** Counts down to when the API takes requests again. */
  protected readonly wait = new CountdownController(this);
  /** Good news of the last action. */
  protected notice: string | undefined;
  /** The strategy of the provider to which the person is on the way: its button says so, in place of the screen's own. */
  protected going: string | undefined;
  /** A card of the other kind, in place of this one. */
  protected otherCard: HTMLElement | undefined;

  #screen: Screen | undefined;
  #error: unknown;
  #items: ProblemItem[] = [];
  /** Fields of which a screen shows what is typed, or something about it. */
  readonly #followed = new Set<string>();
  /** What has changed since the focus was moved last. */
  #isNewScreen = true;
  #isNewError = false;
  /** The person has used this card: from now on the focus follows its steps. So it does in a dialog, and in the place of another card. */
  #used = false;
  /** Ends what goes on while the screen is shown. */
  #attendance: AbortController | undefined;

  /** The screen to show; `undefined` while that cannot be told. */
  protected abstract currentScreen(): Screen | undefined;

  /** Address of a logo that may be shown. */
  protected abstract get logo(): string | undefined;

  /** Whether the card stands in the dialog of `openSignIn()` or `openSignUp()`. */
  protected get modal(): boolean {
    return this.closest('dialog.cl-modalContent') !== null;
  }

  /** What the field called `name` needs: its id, and the message at it. */
  field<Name extends string>(name: Name): FieldState<Name> {
    return { id: this.fieldId(name), name, error: this.#errorAt(name) };
  }

  /** What is in the field called `name` now. A screen that asks for it is drawn again whenever it changes. */
  protected typed(name: string): string {
    this.#followed.add(name);
    return this.renderRoot.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? '';
  }

  /** What is in the form, read from the document, so that what was filled in without an event counts. */
  protected get values(): FormValues {
    return Object.fromEntries(new FormData(this.renderRoot.querySelector('form') ?? undefined)) as FormValues;
  }

  /** Goes to the field called `name` of the screen as it is to be. */
  protected async focusField(name: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`input[name=${name}]`)?.focus();
  }

  /** Shows what the card has decided without asking the API. */
  protected follow(): void {
    this.#used = true;
    this.notice = undefined;
    this.action.abandon();
  }

  /** Runs an action of the person. Failures are shown; too many requests start `countdown`. */
  protected async run(action: Action, countdown = this.wait): Promise<void> {
    if (this.action.busy) return;
    this.follow();
    if (await this.action.run(action)) return;
    const { retryAfter } = problemOf(this.action.error);
    if (retryAfter) countdown.start(retryAfter);
  }

  /** Ends what goes on while the screen is shown; it begins anew where an action has left the screen as it was. */
  protected stopAttending(): void {
    this.#attendance?.abort();
    this.#attendance = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopAttending();
  }

  /** The texts of a failure, each once. */
  protected textsOf(items: readonly ProblemItem[]): string[] {
    return [...new Set(items.map((item) => errorText(this.strings, item)))];
  }

  protected override firstUpdated(): void {
    this.renderRoot.addEventListener('input', ({ target }) => {
      const { name } = target as HTMLInputElement;
      // A message goes when its field is edited. Without one, most screens look the same whatever is typed.
      const rest = this.#items.filter(({ field }) => field !== name);
      if (rest.length === this.#items.length && !this.#followed.has(name)) return;
      this.#items = rest;
      this.requestUpdate();
    });
  }

  protected override willUpdate(): void {
    // The card as a whole: a subgrid against the direction of its grid turns the rows around, too (Chromium 156).
    Object.assign(this, this.strings.root);
    const { error, busy } = this.action;
    if (error !== this.#error) {
      this.#error = error;
      this.#isNewError = error !== undefined;
      this.#items = this.#isNewError ? problemOf(error).items : [];
    }
    const former = this.#screen;
    this.#screen = this.currentScreen();
    if (this.hasUpdated && keyOf(former) !== keyOf(this.#screen)) {
      this.#isNewScreen = true;
      // The next screen has fields of its own, even where it looks alike.
      render(nothing, this.renderRoot as HTMLElement, this.renderOptions);
    }
    this.setState('busy', busy);
    this.setState('fields', !this.otherCard && this.#screen?.pageFields === true);
  }

  protected override updated(): void {
    const { renderRoot } = this;
    for (const input of renderRoot.querySelectorAll('input')) input.setCustomValidity(this.#errorAt(input.name) ?? '');
    // A card that is busy takes no click, and says so: who clicks as a test does waits for it.
    for (const link of renderRoot.querySelectorAll('[role=link]')) link.ariaDisabled = this.action.busy ? 'true' : null;
    if (
      !(this.#isNewError && focusWrongField(renderRoot)) &&
      this.#isNewScreen &&
      (this.#used || this.modal || this.closest('[data-clerk-root]'))
    ) {
      focusStep(renderRoot);
    }
    if (this.#isNewScreen) this.stopAttending();
    this.#isNewError = this.#isNewScreen = false;
    const { whileShown } = (!this.otherCard && this.#screen) || {};
    if (whileShown && !this.#attendance && !this.action.busy) whileShown((this.#attendance = new AbortController()).signal);
  }

  protected override render(): unknown {
    const { strings, flow, headingLevel, logo } = this;
    const screen = this.#screen;
    if (this.otherCard) return this.otherCard;
    if (!screen) return loadingCard(flow, headingLevel, strings.loading);
    const rest = this.#items.filter(({ field = '' }) => !screen.fieldNames?.includes(field));
    const { left } = this.wait;
    return (this.look?.card ?? card)(screen, {
      flow,
      headingLevel,
      logo: logo ? logoBox(logo) : nothing,
      strings,
      alerts: screen.alerts ?? this.textsOf(rest),
      note: left ? strings.tryAgainIn(left) : undefined,
      busy: this.action.busy && !this.going,
      submit: this.#submit,
    });
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (!this.wait.left) this.#screen?.submit?.(this.values);
  };

  #errorAt(name: string): string | undefined {
    return this.textsOf(this.#items.filter(({ field }) => field === name)).join(' ') || undefined;
  }
}

const keyOf = (screen: Screen | undefined) => screen && screen.part + (screen.key ?? '');
