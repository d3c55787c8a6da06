import type { CSSResult } from 'lit';
import type { ClerkApi } from '../../clerk/clerk-api.ts';
import { problemOf } from '../../flows/problem.ts';
import type { EnvironmentResource } from '../../resources/types.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import type { Screen } from '../templates/card.ts';
import { adoptStyles } from './adopt-styles.ts';
import { ClerkController } from './clerk-controller.ts';
import { CountdownController } from './countdown-controller.ts';
import { ScreenElement } from './screen-element.ts';

/** Seconds between two codes (security.md §3). */
const resendAfter = 30;

/** Shows screens that need an instance: says while that loads, and where it or a further file could not be had. */
export abstract class ConnectedElement extends ScreenElement {
  protected readonly connection = new ClerkController(this);
  /** Counts down to when another code may be asked for. */
  protected readonly resend = new CountdownController(this);

  /** The screen, now that the instance is there; `undefined` while what it needs is on its way. */
  protected abstract readyScreen(): Screen | undefined;

  /** The instance, once something can be shown. */
  protected get api(): ClerkApi {
    return this.connection.clerk!;
  }

  protected get environment(): EnvironmentResource {
    return this.api.__internal_environment!;
  }

  protected override get logo(): string | undefined {
    return safeUrl(this.instance?.__internal_environment?.logoImageUrl, 'image');
  }

  protected get phase(): ClerkController['phase'] {
    return this.connection.phase;
  }

  /** Shows a failure that has come by itself; `undefined` takes it back. */
  protected report(error: unknown): void {
    if (error === undefined) this.action.fail(error);
    else {
      void this.run(() => {
        throw error;
      });
    }
  }

  /** A code is on its way: the next one has to wait. */
  protected noteSentCode(): void {
    this.resend.start(resendAfter);
  }

  /** Something that is needed could not be had. */
  protected failedScreen(error: unknown, retry: () => unknown): Screen {
    const { failed, retry: button } = this.strings;
    return { part: 'failed', title: failed, alerts: this.textsOf(problemOf(error).items), button, submit: retry };
  }

  /** What is shown until a further file is there: that it comes, or that it could not be had. */
  protected awaitFile(fetch: (signal: AbortSignal) => Promise<unknown>): Screen | undefined {
    const { action } = this;
    if (action.error !== undefined) return this.failedScreen(action.error, () => this.run(fetch));
    if (!action.busy) void action.run(fetch);
    return undefined;
  }

  /** Adds a style sheet to those that it takes along wherever it goes. */
  protected adopt(styles: CSSResult): void {
    adoptStyles(this, this.sheets.add(styles));
  }

  protected override currentScreen(): Screen | undefined {
    const { phase, connection } = this;
    for (const name of ['loading', 'ready', 'failed'] as const) this.setState(name, phase === name);
    if (phase === 'loading') return undefined;
    if (phase === 'failed') return this.failedScreen(connection.error ?? { code: 'network_error' }, () => connection.retry());
    return this.readyScreen();
  }
}
