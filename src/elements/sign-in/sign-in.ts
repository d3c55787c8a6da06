import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { factors } from '../../factors/index.ts';
import { rulesOf, stepOf } from '../../flows/sign-in-flow.ts';
import type { SignInStep } from '../../flows/sign-in-flow.ts';
import type { SignInFactor } from '../../resources/types.ts';
import type { CardContext, CardScreen } from '../base/card-element.ts';
import { actionLink, blockButton, primaryButton } from '../templates/button.ts';
import { card, footerAction } from '../templates/card.ts';
import type { CardParts } from '../templates/card.ts';
import { identityPreview } from '../templates/identity-preview.ts';
import { newPasswordFields } from './new-password-fields.ts';
import { SignInActions } from './sign-in-actions.ts';
import type { Stage } from './sign-in-actions.ts';
import { startFields } from './start-fields.ts';

type Step<Name extends SignInStep['name']> = Extract<SignInStep, { name: Name }>;

/**
 * The sign-in card: identifier, password, code by mail, other methods, a forgotten password.
 *
 * @example <clerk-sign-in fallback-redirect-url="/welcome"></clerk-sign-in>
 * @attr heading-level - level of the title, 1 (default) to 6
 * @attr force-redirect-url - where to go afterwards, whatever the address of the page says
 * @attr fallback-redirect-url - where to go afterwards if the address of the page says nothing
 * @attr sign-up-url - address of the sign-up page
 * @attr sign-up-force-redirect-url, sign-up-fallback-redirect-url - as above, for those who sign up instead
 * @slot header - above the card
 * @slot fields - below the fields of the first screen
 * @slot footer - below the card
 * @fires clerk-sign-in-complete - once somebody is signed in, before the page is left; cancelable
 * @fires clerk-navigate - when somebody wants to sign up instead; cancelable
 * @cssstate loading, ready, failed, busy, fields
 */
export class ClerkSignInElement extends SignInActions {
  protected override screenOf({ client, environment }: CardContext): CardScreen {
    const step = stepOf(client.signIn, environment, this.choice, factors);
    switch (step.name) {
      case 'start':
        return this.#start(step);
      case 'factor':
        return this.#factor(step);
      case 'methods':
        return this.#methods(step);
      case 'forgotten':
        return this.#forgotten(step);
      case 'new-password':
        return this.#newPassword();
      case 'complete':
        return this.completeScreen(step.sessionId);
      case 'unsupported':
        return this.unsupportedScreen(step.what);
    }
  }

  #start(step: Step<'start'>): CardScreen {
    const texts = this.strings.signIn;
    const content = card({
      ...this.frame('start', texts.title(this.environment.applicationName)),
      subtitle: texts.subtitle,
      alert: this.alertBeside('identifier', 'password'),
      fields: startFields({
        ...this.helpers,
        step,
        identifier: this.identifier,
        forgot: () => this.submitStart({ identifier: this.typed('identifier') }, 'forgotten'),
      }),
      actions: this.submitButton(this.strings.continue),
      onSubmit: this.submit((values) => this.submitStart(values)),
      footer: step.signUp ? footerAction(texts.signUpText, this.otherCardLink(texts.signUpLink)) : undefined,
    });
    return { name: 'start', content, pageFields: true };
  }

  #factor({ factor, stage, others, reset }: Step<'factor'>): CardScreen {
    const screen = rulesOf(factors, factor.strategy)!.screen({
      ...this.helpers,
      factor,
      identifier: this.identifier,
      typedPassword: this.typedPassword,
      notice: this.notice,
      resendIn: this.resend.left,
      resend: () => this.resendCode(factor, stage),
      forgot: reset && (() => this.show('forgotten')),
    });
    const methods = () => actionLink('footerActionLink', this.strings.useAnotherMethod, () => this.show('methods'));
    const content = card({
      ...this.frame(stage === 'first' ? 'factorOne' : 'factorTwo', screen.title),
      subtitle: screen.subtitle,
      preview: this.#preview,
      alert: this.alertBeside(...screen.fieldNames),
      fields: screen.fields,
      actions: [this.submitButton(this.strings.continue), screen.more ?? nothing, others ? methods() : nothing],
      onSubmit: this.submit((values) => this.submitFactor(factor, stage, values)),
    });
    return { name: `${stage} ${factor.strategy}`, content };
  }

  #methods({ factors: others, stage }: Step<'methods'>): CardScreen {
    const texts = this.strings.methods;
    const content = card({
      ...this.frame('alternativeMethods', texts.title),
      subtitle: texts.subtitle,
      alert: this.alertBeside(),
      actions: [...this.#methodButtons(others, stage), this.#backLink],
    });
    return { name: 'methods', content };
  }

  #forgotten({ reset, factors: others }: Step<'forgotten'>): CardScreen {
    const texts = this.strings.forgotten;
    const content = card({
      ...this.frame('forgotPasswordMethods', texts.title),
      subtitle: texts.subtitle,
      preview: this.#preview,
      alert: this.alertBeside(),
      actions: [
        primaryButton({ label: texts.button, busy: this.busy, onClick: () => this.choose(reset, 'first') }),
        others.length ? html`<p class="cl-dividerText">${texts.or}</p>` : nothing,
        ...this.#methodButtons(others, 'first'),
        this.#backLink,
      ],
    });
    return { name: 'forgotten', content };
  }

  #newPassword(): CardScreen {
    const texts = this.strings.newPassword;
    const content = card({
      ...this.frame('resetPassword', texts.title),
      subtitle: texts.subtitle,
      alert: this.alertBeside('newPassword', 'password', 'confirmPassword'),
      fields: newPasswordFields({
        ...this.helpers,
        identifier: this.identifier,
        typed: this.typed('newPassword'),
        settings: this.environment.passwordSettings,
      }),
      actions: this.submitButton(texts.button),
      onSubmit: this.submit((values) => this.submitNewPassword(values)),
    });
    return { name: 'new-password', content };
  }

  get #preview(): CardParts['preview'] {
    const { identifier } = this.signIn;
    return identifier ? identityPreview(identifier, this.strings.edit, () => this.startAgain()) : undefined;
  }

  get #backLink(): TemplateResult {
    return actionLink('backLink', this.strings.back, () => this.show(undefined));
  }

  #methodButtons(list: readonly SignInFactor[], stage: Stage): TemplateResult[] {
    return list.map((factor) => {
      const label = rulesOf(factors, factor.strategy)!.method(this.strings, factor);
      return blockButton(label, () => this.choose(factor, stage));
    });
  }
}

/** For the registry of elements. */
export { ClerkSignInElement as element };
