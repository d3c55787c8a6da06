import type { PropertyDeclarations } from 'lit';
import { ClerkController, ClerkElement, html, nothing, readAttribute } from '../shared.ts';
import { parseField } from './field.ts';
import type { FieldReader } from './field.ts';
import { toMoment } from './moment.ts';
import { textStyles } from './text.styles.ts';

/**
 * A value of the user as text, and always as text. It follows every change: of this tab, of others, and of a backend. Dates of the
 * user are written out in the language of the document, lists and objects as JSON.
 *
 * @example Hello <clerk-text field="user.firstName" fallback="there"></clerk-text>!
 * @attr field - `public.` or `unsafe.` and a path into that metadata, or one of `user.id`, `user.externalId`, `user.username`,
 *   `user.firstName`, `user.lastName`, `user.fullName`, `user.primaryEmailAddress`, `user.imageUrl`, `user.hasImage`,
 *   `user.hasVerifiedEmailAddress`, `user.passwordEnabled`, `user.twoFactorEnabled`, `user.lastSignInAt`, `user.legalAcceptedAt`,
 *   `user.createdAt`, `user.updatedAt`
 * @attr type - how a date is written out: `date`, or `datetime` for the time of day too. Dates of the user are by themselves; a text of
 *   metadata that holds one, such as `2000-01-31`, is where this says so
 * @attr fallback - shown instead when nobody is signed in, the value is missing or empty, or Clerk could not be loaded
 * @cssstate loading - nobody knows yet
 * @cssstate shown - there is a value
 * @cssstate empty - there is none
 */
export class ClerkTextElement extends ClerkElement {
  static override styles = [textStyles];
  static override properties: PropertyDeclarations = { field: {}, type: {}, fallback: {} };

  declare field: string | null | undefined;
  declare type: string | null | undefined;
  declare fallback: string | null | undefined;

  readonly #connection = new ClerkController(this);
  #read: FieldReader | undefined;
  /** Empty where there is nothing to show. */
  #value: unknown;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('field') || !this.hasUpdated) this.#read = readAttribute(this, parseField, this.field);
  }

  protected override update(changed: Map<PropertyKey, unknown>): void {
    const { clerk, phase } = this.#connection;
    // A session with something left to do counts as none, as it does at Clerk.
    const user = phase === 'ready' && clerk?.isSignedIn ? clerk.user : undefined;
    this.#value = (user && this.#read?.(user)) ?? '';
    const isLoading = phase === 'loading';
    const isEmpty = this.#value === '';
    this.setState('loading', isLoading);
    this.setState('shown', !isEmpty);
    this.setState('empty', isEmpty && !isLoading);
    super.update(changed);
  }

  protected override render(): unknown {
    if (this.#value !== '') return this.#written(this.#value);
    return this.#connection.phase === 'loading' ? nothing : this.fallback;
  }

  /** Metadata holds dates as texts, and a text that looks like one need not be meant as one: `type` says so. */
  #written(value: unknown): unknown {
    const { type } = this;
    const isMoment = value instanceof Date || type === 'date' || type === 'datetime';
    const moment = isMoment && toMoment(value, type === 'datetime' ? type : 'date', this.#language);
    if (moment) return html`<time datetime=${moment.dateTime}>${moment.text}</time>`;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  get #language(): string {
    return (this.closest('[lang]') ?? document.documentElement).getAttribute('lang') ?? '';
  }
}

/** For the registry of elements. */
export { ClerkTextElement as element };
