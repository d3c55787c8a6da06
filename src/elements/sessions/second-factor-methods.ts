/** What the second step of signing in may be, where somebody has to set one up. */
import { en } from '../../i18n/en/sessions.ts';
import type { EnvironmentResource } from '../../resources/types.ts';
import type { Part, Screen } from '../templates/card.ts';
import { progressOf } from './progress.ts';
import type { Progress } from './progress.ts';
import type { SessionCard, SessionContext } from './session-card.ts';

type Method = NonNullable<Progress['method']>;

/** What the instance takes. */
function methodsOf(environment: EnvironmentResource): Method[] {
  const hasPhone = environment.attribute('phone_number').usedForSecondFactor;
  return [...(environment.attribute('authenticator_app').enabled ? (['app'] as const) : []), ...(hasPhone ? (['phone'] as const) : [])];
}

/** The one that somebody has chosen, or that is the only one. */
export function methodOf(card: SessionCard): Method | undefined {
  const methods = methodsOf(card.environment);
  const { method } = progressOf(card);
  return methods.length === 1 ? methods[0] : method && methods.includes(method) ? method : undefined;
}

const choose = (card: SessionCard, method: Method | undefined): void => {
  Object.assign(progressOf(card), { method, phone: undefined });
  card.follow();
};

export function methodsScreen({ card, parts, later }: SessionContext): Screen {
  const { title, subtitle, ...names } = en.setupMfa;
  const methods = methodsOf(card.environment);
  if (!methods.length) {
    const { unsupported } = card.strings;
    return { part: 'unsupported', title: unsupported.title, subtitle: unsupported.subtitle('setup-mfa') };
  }
  const { css, html } = parts;
  const drawn = { css, html, adopt: card.adopt.bind(card) };
  return {
    part: 'taskSetupMfa',
    title,
    subtitle,
    links: methods.map((method) => later.methodButton(drawn, names[method], () => choose(card, method))),
  };
}

/** Leads back to the choice, where there is one. */
export const otherMethodLink = ({ card, parts }: SessionContext): Part =>
  methodsOf(card.environment).length > 1
    ? parts.actionLink('footerActionLink', card.strings.useAnotherMethod, () => choose(card, undefined))
    : undefined;
