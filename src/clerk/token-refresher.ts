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

export class TokenRefresher {
  readonly #platform: Platform;
  readonly #tokens: SessionTokens;
  readonly #session: () => Session | null | undefined;
  readonly #report: (error: unknown) => void;
  #cancel: (() => void) | undefined;
  #failures = 0;
  #isFailing = false;
  #running = false;

  /** @param report is told of each failure, and of the success that ends a row of them by `undefined`. */
  constructor(platform: Platform, tokens: SessionTokens, session: () => Session | null | undefined, report: (error: unknown) => void) {
    this.#platform = platform;
    this.#tokens = tokens;
    this.#session = session;
    this.#report = report;
  }

  /** Sets the timer anew, after anything that changes when a token is due. */
  schedule(): void {
    this.#cancel?.();
    const session = this.#session();
    if (!session || this.#running) return;
    const pause = this.#failures ? Math.min(longestPause, firstPause * 1.55 ** (this.#failures - 1)) : 0;
    this.#cancel = this.#platform.after(Math.max(pause, this.#due(this.#tokens.current(session))), () => void this.#refresh(session));
  }

  /** A person or the network is back. */
  wake(): void {
    this.#failures = 0;
    this.schedule();
  }

  #due(token: KnownToken | undefined): number {
    if (!token) return 0;
    const remaining = this.#tokens.remaining(token);
    const lifetime = (token.claims.exp - token.claims.iat) * 1000;
    // Half of a short life, so that no lifetime leads to a request after each answer.
    return Math.max(0, remaining - Math.min(this.#platform.isVisible() ? lead : hiddenLead, lifetime / 2));
  }

  async #refresh(session: Session): Promise<void> {
    if (session !== this.#session()) return;
    this.#running = true;
    try {
      await this.#tokens.refresh(session);
      if (this.#isFailing) this.#report(undefined);
      this.#isFailing = false;
      // A service whose tokens are old when they come must not be asked without a pause.
      this.#failures = this.#due(this.#tokens.current(session)) ? 0 : this.#failures + 1;
    } catch (error) {
      this.#failures++;
      this.#isFailing = true;
      this.#report(error);
    } finally {
      this.#running = false;
      this.schedule();
    }
  }
}
