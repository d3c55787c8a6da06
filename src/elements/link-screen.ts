/** The screen that waits for a link from a mail to be opened. Part of `later.ts`, so what it shares with the UI file is given to it. */
import type { FactorContext, FactorScreen } from '../factors/view.ts';
import type { problemOf as ProblemOf } from '../flows/problem.ts';
import { en } from '../i18n/en/later.ts';
import { createLinkStatus } from './templates/link-status.ts';
import type { LinkStatusParts } from './templates/link-status.ts';

export interface LinkWait extends Pick<
  FactorContext,
  'verification' | 'notice' | 'resendIn' | 'resend' | 'refresh' | 'proceed' | 'report' | 'isNewDevice'
> {
  /** Where the link was sent. */
  address: string | undefined;
}

export interface LinkScreenParts extends LinkStatusParts {
  problemOf: typeof ProblemOf;
}

export function linkScreen(wait: LinkWait, parts: LinkScreenParts): FactorScreen {
  const { html } = parts;
  const { verification, notice, resendIn, resend } = wait;
  const texts = en.emailLink;
  const isOver = verification.status === 'expired' || verification.status === 'failed';
  if (isOver) return { key: 'expired', ...texts.expired, fields: createLinkStatus(parts)('refused'), submit: resend };
  const subtitle = texts.subtitle(wait.address);
  return {
    title: texts.title,
    subtitle: wait.isNewDevice ? `${en.newDevice} ${subtitle}` : subtitle,
    fields: createLinkStatus(parts)(
      'pending',
      html`<p class="cl-verificationLinkStatusText" role="status">${notice ? texts.sent : texts.waiting}</p>`,
    ),
    submit: undefined,
    links: html`
      <button type="button" class="cl-link cl-formResendCodeLink" ?disabled=${resendIn} @click=${resend}>${texts.resend(resendIn)}</button>
    `,
    whileShown: (signal) => void waitForLink(wait, parts, signal),
  };
}

/** Milliseconds between two questions: short at first, while the person is at it. */
const firstPause = 1000;
const longestPause = 5000;

/**
 * Asks until the link was opened, has expired, or another screen is shown; then once more, since the news may have come another way. A failure
 * that may pass does not end it.
 */
async function waitForLink({ refresh, proceed, report }: LinkWait, { problemOf }: LinkScreenParts, signal: AbortSignal): Promise<void> {
  let hasFailed = false;
  let pause = firstPause;
  for (let isLast = false; !isLast;) {
    isLast = await isAbortedWithin(pause, signal);
    pause = Math.min(longestPause, pause * 1.05);
    try {
      const status = await refresh();
      if (status === 'verified') return void proceed();
      if (status !== 'unverified') return;
      if (hasFailed && !isLast) report(undefined);
      hasFailed = false;
    } catch (error) {
      if (isLast) return;
      const { temporary, retryAfter } = problemOf(error);
      if (!hasFailed) report(error);
      hasFailed = true;
      if (retryAfter) pause = retryAfter * 1000;
      else if (!temporary) return;
    }
  }
}

/** Waits so many milliseconds, or less. */
const isAbortedWithin = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(true);
    const timer = setTimeout(resolve, milliseconds, false);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
