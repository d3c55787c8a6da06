/**
 * The screens of other ways in and of a forgotten password. Part of `later.ts`, so what they share with the UI file is given to them.
 */
import type { css as Css, CSSResult, html as Html, TemplateResult } from 'lit';
import { createMethodStyles } from '../styles/methods.ts';
import { laterFactors } from '../../factors/later-screens.ts';
import { brokenPasswordRules } from '../../rules/password-rules.ts';
import type { PasswordSettings } from '../../rules/password-rules.ts';
import type { SignInStep, Stage } from '../../flows/sign-in-flow.ts';
import { en } from '../../i18n/en/later.ts';
import type { ResetPasswordParams, SignInFactor } from '../../resources/types.ts';
import type { actionLink as ActionLink } from '../templates/button.ts';
import type { Part, Screen } from '../templates/card.ts';
import type { checkboxFrame as CheckboxFrame, FieldHelpers } from '../templates/field.ts';
import { passwordHint } from '../templates/password-hint.ts';
import type { passwordField as PasswordField } from '../templates/password-input.ts';
import type { hiddenUsername as HiddenUsername } from '../templates/text-input.ts';

type Step<Name extends SignInStep['name']> = Extract<SignInStep, { name: Name }>;

/** The steps that have their screens here. */
export type LaterStep = Step<'methods' | 'forgotten' | 'new-password'>;

/** What the button of a way on is drawn with. */
export interface MethodParts {
  css: typeof Css;
  adopt(styles: CSSResult): void;
  html: typeof Html;
}

export interface LaterContext extends MethodParts {
  actionLink: typeof ActionLink;
  checkboxFrame: typeof CheckboxFrame;
  hiddenUsername: typeof HiddenUsername;
  passwordField: typeof PasswordField;
  card: FieldHelpers;
  identifier: string;
  /** Whom the screen is about. */
  preview: Part;
  settings: PasswordSettings;
  /** What the field for a new password is called, as in Clerk's own cards: `password` after a forgotten one. */
  newPassword?: 'newPassword';
  /** The text of the button that chooses a factor, where it is not the factor's own. */
  nameOf(factor: SignInFactor): string | undefined;
  choose(factor: SignInFactor, stage: Stage): unknown;
  /** Buttons of the providers. */
  social: Part;
  /** Goes back to the factor. */
  back(): unknown;
  /** What is in a field now. */
  typed(name: string): string;
  /** Shows a failure that was found without asking the API. */
  fail(error: unknown): void;
  /** Asks the API. */
  reset(params: ResetPasswordParams): unknown;
}

let styles: CSSResult | undefined;

export function laterScreen(step: LaterStep, context: LaterContext): Screen {
  switch (step.name) {
    case 'methods':
      return {
        part: 'alternativeMethods',
        ...en.methods,
        links: [step.stage === 'first' ? context.social : undefined, methodButtons(step.factors, step.stage, context), backLink(context)],
      };
    case 'forgotten':
      return forgottenScreen(step, context);
    case 'new-password':
      return newPasswordScreen(context);
  }
}

const backLink = ({ actionLink, back }: LaterContext) => actionLink('backLink', en.back, back);

/** One of several ways on. */
export function methodButton({ css, html, adopt }: MethodParts, text: string, onClick: () => unknown): TemplateResult {
  adopt((styles ??= createMethodStyles(css)));
  return html`
    <button type="button" class="cl-alternativeMethodsBlockButton" @click=${onClick}>
      <span class="cl-alternativeMethodsBlockButtonText">${text}</span>
      <svg class="cl-alternativeMethodsBlockButtonArrow" viewBox="0 0 20 20" aria-hidden="true">
        <path d="m8 5 5 5-5 5" />
      </svg>
    </button>
  `;
}

const methodButtons = (factors: SignInFactor[], stage: Stage, context: LaterContext): TemplateResult[] =>
  factors.map((factor) =>
    methodButton(context, context.nameOf(factor) ?? laterFactors[factor.strategy]!.method(factor), () => context.choose(factor, stage)),
  );

/** Offers a code, above the other ways in. */
function forgottenScreen({ reset, factors }: Step<'forgotten'>, context: LaterContext): Screen {
  const { or, ...texts } = en.forgotten;
  const { html, preview, choose } = context;
  return {
    part: 'forgotPasswordMethods',
    ...texts,
    preview,
    submit: () => choose(reset, 'first'),
    links: [
      factors.length ? html`<p class="cl-dividerText">${or}</p>` : undefined,
      methodButtons(factors, 'first', context),
      backLink(context),
    ],
  };
}

/** Sets a new password: typed twice, and whether other devices are signed out (they are, unless one objects). */
function newPasswordScreen({ html, card, settings, checkboxFrame, hiddenUsername, passwordField, ...context }: LaterContext): Screen {
  const { fields, errors, ...texts } = en.newPassword;
  const { newPassword: fieldName = 'password' } = context;
  const passwordNamed = (name: string, label: string) => ({ ...card.field(name), label, autocomplete: 'new-password' as const });
  const first = passwordNamed(fieldName, fields.newPassword);
  const hint = first.error ? {} : passwordHint(context.typed(fieldName), settings);
  const { id, name } = card.field('signOutOfOtherSessions');
  return {
    part: 'resetPassword',
    ...texts,
    fieldNames: [fieldName, 'confirmPassword'],
    fields: html`
      ${hiddenUsername(context.identifier)} ${passwordField({ ...first, ...hint }, card.strings)}
      ${passwordField(passwordNamed('confirmPassword', fields.confirmPassword), card.strings)}
      ${checkboxFrame(
        { id, name, label: fields[name] },
        html`<input type="checkbox" id=${id} name=${name} class="cl-formFieldCheckboxInput" checked />`,
      )}
    `,
    submit({ [fieldName]: password = '', confirmPassword, signOutOfOtherSessions }) {
      const fail = (paramName: string, longMessage: string | undefined) =>
        context.fail({ errors: [{ code: 'new_password', longMessage, meta: { paramName } }] });
      if (brokenPasswordRules(password, settings).length) return fail(fieldName, passwordHint(password, settings).hint);
      if (!confirmPassword) return fail('confirm_password', errors.missing);
      if (password !== confirmPassword) return fail('confirm_password', errors.mismatch);
      const params = { password, signOutOfOtherSessions: signOutOfOtherSessions !== undefined };
      return context.reset(params);
    },
  };
}
