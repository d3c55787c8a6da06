import { html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ClerkApi, FlowName, SignInProps, SignUpProps } from '../../clerk/clerk-api.ts';
import type { FormValues } from '../../factors/factor.ts';
import { hasCode, problemOf } from '../../flows/problem.ts';
import type { ClientResource, EnvironmentResource } from '../../resources/types.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import { cardStyles } from '../styles/card.ts';
import { controls } from '../styles/controls.ts';
import { hostStyles } from '../styles/host.ts';
import { reset } from '../styles/reset.ts';
import { tokens } from '../styles/tokens.ts';
import { alert } from '../templates/alert.ts';
import { primaryButton } from '../templates/button.ts';
import { card, loadingCard } from '../templates/card.ts';
import type { CardParts } from '../templates/card.ts';
import { ActionController } from './action-controller.ts';
import type { Action } from './action-controller.ts';
import { ClerkFinishedEvent, ClerkNavigateEvent } from './card-events.ts';
import { ClerkController } from './clerk-controller.ts';
import { ClerkElement } from './clerk-element.ts';
import { CountdownController } from './countdown-controller.ts';
import { focusStep, focusWrongField } from './focus.ts';
import { FormErrors } from './form-errors.ts';
import { sessionCard } from './session-card.ts';

/** Everything a card may look at once it can show something. */
export interface CardContext {
  clerk: ClerkApi;
  client: ClientResource;
  environment: EnvironmentResource;
}

/** One screen of a card. */
export interface CardScreen {
  /** Another name is another step: the fields are new ones, and the focus moves to the first of them. */
  name: string;
  content: TemplateResult;
  /** Whether fields of the page (`slot="fields"`) stand on this screen. */
  pageFields?: boolean;
}

/** Props that an attribute of the same name in kebab-case sets. */
const addresses = [
  'forceRedirectUrl',
  'fallbackRedirectUrl',
  'signInUrl',
  'signInForceRedirectUrl',
  'signInFallbackRedirectUrl',
  'signUpUrl',
  'signUpForceRedirectUrl',
  'signUpFallbackRedirectUrl',
] as const;

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * What `<clerk-sign-in>` and `<clerk-sign-up>` have in common: loading, failing, a session that is already there, messages at
 * their fields, the focus after a step, finishing, and the way to the other card. A card says which screen it shows and what
 * its forms do.
 */
export abstract class ClerkCardElement extends ClerkElement {
  static override styles = [tokens, reset, controls, hostStyles, cardStyles];
  static override properties: PropertyDeclarations = {
    headingLevel: { attribute: 'heading-level' },
    initialValues: { attribute: false },
    unsafeMetadata: { attribute: false },
    ...Object.fromEntries(addresses.map((name) => [name, { attribute: kebab(name) }])),
  };

  /** 1 to 6; 1 otherwise. */
  declare headingLevel: string | number | null | undefined;
  /** What the fields hold at first, by field name. */
  declare initialValues: Record<string, string | undefined> | undefined;
  /** Given to an account that is made by this card, or by the other card reached from it. */
  declare unsafeMetadata: SignUpUnsafeMetadata | undefined;
  declare forceRedirectUrl: string | null | undefined;
  declare fallbackRedirectUrl: string | null | undefined;
  declare signInUrl: string | null | undefined;
  declare signInForceRedirectUrl: string | null | undefined;
  declare signInFallbackRedirectUrl: string | null | undefined;
  declare signUpUrl: string | null | undefined;
  declare signUpForceRedirectUrl: string | null | undefined;
  declare signUpFallbackRedirectUrl: string | null | undefined;

  protected abstract readonly flow: FlowName;
  protected readonly connection = new ClerkController(this);
  protected readonly action = new ActionController(this);
  /** Counts down to when the API takes requests again. */
  protected readonly wait = new CountdownController(this);
  /** Counts down to when another code may be asked for. */
  protected readonly resend = new CountdownController(this);
  protected errors = new FormErrors(this.strings, undefined);

  #error: unknown;
  #screen: CardScreen | undefined;
  #focused: string | undefined;
  #focusedError: unknown;
  /** The person has used this card: from now on the focus follows its steps. */
  #used = false;
  #finished: string | null | undefined;

  /** The screen to show. */
  protected abstract screenOf(context: CardContext): CardScreen;

  /** The event that announces the finished flow; the redirect stays out where the page cancels it. */
  protected abstract completeEvent(sessionId: string | null): Event;

  /** Whether the card stands in the dialog of `openSignIn()` or `openSignUp()`. */
  protected get modal(): boolean {
    return this.closest('dialog.cl-modalContent') !== null;
  }

  protected get context(): CardContext | undefined {
    const { clerk } = this.connection;
    const environment = clerk?.__internal_environment;
    return clerk?.client && environment ? { clerk, client: clerk.client, environment } : undefined;
  }

  protected get busy(): boolean {
    return this.action.state === 'busy';
  }

  /** What every screen of this card gives to `card()`. */
  protected frame(part: string, title: string): Pick<CardParts, 'flow' | 'part' | 'title' | 'headingLevel' | 'logo'> {
    const logo = safeUrl(this.context?.environment.logoImageUrl, 'image');
    return { flow: this.flow, part, title, headingLevel: this.headingLevel, logo };
  }

  /** The messages that belong to none of the fields on the screen. */
  protected alertBeside(...fields: string[]): TemplateResult | typeof nothing {
    const { left } = this.wait;
    return alert(this.errors.rest(fields), left ? this.strings.tryAgainIn(left) : undefined);
  }

  /** The message at the field called `name`. */
  protected errorAt(name: string): string | undefined {
    return this.errors.of(name, ...aliases(name));
  }

  /** What is in the field called `name` now. */
  protected typed(name: string): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? '';
  }

  /** Shows what the card has decided without asking the API. */
  protected follow(): void {
    this.#used = true;
    this.action.abandon();
  }

  /** The button that submits a screen. */
  protected submitButton(label: string): TemplateResult {
    return primaryButton({ label, busy: this.busy, waiting: this.wait.left > 0 });
  }

  /** Makes a handler for `submit`: it reads the form from the document, so that what was filled in without an event counts. */
  protected submit(handle: (values: FormValues) => unknown): (event: SubmitEvent) => void {
    return (event) => {
      event.preventDefault();
      const values: FormValues = {};
      for (const [name, value] of new FormData(event.currentTarget as HTMLFormElement)) values[name] = String(value);
      if (this.wait.left === 0) handle(values);
    };
  }

  /**
   * Runs an action of the person. Failures are shown; too many requests start a countdown; a session that is there already ends
   * the flow with it.
   */
  protected async run(name: string, action: Action): Promise<boolean> {
    this.#used = true;
    const done = await this.action.run(name, async (signal) => {
      try {
        await action(signal);
      } catch (error) {
        if (!hasCode(error, 'session_exists', 'identifier_already_signed_in')) throw error;
        // Another tab was faster: go on as that person.
        const client = await this.connection.clerk?.client?.reload();
        await this.finish(problemOf(error).sessionId ?? client?.lastActiveSessionId ?? null);
      }
    });
    const seconds = problemOf(this.action.error).retryAfter;
    if (!done && seconds) (name === 'resend' ? this.resend : this.wait).start(seconds);
    return done;
  }

  /** Shows a failure that was found without asking the API. */
  protected fail(error: unknown): void {
    this.#used = true;
    this.action.fail(error);
  }

  /** Ends the flow: announces it, then makes the session the current one and goes where the props say. */
  protected async finish(sessionId: string | null): Promise<void> {
    const clerk = this.connection.clerk;
    this.#finished = sessionId;
    this.requestUpdate();
    const { modal } = this;
    const redirect = this.dispatchEvent(this.completeEvent(sessionId));
    const redirectUrl = redirect && clerk?.__internal_redirectTarget(this.flow, this.#redirectProps, modal);
    await clerk?.setActive({ session: sessionId, ...(redirectUrl && { redirectUrl }) });
    this.#finished = undefined;
    this.dispatchEvent(new ClerkFinishedEvent());
  }

  /** The link to the other card. */
  protected otherCardLink(label: string): TemplateResult {
    const to = this.flow === 'signIn' ? 'signUp' : 'signIn';
    const clerk = this.connection.clerk;
    const built = to === 'signUp' ? clerk?.buildSignUpUrl() : clerk?.buildSignInUrl();
    const href = safeUrl(this[`${to}Url`] || built, 'link', document.baseURI) ?? '/';
    const follow = (event: MouseEvent) => {
      // A new tab or window, as the person wishes.
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (!this.dispatchEvent(new ClerkNavigateEvent(to, this.#otherProps(to)))) event.preventDefault();
    };
    return html`<a class="cl-footerActionLink" href=${href} @click=${follow}>${label}</a>`;
  }

  protected override firstUpdated(): void {
    this.renderRoot.addEventListener('input', (event) => {
      const name = (event.target as HTMLInputElement).name;
      this.errors.clear(name, ...aliases(name));
      this.requestUpdate();
    });
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (this.action.error !== this.#error) {
      this.#error = this.action.error;
      this.errors = new FormErrors(this.strings, this.#error);
    }
    this.#screen = this.#currentScreen();
    const { phase } = this.connection;
    for (const name of ['loading', 'ready', 'failed'] as const) this.setState(name, this.#shownPhase === name);
    this.setState('busy', phase === 'ready' && this.busy);
    this.setState('fields', this.#screen.pageFields === true);
  }

  protected override updated(): void {
    const name = this.#screen?.name;
    const moved = name !== this.#focused;
    const failed = this.#error !== undefined && this.#error !== this.#focusedError;
    if (this.#shownPhase !== 'ready') return;
    this.#focused = name;
    this.#focusedError = this.#error;
    for (const field of this.renderRoot.querySelectorAll('input')) {
      field.setCustomValidity(this.errorAt(field.name) ?? '');
    }
    if (failed && focusWrongField(this.renderRoot)) return;
    if (moved && (this.#used || this.modal)) focusStep(this.renderRoot);
  }

  protected override render(): unknown {
    return this.#screen ? keyed(this.#screen.name, this.#screen.content) : nothing;
  }

  get #shownPhase(): 'loading' | 'ready' | 'failed' {
    return this.#finished === undefined ? this.connection.phase : 'ready';
  }

  get #redirectProps(): SignInProps & SignUpProps {
    return Object.fromEntries(addresses.map((name) => [name, this[name] ?? undefined]));
  }

  #currentScreen(): CardScreen {
    const { context, strings } = this;
    const phase = this.#shownPhase;
    if (phase === 'loading') return { name: 'loading', content: loadingCard(this.flow, this.headingLevel, strings.loading) };
    if (phase === 'failed' || !context) return this.#failedScreen();
    const { clerk, environment } = context;
    const there = this.#finished === undefined ? clerk.session : undefined;
    if (this.#finished !== undefined || (there && environment.singleSessionMode)) return this.#sessionScreen(context);
    return this.screenOf(context);
  }

  #failedScreen(): CardScreen {
    const { title, subtitle } = this.strings.failed;
    const texts = new FormErrors(this.strings, this.connection.error).rest([]);
    const retry = primaryButton({ label: this.strings.retry, onClick: () => { this.connection.retry(); } });
    const content = card({ ...this.frame('failed', title), alert: alert(texts.length ? texts : [subtitle]), actions: retry });
    return { name: 'failed', content };
  }

  #sessionScreen({ clerk, client }: CardContext): CardScreen {
    const sessionId = this.#finished;
    const session = sessionId === undefined ? clerk.session : client.sessions.find(({ id }) => id === sessionId);
    const content = sessionCard({
      frame: this.frame('session', this.strings.signedIn.title),
      strings: this.strings,
      session: session ?? undefined,
      alert: this.alertBeside(),
      busy: this.busy,
      proceed: () =>
        this.run('proceed', async () => {
          if (sessionId !== undefined) await this.finish(sessionId);
          else await clerk.navigate(clerk.__internal_redirectTarget(this.flow, this.#redirectProps, this.modal));
          this.dispatchEvent(new ClerkFinishedEvent());
        }),
      signOut: () => this.run('sign-out', () => clerk.signOut({ redirectUrl: location.href })),
    });
    return { name: 'session', content };
  }

  #otherProps(to: FlowName): object {
    const { flow, appearance, headingLevel, initialValues, unsafeMetadata } = this;
    return {
      appearance,
      headingLevel,
      initialValues,
      unsafeMetadata,
      forceRedirectUrl: this[`${to}ForceRedirectUrl`],
      fallbackRedirectUrl: this[`${to}FallbackRedirectUrl`],
      [`${flow}ForceRedirectUrl`]: this.forceRedirectUrl,
      [`${flow}FallbackRedirectUrl`]: this.fallbackRedirectUrl,
    };
  }
}

/** Other names under which the API speaks of a field. */
const aliases = (field: string) => (field === 'newPassword' ? ['password'] : []);
