/** Where a card leads to: afterwards, to the other card, and back to itself from a mail or a provider. */
import { html } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import type { FlowName, SignInProps, SignUpProps } from '../../clerk/clerk-api.ts';
import { arrivalParameters } from '../../flows/arrival.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import { ClerkNavigateEvent } from './card-events.ts';
import { ConnectedElement } from './connected-element.ts';
import { withoutRoute } from './route.ts';

/** Props that an attribute of the same name in kebab-case sets: addresses but for the last. */
const addresses = [
  'forceRedirectUrl',
  'fallbackRedirectUrl',
  'signInUrl',
  'signInForceRedirectUrl',
  'signInFallbackRedirectUrl',
  'signUpUrl',
  'signUpForceRedirectUrl',
  'signUpFallbackRedirectUrl',
  'oauthFlow',
] as const;

/** The part of a card that knows addresses: those that its attributes and props name, and what follows from them. */
export abstract class DestinationsElement extends ConnectedElement {
  static override properties: PropertyDeclarations = {
    headingLevel: { attribute: 'heading-level' },
    initialValues: { attribute: false },
    unsafeMetadata: { attribute: false },
    ...Object.fromEntries(addresses.map((name) => [name, { attribute: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) }])),
  };

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
  /** `popup`: providers are asked in a window of their own, where the browser opens one. */
  declare oauthFlow: string | null | undefined;

  protected abstract override readonly flow: FlowName;

  /**
   * Where a link in a mail, or a provider, leads back to: this page; from a dialog, which will not be there then, the card's own page.
   * @param route of the card, such as `/verify`
   */
  protected routeUrl(route: string, isHere = !this.modal): string {
    const { api, flow } = this;
    const redirectUrl = this.redirectTarget();
    const own = flow === 'signIn' ? api.buildSignInUrl({ redirectUrl }) : api.buildSignUpUrl({ redirectUrl });
    const url = new URL(withoutRoute(new URL(isHere ? location.href : own), arrivalParameters));
    url.hash = route + (/\?.*/.exec(url.hash)?.[0] ?? '');
    return url.href;
  }

  /** The link to the other card. */
  protected otherCardLink(label: string): TemplateResult {
    const follow = (event: MouseEvent) => {
      // A new tab or window, as the person wishes.
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (!this.askForOtherCard()) event.preventDefault();
    };
    return html`<a class="cl-link cl-footerActionLink" href=${this.otherCardUrl()} @click=${follow}>${label}</a>`;
  }

  get #otherFlow(): FlowName {
    return this.flow === 'signIn' ? 'signUp' : 'signIn';
  }

  /** @param redirectUrl where to go afterwards: as from here */
  protected otherCardUrl(redirectUrl = this.redirectTarget(this.#otherFlow)): string {
    const to = this.#otherFlow;
    const options = { redirectUrl };
    const built = to === 'signUp' ? this.api.buildSignUpUrl(options) : this.api.buildSignInUrl(options);
    return safeUrl(this[`${to}Url`] || built, 'link', document.baseURI) ?? '/';
  }

  /** `false` where the other card takes this one's place. */
  protected askForOtherCard(): boolean {
    const to = this.#otherFlow;
    return this.dispatchEvent(new ClerkNavigateEvent(to, this.otherProps(to)));
  }

  /** Where to go after the flow. */
  protected redirectTarget(flow = this.flow): string {
    const own = Object.fromEntries(addresses.map((name) => [name, this[name] ?? undefined]));
    const props = flow === this.flow ? own : this.otherProps(flow);
    return this.api.__internal_redirectTarget(flow, props as SignInProps & SignUpProps, this.modal);
  }

  protected otherProps(to: FlowName): object {
    const { flow, appearance, headingLevel, initialValues, unsafeMetadata, oauthFlow } = this;
    return {
      appearance,
      headingLevel,
      initialValues,
      unsafeMetadata,
      oauthFlow,
      forceRedirectUrl: this[`${to}ForceRedirectUrl`],
      fallbackRedirectUrl: this[`${to}FallbackRedirectUrl`],
      [`${flow}ForceRedirectUrl`]: this.forceRedirectUrl,
      [`${flow}FallbackRedirectUrl`]: this.fallbackRedirectUrl,
    };
  }
}
