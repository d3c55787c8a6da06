/** The screen that waits for a link from a mail to be opened. Part of further files, so what it shares with the UI file is given to it. */
import type { FactorScreen } from '../factors/view.ts';
import type { problemOf as ProblemOf } from '../flows/problem.ts';
import { en } from '../i18n/en/link.ts';
import type { VerificationResource } from '../resources/types.ts';
import { createLinkStatus } from './templates/link-status.ts';
import type { LinkStatusParts } from './templates/link-status.ts';

/** A link that was sent, and what can be done about it. */
export interface LinkWait {
  /** Of what it proves. */
  verification: VerificationResource;
  /** Good news of the last action. */
  notice: string | undefined;
  /** Seconds until another one may be asked for. */
  resendIn: number;
  resend(): unknown;
  /** Reads the attempt anew; resolves with the status of the verification. */
  refresh(): Promise<string | null>;
  /** Goes on from where the attempt stands, once it was opened. */
  proceed(): unknown;
  /** Shows a failure that has come by itself; `undefined` takes it back. */
  report(error: unknown): void;
}

export interface LinkScreenParts extends LinkStatusParts {
  problemOf: typeof ProblemOf;
}

export function linkScreen(wait: LinkWait & { title: string; subtitle: string }, parts: LinkScreenParts): FactorScreen {
  const { html } = parts;
  const { verification, title, subtitle, notice, resendIn, resend } = wait;
  const isOver = verification.status === 'expired' || verification.status === 'failed';
  if (isOver) return { key: 'expired', ...en.expired, fields: createLinkStatus(parts)('refused'), submit: resend };
  const text = html`<p class="cl-verificationLinkStatusText" role="status">${notice ? en.sent : en.waiting}</p>`;
  return {
    title,
    subtitle,
    fields: createLinkStatus(parts)('pending', text),
    submit: undefined,
    links: html`
      <button type="button" class="cl-link cl-formResendCodeLink" ?disabled=${resendIn} @click=${resend}>${en.resend(resendIn)}</button>
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
      if (status === 'verified' || status === 'transferable') return void proceed();
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
