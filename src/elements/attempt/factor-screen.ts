import { factors } from '../../factors/index.ts';
import type { FactorContext } from '../../factors/view.ts';
import { rulesOf, verificationOf } from '../../flows/sign-in-flow.ts';
import type { SignInStep } from '../../flows/sign-in-flow.ts';
import type { Screen } from '../templates/card.ts';
import type { AttemptCard, AttemptParts } from './attempt-card.ts';
import type { AttemptSteps } from './attempt-steps.ts';

/** The screen of the factor that the attempt waits for; `undefined` while what it needs is on its way. */
export function factorScreen(
  { factor, stage, others, reset }: Extract<SignInStep, { name: 'factor' }>,
  steps: AttemptSteps,
  card: AttemptCard,
  parts: AttemptParts,
): Screen | undefined {
  // The client no longer has it once it is complete.
  const { attempt } = card;
  const context: FactorContext = {
    card,
    factor,
    identifier: card.identifier,
    typedPassword: card.typedPassword,
    isNewDevice: attempt.status === 'needs_client_trust',
    notice: card.notice,
    resendIn: card.resend.left,
    resend: () => steps.resendCode(factor, stage),
    verification: verificationOf(attempt, stage),
    refresh: async () => {
      await attempt.reload?.();
      return verificationOf(attempt, stage).status;
    },
    proceed: () => steps.proceed(attempt),
    report: (error) => card.report(error),
    forgot: reset && (() => steps.show('forgotten')),
  };
  const { strategy } = factor;
  const own = { ...parts, adopt: card.adopt.bind(card) };
  const drawn = rulesOf(factors, strategy)!.screen?.(context, own) ?? parts.fetchedLater()?.laterFactors[strategy]!.screen!(context, own);
  if (!drawn) return card.awaitFile(parts.fetchLater);
  const { links, key = '', ...screen } = drawn;
  return {
    part: stage === 'first' ? 'factorOne' : 'factorTwo',
    preview: card.preview,
    submit: (values) => steps.submitFactor(factor, stage, values),
    ...screen,
    key: strategy + key,
    links: [links, others ? parts.actionLink('footerActionLink', card.strings.useAnotherMethod, () => steps.show('methods')) : undefined],
  };
}
