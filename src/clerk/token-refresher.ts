/**
 * Keeps the current session's token fresh, so that the page's own server always finds a valid cookie: a timer of the page, checked again
 * whenever a person or the network comes back. No worker: browsers may slow timers of hidden pages down, and may.
 */
import type { Session } from '../resources/session.ts';
import type { Platform } from '../transport/platform.ts';
import type { KnownToken, SessionTokens } from './session-tokens.ts';

/** Milliseconds before its end at which a token is replaced. */
const lead = 17_000;
/** A hidden tab waits longer, so that one that is seen does the work. */
const hiddenLead = 7_000;
const firstPause = 3000;
const longestPause = 50_000;

export interface TokenRefresher {
  /** Sets the timer anew, after anything that changes when a token is due. */
  schedule(): void;
  /** A person or the network is back. */
  wake(): void;
}

/** @param report is told of each failure, and of the success that ends a row of them by `undefined`. */
export function createTokenRefresher(
  platform: Platform,
  tokens: SessionTokens,
  current: () => Session | null | undefined,
  report: (error: unknown) => void,
): TokenRefresher {
  let cancel: (() => void) | undefined;
  let failures = 0;
  let isFailing = false;
  let isRunning = false;

  const due = (token: KnownToken | undefined): number => {
    if (!token) return 0;
    const lifetime = (token.claims.exp - token.claims.iat) * 1000;
    // Half of a short life, so that no lifetime leads to a request after each answer.
    return Math.max(0, tokens.remaining(token) - Math.min(platform.isVisible() ? lead : hiddenLead, lifetime / 2));
  };

  const refresh = async (session: Session): Promise<void> => {
    if (session !== current()) return;
    isRunning = true;
    try {
      await tokens.refresh(session);
      if (isFailing) report(undefined);
      isFailing = false;
      // A service whose tokens are old when they come must not be asked without a pause.
      failures = due(tokens.current(session)) ? 0 : failures + 1;
    } catch (error) {
      failures++;
      isFailing = true;
      report(error);
    } finally {
      isRunning = false;
      schedule();
    }
  };

  const schedule = (): void => {
    cancel?.();
    const session = current();
    if (!session || isRunning) return;
    const pause = failures ? Math.min(longestPause, firstPause * 1.55 ** (failures - 1)) : 0;
    cancel = platform.after(Math.max(pause, due(tokens.current(session))), () => void refresh(session));
  };

  return {
    schedule,
    wake() {
      failures = 0;
      schedule();
    },
  };
}
